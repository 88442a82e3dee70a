import { describe, expect, onTestFinished, test } from 'vitest';
import { deadAddress, directly, startFal, value } from '../fal/fal.fixture.ts';
import { FAL_HOSTS } from '../fal/hosts.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { DEMO_KEY, DemoServer } from './demo-server.ts';
import { OTHER, SECRET, add, begin, keyOf, keyring, kinds, named, offline } from './profiles.fixture.ts';

const environment = { FAL_KEY: 'env:key' };

describe('what is listed', () => {
  test('without any key: fal to browse, and the demo, which is the one to begin with', async () => {
    const { service } = await begin();
    expect(kinds(service)).toEqual(['keyless', 'demo']);
    expect(service.active).toBe('demo');
    expect(await keyOf(service, 'fal')).toBeNull();
    expect(await keyOf(service, 'demo')).toBe(DEMO_KEY);
  });

  test('the environment’s key, which cannot be changed from here', async () => {
    const { service } = await begin({ environment });
    expect(kinds(service)).toEqual(['environment', 'demo']);
    expect(service.list().profiles[0]).toMatchObject({ name: 'Environment', variables: 'FAL_KEY' });
    expect(service.active).toBe('environment');
    expect(await keyOf(service, 'environment')).toBe('env:key');
    const refused = { ok: false, error: { kind: 'input' } };
    expect(await service.removeKey('environment')).toMatchObject(refused);
    expect(await service.renameKey('environment', 'x')).toMatchObject(refused);
    expect(await add(service, '', SECRET, 'environment')).toMatchObject(refused);
    expect(await keyOf(service, 'environment')).toBe('env:key');
  });

  test('named keys stand before it, each with its own secret', async () => {
    const { service } = await begin({ environment });
    const one = value(await add(service, 'one', SECRET)).active;
    const two = value(await add(service, 'two', OTHER)).active;
    expect(kinds(service)).toEqual(['key', 'key', 'environment', 'demo']);
    expect([await keyOf(service, one), await keyOf(service, two)]).toEqual([SECRET, OTHER]);
    expect(value(await service.use(one)).active).toBe(one);
    await service.removeKey(one);
    expect(service.active).toBe(two);
    await service.removeKey(two);
    expect(service.active).toBe('environment');
  });
});

