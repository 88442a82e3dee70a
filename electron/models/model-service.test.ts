import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Catalogue } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import { connectionTo, json, model, serve, startFal, value } from '../fal/fal.fixture.ts';
import type { FalConnection } from '../fal/connection.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { ModelService } from './model-service.ts';

const DEMO = ['demo/hillside', 'demo/hillside/realtime'];

const HOUR = 3_600_000;
const away = () => Promise.resolve(fail(appError('network', 'Away')));

async function begin(connection: FalConnection | null, realm: Realm = 'fal') {
  const { history, dir } = await tempHistory();
  const told: Catalogue[] = [];
  let waiting: (() => void)[] = [];
  const net = { connection };
  const service = new ModelService({
    history,
    activeProfile: () => 'any',
    activeRealm: () => realm,
    connection: () => (net.connection === null ? away() : Promise.resolve(ok(net.connection))),
    changed: (catalogue) => {
      told.push(catalogue);
      for (const wake of waiting) wake();
      waiting = [];
    },
  });
  const nextTold = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  return { service, history, told, net, nextTold, dir };
}

const ids = (catalogue: Catalogue): string[] => catalogue.models.map((entry) => entry.endpointId);

describe('the catalogue', () => {
  test('is read the first time, kept, and then answered from what is kept', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird')] });
    const { service, told } = await begin(connectionTo(fal.hosts));
    const first = await service.list();
    expect(first).toMatchObject({ realm: 'fal', error: null, readAt: expect.any(Number) });
    expect(ids(first)).toEqual([...DEMO, 'acme/bird']);
    expect(first.models[DEMO.length]).toEqual({
      endpointId: 'acme/bird',
      name: 'acme/bird',
      category: 'test',
      description: '',
      tags: ['a'],
      deprecated: false,
    });
    expect(told).toEqual([first]);
    const asked = fal.requests().length;
    expect(await service.list()).toEqual(first);
    expect(fal.requests()).toHaveLength(asked);
  });

  test('older than an hour is answered at once and read anew behind it', async () => {
    const fal = await startFal();
    const { service, history, told, nextTold } = await begin(connectionTo(fal.hosts));
    await history.keep('catalogue:fal', [], Date.now() - HOUR - 1000);
    const fresh = nextTold();
    expect(ids(await service.list())).toEqual([]);
    await fresh;
    expect(told.map(ids)).toEqual([DEMO]);
  });

  test('offline keeps the old, and says why it is old', async () => {
    const fal = await startFal();
    const { service, net, told } = await begin(connectionTo(fal.hosts));
    const before = await service.refresh();
    net.connection = null;
    const after = await service.refresh();
    expect(after).toEqual({ ...before, error: expect.objectContaining({ title: 'Away' }) });
    expect(told.at(-1)).toEqual(after);
    expect(await service.list()).toEqual(before);
  });

  test('offline with nothing kept is empty, with the reason', async () => {
    const { service } = await begin(null);
    expect(await service.list()).toEqual({
      realm: 'fal',
      models: [],
      readAt: null,
      error: expect.objectContaining({ kind: 'network' }),
    });
  });

  test('asked for twice at once is read once', async () => {
    const fal = await startFal();
    const { service } = await begin(connectionTo(fal.hosts));
    const [one, two] = await Promise.all([service.refresh(), service.refresh()]);
    expect(one).toBe(two);
    expect(fal.requests()).toHaveLength(1);
    await service.refresh();
    expect(fal.requests()).toHaveLength(2);
  });

  test('of a local server is never kept, and a spoilt one is read anew', async () => {
    const fal = await startFal();
    const local = await begin(connectionTo(fal.hosts), 'local');
    await local.service.list();
    expect(await local.history.kept('catalogue:fal')).toBeNull();
    await local.service.list();
    expect(fal.requests()).toHaveLength(2);
    const spoilt = await begin(connectionTo(fal.hosts));
    await spoilt.history.keep('catalogue:fal', [{ endpointId: 5 }], Date.now());
    expect(ids(await spoilt.service.list())).toEqual(DEMO);
  });

  test('is usable though the disk refuses it', async () => {
    const fal = await startFal();
    const service = new ModelService({
      history: { keep: () => Promise.reject(new Error('full')), kept: () => Promise.resolve(null) },
      activeProfile: () => 'any',
      activeRealm: () => 'fal',
      connection: () => Promise.resolve(ok(connectionTo(fal.hosts))),
      changed: () => undefined,
    });
    expect(ids(await service.list())).toEqual(DEMO);
    expect(await service.document('demo/hillside')).toMatchObject({ ok: true });
  });
});

