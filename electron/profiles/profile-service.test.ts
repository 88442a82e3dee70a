import { describe, expect, onTestFinished, test } from 'vitest';
import type { Profiles } from '../../shared/ipc/profiles.ts';
import { deadAddress, hostsAt, startFal, value } from '../fal/fal.fixture.ts';
import { FAL_HOSTS } from '../fal/hosts.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { DEMO_KEY, DemoServer } from './demo-server.ts';
import { ProfileService } from './profile-service.ts';
import type { ProfileServiceOptions } from './profile-service.ts';

const SECRET = 'id-1234:secret-5678';

/** A service on a small memory in place of the database: what is kept here is one word. */
function begin(over: Partial<ProfileServiceOptions> = {}) {
  const memory = new Map<string, { value: string; at: number }>();
  const told: Profiles[] = [];
  const service = new ProfileService({
    history: {
      keep: (key, kept, at) => Promise.resolve(void memory.set(key, { value: String(kept), at })),
      kept: (key) => Promise.resolve(memory.get(key) ?? null),
    },
    demo: { hosts: () => Promise.resolve(hostsAt('http://127.0.0.1:1')) },
    localServer: null,
    environment: {},
    fetch: globalThis.fetch,
    userAgent: 'test/0',
    changed: (profiles) => told.push(profiles),
    ...over,
  });
  return { service, told, memory };
}

const sourceOf = (service: ProfileService, id: string): string | undefined =>
  service.list().profiles.find((profile) => profile.id === id)?.keySource;
const keyOf = async (service: ProfileService, id: string): Promise<string | null> =>
  value(await service.connection(id)).credentials();

