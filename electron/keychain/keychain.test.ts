import { beforeEach, describe, expect, it } from 'vitest';
import type { Trouble } from './backend.ts';
import { placesInMemory, testBackend } from './keychain.fixture.ts';
import type { TestBackend } from './keychain.fixture.ts';
import { Keychain } from './keychain.ts';
import type { KeychainState } from './keychain.ts';

const SECRET = 'aaaa:bbbb-cccc';
const NEWER = 'dddd:eeee-ffff';

let keytar: TestBackend;
let file: TestBackend;
let places: ReturnType<typeof placesInMemory>;
let changes: KeychainState[];
beforeEach(() => {
  keytar = testBackend('keytar');
  file = testBackend('safe-storage');
  places = placesInMemory();
  changes = [];
});

/** A start of the app. */
async function start(platform: NodeJS.Platform = 'linux'): Promise<Keychain> {
  const keychain = new Keychain({
    backends: [keytar, file],
    places,
    changed: (state) => changes.push(state),
    limitMs: 40,
    openLimitMs: 100,
    platform,
  });
  await keychain.open();
  return keychain;
}
const found = (secret: string, backend: string): unknown => ({ kind: 'found', secret, backend });
const unreadable = (hint: string): unknown => ({ kind: 'unreadable', hint: expect.stringContaining(hint) });

describe('opening', () => {
  it('takes the keyring where it works, and asks nothing of the others', async () => {
    const keychain = await start();
    expect(keychain.state).toEqual({ backend: 'keytar', why: 'Keys are kept in the system keyring.' });
    expect(keytar.calls).toEqual(['write probe', 'read probe', 'remove probe']);
    expect(file.calls).toEqual([]);
    expect((await start('darwin')).state.why).toBe('Keys are kept in the macOS keychain.');
    expect((await start('win32')).state.why).toBe('Keys are kept in the Windows Credential Manager.');
  });

  it.each<[Trouble | 'hang', string]>([
    ['absent', 'The part that talks to the system keyring is not installed'],
    ['no-bus', 'There is no session bus here, and so no system keyring'],
    ['no-service', 'No system keyring is running'],
    ['locked', 'The system keyring is locked'],
    ['refused', 'The system keyring refuses'],
    ['hang', 'The system keyring does not answer'],
  ])('%s: goes on to the file, then to the session', async (trouble, because) => {
    keytar.trouble = trouble;
    expect((await start()).state).toEqual({
      backend: 'safe-storage',
      why: `${because}; keys are kept encrypted in the app's folder.`,
    });
    file.trouble = 'insecure';
    expect((await start()).state).toEqual({
      backend: 'session',
      why: `${because}; keys are kept until the app quits.`,
    });
  });

  it('takes a ring that reads nothing back for locked', async () => {
    keytar.forgets = true;
    expect((await start()).state.why).toContain('is locked');
  });

  it('ends in time when nothing answers', async () => {
    [keytar.trouble, file.trouble] = ['hang', 'hang'];
    const started = performance.now();
    const keychain = await start();
    expect(performance.now() - started).toBeLessThan(200);
    expect(keychain.state.backend).toBe('session');
    expect(keychain.stuck).toBe(true);
    expect([keytar.calls, file.calls]).toEqual([['write probe'], ['write probe']]);
  });
});

