import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../shared/json.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { MANIFEST } from './export-format.ts';
import { everyState, smallDisk, tempDir } from './history.fixture.ts';
import { aNearStore, byHand, everything, fill, lineOf, made } from './transfer.fixture.ts';

const ALL = { kind: 'search', text: '' } as const;
const AT = 1_700_000_000_000_000;

test('what is no run is passed over and told of by its line: wrong types, no JSON, later than now, and the good ones beside them come in', async () => {
  const store = await aNearStore();
  const folder = await byHand([
    lineOf(made(AT)),
    Buffer.from('{"run":'),
    lineOf(made(AT + 1), { marks: { star: 'yes', note: 5, tags: null } }),
    { run: 'a run' },
    Buffer.from([0xff, 0xfe, 0x00]),
    lineOf(made(Number.MAX_SAFE_INTEGER)),
    lineOf(made(AT + 2), { files: [{ sha256: '../../etc/passwd', contentType: '', bytes: 1 }] }),
    lineOf(made(AT + 3)),
  ]);
  expect(await store.transfers.import(folder)).toMatchObject({
    ok: true,
    value: { added: 2, unreadable: 6, problems: [2, 3, 4, 5, 6, 7].map((line) => ({ line })), lacking: 0 },
  });
  expect((await everything(store)).runs.map(({ run }) => run?.id)).toEqual([AT, AT + 3]);
  expect(await store.history.newId(1)).toBeLessThan(Date.now() * 1000);
});

test.each([
  ['no zip at all', 'not a zip'],
  ['an empty file', ''],
])('%s is refused', async (_name, content) => {
  const store = await aNearStore();
  const path = join(await tempDir(), 'a.zip');
  await writeFile(path, content);
  expect(await store.transfers.import(path)).toMatchObject({
    error: { kind: 'input', hint: expect.stringContaining('Nothing was taken in') },
  });
});

test('a zip cut short is refused, one with names that lead out of it too, and a folder without its end', async () => {
  const store = await aNearStore();
  await fill(store, 5, 1);
  const path = join(await tempDir(), 'a.zip');
  await store.transfers.export(ALL, 'zip', path);
  const bytes = await readFile(path);
  const after = await aNearStore();
  await writeFile(path, bytes.subarray(0, bytes.length - 40));
  expect(await after.transfers.import(path)).toMatchObject({ error: { kind: 'input' } });

  // The name of a file inside, in both places it stands at, as long as it was.
  const name = bytes.indexOf('media/');
  const inside = bytes.subarray(name, name + 'media/'.length + 64);
  const climbing = Buffer.from(`../../${'a'.repeat(64)}`);
  const evil = Buffer.from(bytes);
  for (let at = evil.indexOf(inside); at >= 0; at = evil.indexOf(inside, at)) climbing.copy(evil, at);
  await writeFile(path, evil);
  expect(await after.transfers.import(path)).toMatchObject({
    error: { kind: 'input', detail: expect.stringContaining('..') },
  });

  const folder = await byHand([lineOf(made(AT))]);
  await rm(join(folder, MANIFEST));
  expect(await after.transfers.import(folder)).toMatchObject({ error: { kind: 'input' } });
  expect(await everything(after)).toEqual({ runs: [], files: [] });
});

test('files: one that is not what its name says is left, no link is followed, a lie about its type is not believed', async () => {
  const store = await aNearStore();
  const sha = (digit: string): string => digit.repeat(64);
  const secret = join(await tempDir(), 'secret');
  await writeFile(secret, 'secret');
  // Of "hello".
  const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
  const file = (sha256: string, bytes: number, contentType = 'text/plain'): JsonValue => ({
    sha256,
    bytes,
    contentType,
  });
  const folder = await byHand(
    [
      lineOf(made(AT, { input: { image_url: mediaReference(hello) } }), {
        files: [file(hello, 5, 'text/html'), file(sha('a'), 5), file(sha('b'), 6), file(sha('c'), 1)],
      }),
    ],
    { [`${hello}.html`]: 'hello', [`${sha('a')}.txt`]: 'other' },
  );
  await symlink(secret, join(folder, 'media', `${sha('b')}.txt`));
  expect(await store.transfers.import(folder)).toMatchObject({
    value: { added: 1, files: 1, altered: 1, missing: 2 },
  });
  expect(await store.history.file(hello)).toMatchObject({ contentType: 'text/plain', bytes: 5 });
  expect(await store.media.unfinished()).toBe(0);
});

