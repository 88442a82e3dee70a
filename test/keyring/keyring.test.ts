import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportSchema } from './ask.schema.ts';
import type { Order, Report } from './ask.schema.ts';
import { isOnPath, startBus, startMuteBus } from './private-bus.ts';
import type { Bus } from './private-bus.ts';

/** The keychain with the real keytar, on a real gnome-keyring in a bus of the test's own, and on everything that goes wrong. */

const library = fileURLToPath(
  new URL('../../node_modules/keytar/build/Release/keytar.node', import.meta.url),
);
const available =
  process.platform === 'linux' &&
  isOnPath('dbus-daemon') &&
  isOnPath('gnome-keyring-daemon') &&
  existsSync(library);

const PASSWORD = 'the ring’s own';
const OPEN_LIMIT_MS = 5000;
const [ACCOUNT, SECRET, NEWER] = ['key 1', 'aaaa:bbbb-cccc', 'dddd:eeee-ffff'];

let dir: string;
let buses: Bus[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyring-test-'));
  writeFileSync(join(dir, 'places.json'), '{}');
  buses = [];
});
afterEach(() => {
  for (const bus of buses) bus.close();
  rmSync(dir, { recursive: true, force: true });
});

async function on(starting: Promise<Bus>): Promise<Bus> {
  const bus = await starting;
  buses.push(bus);
  return bus;
}
const ring = (): string => join(dir, 'ring');
const unlocked = (): Promise<Bus> => on(startBus({ ring: ring(), password: PASSWORD }));

/** One life of the app in this environment. */
async function live(
  environment: Bus['environment'],
  steps: Order['steps'],
  { unchecked = false, limitMs }: Partial<Pick<Order, 'unchecked' | 'limitMs'>> = {},
): Promise<Report> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('ask.ts', import.meta.url))], {
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const order: Order = { places: join(dir, 'places.json'), unchecked, limitMs, steps };
  child.stdin.end(JSON.stringify(order));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (said === '') throw new Error(`It said nothing: ${complaints}`);
  expect(complaints).not.toContain(SECRET);
  const report = reportSchema.parse(JSON.parse(said));
  expect(report.openMs).toBeLessThan(OPEN_LIMIT_MS);
  return report;
}

const read = { do: 'read', account: ACCOUNT } as const;
const remove = { do: 'remove', account: ACCOUNT } as const;
const write = (secret: string): Order['steps'][number] => ({ do: 'write', account: ACCOUNT, secret });
const found = (secret: string, backend: string): unknown => ({ kind: 'found', secret, backend });

/** Whatever went wrong, a key can be used, and only until the app quits. */
async function expectSession(environment: Bus['environment'], why: string): Promise<Report> {
  const report = await live(environment, [write(SECRET), read, { do: 'readFile' }]);
  expect(report.opened).toEqual({ backend: 'session', why });
  expect(report.answers).toEqual([{ ok: true, value: 'session' }, found(SECRET, 'session'), true]);
  return report;
}