describe('a document', () => {
  test('of fal is kept for a day, then read anew, and serves offline however old', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird')] });
    const { service, history, net } = await begin(connectionTo(fal.hosts));
    const document = value(await service.document(' acme/bird/ '));
    expect(document).toMatchObject({ info: { title: 'acme/bird' } });
    expect(value(await service.document('acme/bird'))).toEqual(document);
    expect(fal.requests()).toHaveLength(1);
    await history.keep('schema:fal:acme/bird', { old: true }, Date.now() - 25 * HOUR);
    expect(value(await service.document('acme/bird'))).toEqual(document);
    expect(fal.requests()).toHaveLength(2);
    await history.keep('schema:fal:acme/bird', { old: true }, Date.now() - 25 * HOUR);
    net.connection = null;
    expect(value(await service.document('acme/bird'))).toEqual({ old: true });
    expect(await service.document('acme/other')).toMatchObject({ ok: false, error: { kind: 'network' } });
  });

  test('of a local server is read each time: it may change', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird')] });
    const { service, history } = await begin(connectionTo(fal.hosts), 'local');
    for (const _ of [1, 2]) expect((await service.document('acme/bird')).ok).toBe(true);
    expect(fal.requests()).toHaveLength(2);
    expect(await history.kept('schema:local:acme/bird')).toBeNull();
    await history.keep('schema:local:acme/bird', { old: true }, Date.now());
    expect(value(await service.document('acme/bird'))).toMatchObject({ info: { title: 'acme/bird' } });
  });

  test('of something that is no model id is refused before anybody is asked', async () => {
    const fal = await startFal();
    const { service } = await begin(connectionTo(fal.hosts));
    expect(await service.document('../../x')).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(fal.requests()).toEqual([]);
  });
});

describe('a price', () => {
  test('is asked once; none is remembered as well, a failure is not', async () => {
    const answers = [
      { status: 500, body: {} },
      { status: 200, body: { prices: [{ endpoint_id: 'acme/bird', unit_price: 0.5, unit: 'images' }] } },
      { status: 200, body: { prices: [] } },
    ];
    const server = await serve((response) => {
      const answer = answers[server.seen.length - 1];
      json(response, answer?.status ?? 500, answer?.body);
    });
    const backoff = { tries: 1, base: 1, cap: 1 };
    const { service } = await begin(connectionTo(server.hosts, { backoff }));
    expect(await service.price('acme/bird')).toBeNull();
    const price = { amount: 0.5, unit: 'images', currency: 'USD' };
    expect([await service.price('acme/bird'), await service.price('acme/bird')]).toEqual([price, price]);
    expect([await service.price('acme/free'), await service.price('acme/free')]).toEqual([null, null]);
    expect(server.seen).toHaveLength(3);
  });

  test('is not asked without a key, offline, or for what is no model', async () => {
    const fal = await startFal();
    const { service, net } = await begin(connectionTo(fal.hosts, { credentials: () => null }));
    expect(await service.price('demo/hillside')).toBeNull();
    expect(await service.price('nonsense')).toBeNull();
    net.connection = null;
    expect(await service.price('demo/hillside')).toBeNull();
    expect(fal.requests()).toEqual([]);
  });
});
