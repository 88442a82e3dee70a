import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import { connectionTo, json, model, serve, startFal, stop, value } from '../fal/fal.fixture.ts';
import type { FalHosts } from '../fal/hosts.ts';
import { aRun } from '../history/history.fixture.ts';
import { SMALL, stage } from './runs.fixture.ts';

/** Waits so long that only skipping them ends a test. */
const patient = (hosts: FalHosts) =>
  Promise.resolve(ok(connectionTo(hosts, { backoff: { tries: 1, base: 1e7, cap: 1e7 } })));
const running = { kind: 'running', trouble: null } as const;

afterEach(() => void vi.useRealTimers());

describe('a recheck, after sleep or when the network is back,', () => {
  test('skips the wait of a run whose network was away', async () => {
    const away = await serve((response) => response.destroy());
    const on = await stage(away.hosts, { connection: () => patient(away.hosts) });
    await on.history.putRun(aRun(1, { state: running, requestId: 'r-1' }));
    await on.service.recover();
    await on.until(1, ({ state }) => state.kind === 'running' && state.trouble !== null);
    await stop(away.server);
    const back = await serve(
      (response, { url }) =>
        url.includes('/status')
          ? json(response, 200, { status: 'COMPLETED' })
          : json(response, 200, { seed: 5 }),
      Number(URL.parse(away.url)?.port),
    );
    await on.service.recheck();
    expect(await on.over(1)).toMatchObject({ state: { kind: 'succeeded' }, output: { seed: 5 } });
    expect(back.seen.every((request) => request.method === 'GET')).toBe(true);
  });

  test.each([
    ['followed', running],
    ['fetched', { kind: 'fetching', trouble: null }],
    ['cancelled', { kind: 'cancelling' }],
  ] as const)('leaves a connection that died in silence while the run was %s', async (_name, state) => {
    const silent: ServerResponse[] = [];
    const asked = Promise.withResolvers<void>();
    const server = await serve((response, { method, url }) => {
      if (silent.length === 0) {
        silent.push(response);
        asked.resolve();
      } else if (method === 'PUT') json(response, 200, { status: 'OK' });
      else if (url.includes('/status')) json(response, 200, { status: 'COMPLETED' });
      else json(response, 200, { seed: 5 });
    });
    const on = await stage(server.hosts);
    await on.history.putRun(aRun(1, { state, requestId: 'r-1' }));
    await on.service.recover();
    await asked.promise;
    await on.service.recheck();
    expect((await on.over(1)).state.kind).toBe(state.kind === 'cancelling' ? 'cancelled' : 'succeeded');
  });

  test('never cuts a submit short, and never sends one', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const server = await serve((response, { method, url }) => {
      if (method === 'POST') asked.resolve(response);
      else if (url.includes('/status')) json(response, 200, { status: 'COMPLETED' });
      else json(response, 200, {});
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    const response = await asked.promise;
    await on.service.recheck();
    json(response, 200, { request_id: 'r-1' });
    expect((await on.over(id)).state.kind).toBe('succeeded');
    expect(server.seen.filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  test('takes up a run whose profile could not be reached before, once', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', () => ({ ok: true }))] });
    let there = false;
    const on = await stage(fal.hosts, {
      connection: () =>
        Promise.resolve(there ? ok(connectionTo(fal.hosts)) : fail(appError('network', 'Away'))),
    });
    await on.history.putRun(aRun(1, { state: running, requestId: 'of-last-week' }));
    await on.service.recover();
    await on.service.recheck();
    expect(on.told.map(({ run }) => run.state)).toEqual([
      expect.objectContaining({ kind: 'running', trouble: expect.objectContaining({ title: 'Away' }) }),
      expect.objectContaining({ kind: 'running', trouble: expect.objectContaining({ title: 'Away' }) }),
    ]);
    expect(fal.requests()).toEqual([]);
    there = true;
    await Promise.all([on.service.recheck(), on.service.recheck()]);
    expect((await on.over(1)).state.kind).toBe('lost');
    expect(fal.requests().filter((request) => request.path.endsWith('/stream'))).toHaveLength(1);
  });

  test('copies the files that only the network kept back', async () => {
    const fal = await startFal({ faults: ['drop-mid-body:always'] });
    const on = await stage(fal.hosts);
    const input = { prompt: 'a lake', image_size: { width: 64, height: 64 }, seed: 1 };
    const { id } = value(await on.service.start('demo/hillside', input));
    expect((await on.over(id)).media).toMatchObject([{ kind: 'remote', error: { kind: 'network' } }]);
    await on.service.recheck();
    fal.setFaults([]);
    // The line may still be closing behind its last event; any later recheck does it.
    await vi.waitUntil(async () => {
      await on.service.recheck();
      return (await on.history.run(id))?.media[0]?.kind === 'stored';
    });
  });

  test('loads a file anew whose step it ended', async () => {
    const fal = await startFal();
    const stored = (bytes: number) => ({ sha256: 'a'.repeat(64), contentType: 'image/png', bytes });
    const came = [stored(1), stored(2)];
    const on = await stage(fal.hosts, {
      media: {
        fetch: async () => {
          const file = came.shift();
          if (file?.bytes === 1) await on.service.recheck();
          return file === undefined ? fail(appError('network', 'Away')) : ok(file);
        },
      },
    });
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    expect((await on.over(id)).media).toMatchObject([{ kind: 'stored', bytes: 2 }]);
  });

  test('writes what the disk refused before', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', () => ({ ok: true }))] });
    let full = false;
    const on = await stage(fal.hosts, {
      wrap: (history) => ({
        ...history,
        putRun: (run) => (full ? Promise.reject(new Error('full')) : history.putRun(run)),
      }),
    });
    const { id } = value(await on.service.start('acme/bird', {}));
    full = true;
    await on.over(id);
    expect(await on.history.run(id)).not.toMatchObject({ state: { kind: 'succeeded' } });
    full = false;
    await on.service.recheck();
    expect(await on.history.run(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
  });
});

test('files fetched later join the run as it ended, also where the disk refused that end', async () => {
  const fal = await startFal({ faults: ['drop-mid-body:always'] });
  let full = false;
  const on = await stage(fal.hosts, {
    wrap: (history) => ({
      ...history,
      putRun: (run) => (full ? Promise.reject(new Error('full')) : history.putRun(run)),
    }),
  });
  const { id } = value(await on.service.start('demo/hillside', SMALL));
  full = true;
  expect((await on.over(id)).media).toMatchObject([{ kind: 'remote' }]);
  full = false;
  fal.setFaults([]);
  // The line may still be closing behind its last event.
  await vi.waitUntil(async () => {
    await on.service.fetchMedia(id);
    return on.told.some(({ run }) => run.media[0]?.kind === 'stored');
  });
  expect(await on.history.run(id)).toMatchObject({
    state: { kind: 'succeeded' },
    output: { seed: 1 },
    media: [{ kind: 'stored' }],
  });
});

test('live tells of exactly the runs under way', async () => {
  const fal = await startFal({ faults: ['hold:running'], extraModels: [model('acme/bird', () => ({}))] });
  const on = await stage(fal.hosts);
  const { id } = value(await on.service.start('acme/bird', {}));
  await on.until(id, (run) => run.state.kind === 'running');
  expect(on.service.live()).toMatchObject([{ id, state: { kind: 'running' } }]);
  fal.setFaults([]);
  await on.over(id);
  expect(on.service.live()).toEqual([]);
});

test('a clock set back an hour takes nothing from any duration, and ids still grow', async () => {
  const fal = await startFal({ faults: ['hold:queued'], extraModels: [model('acme/bird', () => ({}))] });
  const on = await stage(fal.hosts);
  const first = value(await on.service.start('acme/bird', {}));
  await on.until(first.id, (run) => run.state.kind === 'queued');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  const second = value(await on.service.start('acme/bird', {}));
  fal.setFaults([]);
  expect(second.id).toBeGreaterThan(first.id);
  for (const { id } of [first, second]) {
    const { created, queued, started, ended } = (await on.over(id)).times;
    // A run may be done before anyone saw it run.
    const stamps = [created, queued, started, ended].filter((stamp) => stamp !== null);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    expect(stamps.length).toBeGreaterThan(2);
  }
});

test('a failure that only the status told of is still one when the program stopped in between', async () => {
  const server = await serve((response, { url }) =>
    url.includes('/status')
      ? json(response, 200, { status: 'COMPLETED', error: 'Half a picture' })
      : json(response, 200, { images: [] }),
  );
  const on = await stage(server.hosts);
  await on.history.putRun(aRun(1, { state: { kind: 'fetching', trouble: null }, requestId: 'r-1' }));
  await on.service.recover();
  expect((await on.over(1)).state).toMatchObject({ kind: 'failed', error: { detail: 'Half a picture' } });
});

test('rows that cannot be read at start are a sentence, not the end of the program', async () => {
  const fal = await startFal();
  const on = await stage(fal.hosts, {
    wrap: (history) => ({ ...history, unfinished: () => Promise.reject(new Error('disk I/O error')) }),
  });
  await on.service.recover();
  expect(on.notices).toEqual([expect.stringContaining('disk I/O error')]);
});