describe.skipIf(!available)('the keychain on a real keyring', () => {
  it('keeps, replaces and removes a key across starts of the app and of the keyring', async () => {
    const first = await unlocked();
    const kept = await live(first.environment, [read, write(SECRET)]);
    expect(kept.opened).toEqual({ backend: 'keytar', why: 'Keys are kept in the system keyring.' });
    expect(kept.answers).toEqual([{ kind: 'none' }, { ok: true, value: 'keytar' }]);
    expect(kept.stuck).toBe(false);

    const replaced = await live(first.environment, [read, write(NEWER)]);
    expect(replaced.answers[0]).toEqual(found(SECRET, 'keytar'));
    first.close();

    const second = await unlocked();
    const gone = await live(second.environment, [read, remove, read]);
    expect(gone.answers).toEqual([found(NEWER, 'keytar'), { ok: true, value: null }, { kind: 'none' }]);
    expect((await live(second.environment, [read])).answers).toEqual([{ kind: 'none' }]);
  });

  it('reads a key even when nobody remembers where it was put', async () => {
    const { environment } = await unlocked();
    await live(environment, [write(SECRET)]);
    writeFileSync(join(dir, 'places.json'), '{}');
    expect((await live(environment, [read])).answers).toEqual([found(SECRET, 'keytar')]);
  });

  it('leaves nothing of its probes in the ring', async () => {
    const { environment } = await unlocked();
    await live(environment, [write(SECRET)]);
    const names = (await live(environment, [{ do: 'accounts' }])).answers;
    expect(names).toEqual([[ACCOUNT]]);
  });

  it.each([
    ['a locked ring', null],
    ['a wrong password', 'not the ring’s own'],
  ])(
    '%s: says so, does not take the key for gone, and keeps new ones for the session',
    async (_, password) => {
      const open = await unlocked();
      await live(open.environment, [write(SECRET)]);
      open.close();

      const { environment } = await on(startBus({ ring: ring(), password }));
      const locked = await live(environment, [read, remove, write(NEWER), read]);
      expect(locked.opened).toEqual({
        backend: 'session',
        why: 'The system keyring is locked; keys are kept until the app quits.',
      });
      expect(locked.answers).toEqual([
        { kind: 'unreadable', hint: expect.stringContaining('which is locked') },
        {
          ok: false,
          error: expect.objectContaining({ kind: 'storage', title: 'The key could not be removed' }),
        },
        { ok: true, value: 'session' },
        found(NEWER, 'session'),
      ]);
      expect(locked.stuck).toBe(false);

      // The key that was replaced must not come back when the ring opens again.
      const { environment: again } = await unlocked();
      expect((await live(again, [read, write(NEWER)])).answers).toEqual([
        { kind: 'none' },
        { ok: true, value: 'keytar' },
      ]);
    },
  );

  it('a ring that was never made', async () => {
    const { environment } = await on(startBus({ ring: ring() }));
    const why = 'The system keyring is locked; keys are kept until the app quits.';
    expect((await expectSession(environment, why)).stuck).toBe(false);
  });

  it('a ring that waits for a password nobody gives', async () => {
    const { environment } = await on(startBus({ ring: ring(), promptHangs: true }));
    const report = await expectSession(
      environment,
      'The system keyring does not answer; keys are kept until the app quits.',
    );
    expect(report.stuck).toBe(true);
  });

  it('a keyring that hangs in the middle: the next key goes to the session, and the app is told', async () => {
    const bus = await unlocked();
    await live(bus.environment, [write(SECRET)]);
    const pid = bus.started()['org.freedesktop.secrets'] ?? 0;
    const report = await live(
      bus.environment,
      [{ do: 'stop', pid }, write(NEWER), read, { do: 'readFile' }],
      { limitMs: 1500 },
    );
    expect(report.opened.backend).toBe('keytar');
    expect(report.answers.slice(1)).toEqual([{ ok: true, value: 'session' }, found(NEWER, 'session'), true]);
    expect(report.changes).toEqual([
      {
        backend: 'session',
        why: 'The system keyring does not answer; keys are kept until the app quits.',
      },
    ]);
  });
});

describe.skipIf(!available)('the keychain without a keyring', () => {
  it('no bus', async () => {
    const environment = { PATH: process.env['PATH'] ?? '', HOME: dir, XDG_RUNTIME_DIR: dir };
    const why = 'There is no session bus here, and so no system keyring; keys are kept until the app quits.';
    expect((await expectSession(environment, why)).stuck).toBe(false);
    const gone = { ...environment, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(dir, 'no-bus')}` };
    expect((await expectSession(gone, why)).stuck).toBe(false);
  });

  it('no bus, and libsecret asked all the same', async () => {
    const environment = { PATH: process.env['PATH'] ?? '', HOME: dir };
    const report = await live(environment, [], { unchecked: true });
    expect(report.opened.why).toContain('There is no session bus here');
  });

  it('a bus without a secret service', async () => {
    const { environment } = await on(startBus({ ring: null }));
    const report = await expectSession(
      environment,
      'No system keyring is running; keys are kept until the app quits.',
    );
    expect(report.stuck).toBe(false);
  });

  const SILENT = 'The system keyring does not answer; keys are kept until the app quits.';
  const tenTimes = [1, 2, 3, 4, 5].flatMap(() => [read, write(SECRET)]);

  it('a bus that accepts and never answers: nothing hangs, and the app can end', async () => {
    const { environment } = await on(startMuteBus('never'));
    const report = await live(environment, [...tenTimes, { do: 'readFile' }]);
    expect(report.opened).toEqual({ backend: 'session', why: SILENT });
    expect(report.answers.at(-1)).toBe(true);
    expect(report.stuck).toBe(false);
  });

  it.each(['never', 'until-let-in'] as const)(
    'a bus that speaks %s, met by keytar itself: ten attempts, and files can still be read',
    async (speaks) => {
      const { environment } = await on(startMuteBus(speaks));
      const report = await live(environment, [...tenTimes, { do: 'readFile' }], { unchecked: true });
      expect(report.opened).toEqual({ backend: 'session', why: SILENT });
      expect(report.answers.at(-1)).toBe(true);
      expect(report.stuck).toBe(true);
    },
  );

  it('twin: past the guard, the same calls stop every file read', async () => {
    const { environment } = await on(startMuteBus('never'));
    const report = await live(environment, [{ do: 'readFile' }, { do: 'unguarded' }], {
      unchecked: true,
      limitMs: 500,
    });
    expect(report.answers).toEqual([true, false]);
  });
});

describe.skipIf(!available)('places', () => {
  it('hold names and no secret', async () => {
    const { environment } = await unlocked();
    await live(environment, [write(SECRET)]);
    expect(readFileSync(join(dir, 'places.json'), 'utf8')).toBe(JSON.stringify({ [ACCOUNT]: 'keytar' }));
  });
});
