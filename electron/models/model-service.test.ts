import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Catalogue } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import { connectionTo, model, startFal, value } from '../fal/fal.fixture.ts';
import type { FalConnection } from '../fal/connection.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { KeptCopies } from './kept-copies.ts';
import { ModelService } from './model-service.ts';

const DEMO = ['demo/hillside', 'demo/hillside/realtime', 'demo/field-notes'];

const HOUR = 3_600_000;
const away = () => Promise.resolve(fail(appError('network', 'Away')));

async function begin(
  connection: FalConnection | null,
  realm: Realm = 'fal',
  { server = null, at }: { readonly server?: string | null; readonly at?: string } = {},
) {
  const { history, dir } = await tempHistory(at);
  const told: Catalogue[] = [];
  let waiting: (() => void)[] = [];
  const net = { connection };
  const service = new ModelService({
    copies: new KeptCopies({ history, server }),
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
      addedAt: Date.parse('2026-01-01T00:00:00Z'),
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

  test('of a local server is read each time, and its copy stands in for that server alone', async () => {
    const fal = await startFal();
    const server = 'http://127.0.0.1:1';
    const local = await begin(connectionTo(fal.hosts), 'local', { server });
    await local.service.list();
    expect(await local.history.kept('catalogue:fal')).toBeNull();
    const before = await local.service.list();
    expect(fal.requests()).toHaveLength(2);
    local.net.connection = null;
    expect(await local.service.list()).toEqual({
      ...before,
      error: expect.objectContaining({ title: 'Away' }),
    });
    const at = local.dir;
    await local.history.close();
    const again = await begin(null, 'local', { server, at });
    expect(ids(await again.service.list())).toEqual(DEMO);
    await again.history.close();
    const other = await begin(null, 'local', { server: 'http://127.0.0.1:2', at });
    expect(ids(await other.service.list())).toEqual([]);
  });

  test('of the demo is not kept, and a spoilt one of fal’s is read anew', async () => {
    const fal = await startFal();
    const demo = await begin(connectionTo(fal.hosts), 'demo');
    await demo.service.list();
    expect(await demo.history.kept('catalogue:demo')).toBeNull();
    const spoilt = await begin(connectionTo(fal.hosts));
    await spoilt.history.keep('catalogue:fal', [{ endpointId: 5 }], Date.now());
    expect(ids(await spoilt.service.list())).toEqual(DEMO);
  });

  test('is usable though the disk refuses it', async () => {
    const fal = await startFal();
    const service = new ModelService({
      copies: new KeptCopies({
        history: { keep: () => Promise.reject(new Error('full')), kept: () => Promise.resolve(null) },
        server: null,
      }),
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

  test('of a local server is read each time, for it may change, and serves while that server is gone', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird')] });
    const { service, net } = await begin(connectionTo(fal.hosts), 'local', { server: 'http://127.0.0.1:1' });
    for (const _ of [1, 2])
      expect(value(await service.document('acme/bird'))).toMatchObject({ info: { title: 'acme/bird' } });
    expect(fal.requests()).toHaveLength(2);
    net.connection = null;
    expect(value(await service.document('acme/bird'))).toMatchObject({ info: { title: 'acme/bird' } });
  });

  test('of something that is no model id is refused before anybody is asked', async () => {
    const fal = await startFal();
    const { service } = await begin(connectionTo(fal.hosts));
    expect(await service.document('../../x')).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(fal.requests()).toEqual([]);
  });
});