test('what is here already', async () => {
  const store = await aNearStore();
  const run = made(AT, { requestId: 'r-1' });
  await store.history.putRun(run);
  await store.history.putRun(made(AT + 1, { input: { prompt: 'ours' } }));
  await store.history.note(AT, 'ours');
  await store.history.tag([AT], 'mine', true);
  const marks = { star: true, note: 'theirs', tags: ['Yours', 'mine'] };
  const folder = await byHand([
    // The same run, its request under another id, another run with an id that is taken, and one whose note is wanted.
    lineOf(run, { marks }),
    lineOf(made(AT + 5, { requestId: 'r-1' }), { marks }),
    lineOf(made(AT + 1, { input: { prompt: 'theirs' } }), { marks }),
  ]);
  const first = await store.transfers.import(folder);
  expect(first).toMatchObject({ value: { added: 1, here: 2 } });
  expect(await store.history.marks(AT)).toMatchObject({ star: true, note: 'ours', tags: ['mine', 'yours'] });
  expect(await store.history.run(AT + 1)).toMatchObject({ input: { prompt: 'ours' } });
  expect(await store.history.run(AT + 2)).toMatchObject({ input: { prompt: 'theirs' } });
  expect(await store.history.marks(AT + 2)).toMatchObject({ note: 'theirs' });
  // Also the one that was given another id is known again.
  expect(await store.transfers.import(folder)).toMatchObject({ value: { added: 0, here: 3 } });
});

test('a run under way comes in as over, is followed by nobody and paid for by nobody', async () => {
  const store = await aNearStore();
  const states = [{ kind: 'waiting', rank: 1, held: false } as const, ...everyState];
  const folder = await byHand(
    states.map((state, n) => lineOf(made(AT + n, { state, requestId: `r-${n}`, input: { n } }))),
  );
  expect(await store.transfers.import(folder)).toMatchObject({ value: { added: states.length } });
  expect(await store.history.unfinished()).toEqual([]);
  const kinds = (await everything(store)).runs.map(({ run }) => run?.state.kind);
  expect(Object.fromEntries(states.map(({ kind }, n) => [kind, kinds[n]]))).toEqual({
    waiting: 'cancelled',
    uploading: 'cancelled',
    submitting: 'lost',
    confirming: 'lost',
    unconfirmed: 'unconfirmed',
    queued: 'lost',
    running: 'lost',
    fetching: 'lost',
    saving: 'succeeded',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelling: 'lost',
    cancelled: 'cancelled',
    lost: 'lost',
  });
});

test('a second import while one is under way is refused, and the first goes on; stopped, what came in is whole', async () => {
  const before = await aNearStore();
  await fill(before, 20, 3);
  const path = join(await tempDir(), 'a.zip');
  await before.transfers.export(ALL, 'zip', path);
  const store = await aNearStore();
  const one = store.transfers.import(path);
  expect(await store.transfers.import(path)).toMatchObject({ error: { kind: 'input' } });
  store.transfers.cancel();
  expect(await one).toMatchObject({
    error: { kind: 'cancelled', hint: expect.stringContaining('again to take in the rest') },
  });
  expect(await store.transfers.import(path)).toMatchObject({ ok: true });
  expect((await everything(store)).runs).toEqual((await everything(before)).runs);
  expect(store.told.at(-1)).toBeNull();
});

test.each(['zip', 'folder'] as const)(
  'an export as a %s goes over nothing, and stopped leaves nothing',
  async (form) => {
    const store = await aNearStore();
    await fill(store, 5, 4);
    const folder = await tempDir();
    const taken = join(folder, 'taken.zip');
    await writeFile(taken, 'mine');
    expect(await store.transfers.export(ALL, form, taken)).toMatchObject({ error: { kind: 'input' } });
    expect(await readFile(taken, 'utf8')).toBe('mine');
    const out = store.transfers.export(ALL, form, join(folder, 'b'));
    store.transfers.cancel();
    expect(await out).toMatchObject({ error: { kind: 'cancelled' } });
    expect(await readdir(folder)).toEqual(['taken.zip']);
  },
);

test('a full disk says how far it came, and has its room back', async (context) => {
  const disk = await smallDisk('256k');
  if (disk === null) return context.skip();
  const store = await aNearStore();
  const big = Buffer.alloc(300_000, 1);
  const added = await store.media.add(big);
  if (!added.ok) throw new Error(added.error.title);
  await store.history.putFile(added.value);
  await store.history.putRun(made(AT, { input: { image_url: mediaReference(added.value.sha256) } }));
  for (const form of ['zip', 'folder'] as const) {
    expect(await store.transfers.export(ALL, form, join(disk.dir, 'out'))).toMatchObject({
      error: {
        kind: 'storage',
        title: 'The disk is full',
        hint: expect.stringContaining('1 run had been written'),
      },
    });
    expect(await readdir(disk.dir)).toEqual([]);
  }
});