describe('fal and the server in its place', () => {
  test('a key for one is not there for the other, and is never sent to it', async () => {
    const fal = await startFal({ key: SECRET });
    const { history } = await tempHistory();
    const ring = keyring();
    const local = await begin({ history, ring, localServer: fal.url });
    const mine = value(await add(local.service, 'mine', SECRET)).active;
    const asked: string[] = [];
    const fetch: Fetch = (url, init) => {
      asked.push(url);
      return offline(url, init);
    };
    const atFal = await begin({ history, ring, transport: { fetch } });
    expect(named(atFal.service)).toEqual([]);
    expect(atFal.service.list().server).toBeNull();
    expect(await atFal.service.connection(mine)).toMatchObject({
      ok: false,
      error: { title: 'This run is on a local server' },
    });
    expect(asked).toEqual([]);
    const theirs = value(await add(atFal.service, 'mine', OTHER)).active;
    expect(asked.map((url) => new URL(url).origin)).toEqual([FAL_HOSTS.api]);
    const again = await begin({ history, ring, localServer: fal.url });
    expect(named(again.service)).toMatchObject([{ id: mine, name: 'mine', realm: 'local' }]);
    expect(await again.service.connection(theirs)).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(again.service.active).toBe(mine);
    expect([mine, theirs, 'demo', 'fal', 'environment'].map((id) => again.service.isLocal(id))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  test('the environment’s key and browsing go to the server too, under ids of their own', async () => {
    const fal = await startFal();
    const keyless = await begin({ localServer: fal.url });
    expect(keyless.service.list()).toMatchObject({
      active: 'local',
      server: fal.url,
      profiles: [{ kind: 'keyless', name: 'Local server', realm: 'local' }, { kind: 'demo' }],
    });
    const { service } = await begin({ localServer: fal.url, environment });
    expect(service.active).toBe('local:environment');
    expect(value(await service.connection(service.active)).hosts.queue).toBe(fal.hosts.queue);
    expect(service.isLocal(service.active)).toBe(true);
    // A run of fal's own must not be asked for at the server.
    expect(await service.connection('environment')).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect([service.activeRealm, (await service.use('demo')).ok && service.activeRealm]).toEqual([
      'local',
      'demo',
    ]);
  });

  test('of this computer, only the addresses of a profile’s own server are its own', async () => {
    const fal = await startFal();
    const { service } = await begin({ localServer: fal.url });
    const isOwn = (id: string, base: string) => service.isOwnAddress(id, `${base}/a.png`);
    expect(await isOwn('local', fal.hosts.cdn)).toBe(true);
    expect(await isOwn('demo', 'http://127.0.0.1:1')).toBe(true);
    expect(await isOwn('demo', fal.url)).toBe(false);
    expect(await isOwn('local', 'http://127.0.0.1:1')).toBe(false);
    expect(await isOwn('fal', fal.url)).toBe(false);
    expect(await isOwn('local', 'https://example.com')).toBe(false);
    await fal.close();
    expect(await isOwn('local', fal.url)).toBe(true);
    const { service: atFal } = await begin();
    expect(await atFal.isOwnAddress('local', `${fal.url}/a.png`)).toBe(false);
  });

  test('the server is asked each time; away is said so', async () => {
    const fal = await startFal();
    const { service } = await begin({ localServer: fal.url });
    expect(value(await service.connection('local')).hosts.queue).toBe(fal.hosts.queue);
    await fal.close();
    const error = { kind: 'network', detail: fal.url };
    expect(await service.connection('local')).toMatchObject({ ok: false, error });
    const nowhere = await begin({ localServer: await deadAddress() });
    expect(await nowhere.service.connection('local')).toMatchObject({ error: { kind: 'network' } });
  });

  test('fal is fal', async () => {
    const { service } = await begin({ environment });
    expect(value(await service.connection('environment')).hosts).toBe(FAL_HOSTS);
    expect(service.activeRealm).toBe('fal');
  });
});

describe('which profile is active', () => {
  test('the one of the last session, unless it is not here any more', async () => {
    const { history } = await tempHistory();
    const first = await begin({ history });
    await first.service.use('fal');
    expect((await begin({ history })).service.active).toBe('fal');
    // A session at a local server changes nothing for the ones at fal.
    const local = await begin({ history, localServer: 'http://127.0.0.1:1' });
    expect(local.service.active).toBe('local');
    await local.service.use('demo');
    expect((await begin({ history })).service.active).toBe('fal');
    // With a key there is nothing to browse without one.
    expect((await begin({ history, environment })).service.active).toBe('environment');
  });

  test('an unknown one is refused everywhere', async () => {
    const { service } = await begin();
    for (const id of ['nobody', 'local', '__proto__', '', 'key:1']) {
      expect(await service.use(id)).toMatchObject({ ok: false, error: { kind: 'input' } });
      expect(await service.connection(id)).toMatchObject({ ok: false, error: { kind: 'input' } });
      expect(await service.removeKey(id)).toMatchObject({ ok: false });
    }
    expect(service.active).toBe('demo');
  });

  test('a run of the environment’s key says so when there is none', async () => {
    const { service } = await begin();
    expect(await service.connection('environment')).toMatchObject({
      error: { title: expect.stringContaining('environment') },
    });
  });
});

describe('the demo', () => {
  test('is a real server in a thread of its own, started once', async () => {
    const demo = new DemoServer(new URL('../local-fal/worker.ts', import.meta.url));
    onTestFinished(() => demo.close());
    const { service } = await begin({ demo, transport: { fetch: directly } });
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

  test('that cannot start is said so, and tried again', async () => {
    const demo = new DemoServer(new URL('data:text/javascript,throw new Error("no port left")'));
    const { service } = await begin({ demo });
    for (const _ of [1, 2])
      expect(await service.connection('demo')).toMatchObject({
        ok: false,
        error: { kind: 'internal', detail: 'no port left' },
      });
  });
});