describe('a key', () => {
  it('is kept, replaced and removed', async () => {
    expect(await (await start()).read('a')).toEqual({ kind: 'none' });
    expect(await (await start()).write('a', SECRET)).toEqual({ ok: true, value: 'keytar' });
    expect(await (await start()).read('a')).toEqual(found(SECRET, 'keytar'));
    await (await start()).write('a', NEWER);
    expect(await (await start()).read('a')).toEqual(found(NEWER, 'keytar'));
    expect(await (await start()).remove('a')).toEqual({ ok: true, value: null });
    expect(await (await start()).read('a')).toEqual({ kind: 'none' });
  });

  it('is never empty', async () => {
    const answer = await (await start()).write('a', '');
    expect(answer).toMatchObject({ ok: false, error: { kind: 'input' } });
  });

  it('in a keyring that cannot be asked today is unreadable, not gone', async () => {
    await (await start()).write('a', SECRET);
    keytar.trouble = 'locked';
    expect(await (await start()).read('a')).toEqual(unreadable('which is locked. Unlock it'));
    keytar.trouble = 'hang';
    expect(await (await start()).read('a')).toEqual(unreadable('cannot be read now'));
    keytar.trouble = null;
    expect(await (await start()).read('a')).toEqual(found(SECRET, 'keytar'));
  });

  it('that the keyring no longer hands out, or fails at, is unreadable', async () => {
    const keychain = await start();
    await keychain.write('a', SECRET);
    keytar.trouble = 'unreadable';
    expect(await keychain.read('a')).toEqual(unreadable('can no longer be decrypted'));
    keytar.trouble = null;
    await keytar.remove('a');
    expect(await keychain.read('a')).toEqual(unreadable('does not hand it out'));
  });

  it('in the file is still read when the keyring works again, and moves there when it is replaced', async () => {
    keytar.trouble = 'no-service';
    await (await start()).write('a', SECRET);
    keytar.trouble = null;
    const keychain = await start();
    expect(await keychain.read('a')).toEqual(found(SECRET, 'safe-storage'));
    expect(await keychain.write('a', NEWER)).toEqual({ ok: true, value: 'keytar' });
    expect(await keychain.read('a')).toEqual(found(NEWER, 'keytar'));
    expect(await file.read('a')).toBeNull();
  });

  it('of the session does not let an older one come back at the next start', async () => {
    await (await start()).write('a', SECRET);
    [keytar.trouble, file.trouble] = ['locked', 'insecure'];
    const keychain = await start();
    expect(await keychain.write('a', NEWER)).toEqual({ ok: true, value: 'session' });
    expect(await keychain.read('a')).toEqual(found(NEWER, 'session'));
    keytar.trouble = null;
    const next = await start();
    expect(await next.read('a')).toEqual({ kind: 'none' });
    await next.remove('a');
    expect(await keytar.read('a')).toBeNull();
  });

  it('that cannot be removed is not said to be removed', async () => {
    await (await start()).write('a', SECRET);
    keytar.trouble = 'locked';
    const answer = await (await start()).remove('a');
    expect(answer).toMatchObject({ ok: false, error: { kind: 'storage' } });
    keytar.trouble = null;
    expect(await (await start()).read('a')).toEqual(found(SECRET, 'keytar'));
  });

  it('is still the same when two calls about it are made at once', async () => {
    const keychain = await start();
    const [, between] = await Promise.all([
      keychain.write('a', SECRET),
      keychain.read('a'),
      keychain.write('a', NEWER),
    ]);
    expect(between).toEqual(found(SECRET, 'keytar'));
    expect(await keychain.read('a')).toEqual(found(NEWER, 'keytar'));
  });
});

describe('a keyring that fails later', () => {
  it('hangs at a write: the key goes to the session, the app is told, and nothing is asked again', async () => {
    const keychain = await start();
    await keychain.write('a', SECRET);
    keytar.trouble = 'hang';
    expect(await keychain.write('b', NEWER)).toEqual({ ok: true, value: 'session' });
    const why = 'The system keyring does not answer; keys are kept until the app quits.';
    expect(changes).toEqual([{ backend: 'session', why }]);
    keytar.trouble = null;
    const before = keytar.calls.length;
    expect(await keychain.read('a')).toEqual(unreadable('cannot be read now'));
    expect(await keychain.read('b')).toEqual(found(NEWER, 'session'));
    expect(await keychain.remove('a')).toMatchObject({ ok: false });
    expect(keytar.calls.length).toBe(before);
    expect(keychain.stuck).toBe(true);
    expect(changes.length).toBe(1);
  });

  it.each(['read', 'remove'] as const)('hangs at a %s: the app is told', async (what) => {
    const keychain = await start();
    await keychain.write('a', SECRET);
    keytar.trouble = 'hang';
    await keychain[what]('a');
    expect(changes.map((state) => state.backend)).toEqual(['session']);
  });

  it('is locked in the middle: the new key goes to the session, and no answer holds it', async () => {
    const keychain = await start();
    keytar.trouble = 'locked';
    const answer = await keychain.write('a', SECRET);
    expect(answer).toEqual({ ok: true, value: 'session' });
    expect(JSON.stringify([answer, changes, [...places.all]])).not.toContain(SECRET);
  });

  it('a place that cannot be written down is said; the key works', async () => {
    const keychain = new Keychain({
      backends: [keytar],
      places: { ...places, set: () => Promise.reject(new Error(`full, with ${SECRET}`)) },
      changed: () => undefined,
    });
    await keychain.open();
    const answer = await keychain.write('a', SECRET);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'storage' } });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(await keychain.read('a')).toEqual(found(SECRET, 'keytar'));
  });
});