describe('the key from the environment (fal-protocol §1.2)', () => {
  test.each([
    [{ FAL_KEY: 'a:b', FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y' }, 'a:b'],
    [{ FAL_KEY: ' a:b\n' }, 'a:b'],
    [{ FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y ' }, 'x:y'],
    [{ FAL_KEY: '  ', FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y' }, 'x:y'],
    [{ FAL_KEY_ID: 'x' }, null],
    [{ FAL_KEY_ID: '', FAL_KEY_SECRET: '' }, null],
    [{ FAL_KEY: 'two\nlines' }, null],
    [{}, null],
  ])('%j is %j', async (environment, expected) => {
    const { service } = begin({ environment });
    expect(await keyOf(service, 'fal')).toBe(expected);
    expect(sourceOf(service, 'fal')).toBe(expected === null ? 'none' : 'environment');
    expect(service.active).toBe(expected === null ? 'demo' : 'fal');
  });
});

describe('a typed key', () => {
  test('wins over the environment, takes effect on connections that exist, and is gone when removed', async () => {
    const { service, told } = begin({ environment: { FAL_KEY: 'env:key' } });
    const connection = value(await service.connection('fal'));
    await service.use('demo');
    expect(await service.addKey('fal', `  ${SECRET}\n`)).toMatchObject({
      ok: true,
      value: { active: 'fal' },
    });
    expect(connection.credentials()).toBe(SECRET);
    expect(sourceOf(service, 'fal')).toBe('session');
    expect(service.removeKey('fal').ok).toBe(true);
    expect(connection.credentials()).toBe('env:key');
    expect(sourceOf(service, 'fal')).toBe('environment');
    expect(told.map((profiles) => profiles.active)).toEqual(['demo', 'fal', 'fal']);
  });

  test('is in no list, event, error or memory on disk', async () => {
    const { service, told, memory } = begin({ environment: { FAL_KEY: 'env:key' } });
    const said = [
      await service.addKey('fal', SECRET),
      await service.addKey('demo', SECRET),
      await service.addKey('nobody', SECRET),
      await service.addKey('fal', `${SECRET} ${SECRET}`),
      service.list(),
      service,
      told,
      [...memory],
    ];
    const text = JSON.stringify(said);
    for (const secret of [SECRET, 'secret-5678', 'env:key']) expect(text).not.toContain(secret);
  });

  test.each([['two words'], ['schlüssel'], ['a\r\nx-evil: 1'], [''], ['   ']])('%j is none', async (text) => {
    const { service } = begin();
    expect(await service.addKey('fal', text)).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(sourceOf(service, 'fal')).toBe('none');
    expect(service.active).toBe('demo');
  });

  test('is for one profile alone', async () => {
    const fal = await startFal();
    const { service } = begin({ localServer: fal.url });
    await service.addKey('local', SECRET);
    expect(await keyOf(service, 'local')).toBe(SECRET);
    expect(await keyOf(service, 'fal')).toBeNull();
    expect(await keyOf(service, 'demo')).toBe(DEMO_KEY);
  });
});

describe('which profile is active', () => {
  test('the one of the last session, unless the command line names a server or it is not here any more', async () => {
    const { history } = await tempHistory();
    const first = begin({ history });
    await first.service.use('fal');
    const second = begin({ history });
    expect(second.service.active).toBe('demo');
    await second.service.open();
    expect(second.service.active).toBe('fal');
    const named = begin({ history, localServer: 'http://127.0.0.1:1' });
    await named.service.open();
    expect(named.service.active).toBe('local');
    await named.service.use('local');
    const without = begin({ history });
    await without.service.open();
    expect(without.service.active).toBe('demo');
  });

  test('an unknown one is refused everywhere', async () => {
    const { service } = begin();
    for (const id of ['nobody', 'local', '__proto__', '']) {
      expect(await service.use(id)).toMatchObject({ ok: false, error: { kind: 'input' } });
      expect(await service.connection(id)).toMatchObject({ ok: false, error: { kind: 'input' } });
      expect(service.removeKey(id)).toMatchObject({ ok: false });
    }
    expect(service.active).toBe('demo');
  });
});

describe('where each profile leads', () => {
  test('fal to fal, with no results on this computer', async () => {
    const { service } = begin();
    expect(value(await service.connection('fal')).hosts).toBe(FAL_HOSTS);
    expect(['fal', 'demo', 'local'].map((id) => service.isLocal(id))).toEqual([false, true, true]);
  });

  test('local to the server of the command line, asked each time; away is said so', async () => {
    const fal = await startFal();
    const { service } = begin({ localServer: fal.url });
    expect(value(await service.connection('local')).hosts.queue).toBe(fal.hosts.queue);
    await fal.close();
    expect(await service.connection('local')).toMatchObject({
      ok: false,
      error: { kind: 'network', detail: fal.url },
    });
    const nowhere = begin({ localServer: await deadAddress() });
    expect(await nowhere.service.connection('local')).toMatchObject({ error: { kind: 'network' } });
  });

  test('demo to a real server in a thread of its own, started once', async () => {
    const demo = new DemoServer(new URL('../local-fal/worker.ts', import.meta.url));
    onTestFinished(() => demo.close());
    const { service } = begin({ demo });
    const [one, two] = await Promise.all([service.connection('demo'), service.connection('demo')]);
    const { hosts, credentials } = value(one);
    expect(value(two).hosts).toEqual(hosts);
    const answer = await fetch(`${hosts.api}/v1/models/pricing?endpoint_id=demo/hillside`, {
      headers: { authorization: `Key ${credentials()}` },
    });
    expect(answer.status).toBe(200);
    await demo.close();
    await expect(fetch(hosts.api)).rejects.toThrow();
    // It stopped: the next who asks gets a new one.
    const again = value(await service.connection('demo')).hosts;
    expect((await fetch(new URL(again.api).origin)).status).toBe(200);
  });

  test('a demo that cannot start is said so, and tried again', async () => {
    const demo = new DemoServer(new URL('data:text/javascript,throw new Error("no port left")'));
    const { service } = begin({ demo });
    for (const _ of [1, 2])
      expect(await service.connection('demo')).toMatchObject({
        ok: false,
        error: { kind: 'internal', detail: 'no port left' },
      });
  });
});
