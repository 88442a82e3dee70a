import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { RunState } from '../../shared/runs/run.ts';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from '../fal/fal.fixture.ts';
import type { FalConnection } from '../fal/connection.ts';
import { submit } from '../fal/queue.ts';
import { aRun, everyState, tempDir } from '../history/history.fixture.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { RowWriter } from './row-writer.ts';
import { stage } from './runs.fixture.ts';

const BIRD = idOf('acme/bird');
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A queue with one request in it, as another session left it. */
async function begin(faults: readonly string[] = []) {
  const fal = await startFal({ faults, extraModels: [model('acme/bird', () => ({ ok: true }))] });
  const { requestId } = value(await submit(connectionTo(fal.hosts), BIRD, {}, never()));
  const on = await stage(fal.hosts);
  return { fal, requestId, on };
}

describe('what was under way when the program stopped', () => {
  test.each<[RunState]>([[{ kind: 'submitting' }], [{ kind: 'cancelling' }]])(
    '%o without a request id is unconfirmed, and nothing is sent',
    async (state) => {
      const { fal, on } = await begin();
      await on.history.putRun(aRun(1, { state }));
      await on.service.recover();
      expect(await on.over(1)).toMatchObject({
        state: { kind: 'unconfirmed', error: { kind: 'unconfirmed' } },
        times: { ended: expect.any(Number) },
      });
      expect(fal.requests().filter(({ method }) => method !== 'GET')).toHaveLength(1);
    },
  );

  test.each<[RunState]>([
    [{ kind: 'queued', position: 1, trouble: null }],
    [{ kind: 'running', trouble: null }],
    [{ kind: 'fetching', trouble: null }],
  ])('%o is followed to its end, and not submitted again', async (state) => {
    const { fal, requestId, on } = await begin(['hold:running']);
    await on.history.putRun(aRun(1, { state, requestId }));
    if (state.kind === 'fetching') {
      fal.setFaults([]);
      const other = await stage(fal.hosts);
      await other.history.putRun(aRun(2, { state: { kind: 'running', trouble: null }, requestId }));
      await other.service.recover();
      await other.over(2);
    }
    await on.service.recover();
    fal.setFaults([]);
    expect(await on.over(1)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  test('saving goes on with the output that is written down, without asking fal', async () => {
    const { fal, requestId, on } = await begin();
    const before = fal.requests().length;
    const output = { image: { url: `data:image/png;base64,${PNG}` } };
    await on.history.putRun(aRun(1, { state: { kind: 'saving', done: 0, total: 1 }, requestId, output }));
    await on.service.recover();
    expect(await on.over(1)).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'stored', contentType: 'image/png' }],
    });
    expect(fal.requests()).toHaveLength(before);
  });

  test('a wish to cancel is asked', async () => {
    const { requestId, on } = await begin(['hold:running']);
    await on.history.putRun(aRun(1, { state: { kind: 'cancelling' }, requestId }));
    await on.service.recover();
    expect((await on.over(1)).state.kind).toBe('cancelled');
  });

  test.each<[RunState]>([[{ kind: 'running', trouble: null }], [{ kind: 'fetching', trouble: null }]])(
    '%o that fal does not know any more is lost',
    async (state) => {
      const { on } = await begin();
      await on.history.putRun(aRun(1, { state, requestId: 'of-last-week' }));
      await on.service.recover();
      expect((await on.over(1)).state).toMatchObject({
        kind: 'lost',
        error: { kind: 'lost', requestId: 'of-last-week' },
      });
    },
  );

  test('what is over stays as it is', async () => {
    const { on } = await begin();
    for (const [i, state] of everyState.entries())
      if (isOver(state) && state.kind !== 'unconfirmed') await on.history.putRun(aRun(i + 1, { state }));
    const before = await on.history.page({ before: null, limit: 50, endpointId: null });
    await on.service.recover();
    expect(await on.history.page({ before: null, limit: 50, endpointId: null })).toEqual(before);
    expect(on.told).toEqual([]);
  });

  test('a profile that is away leaves its runs for the next start, and those of others go on', async () => {
    const { fal, requestId } = await begin();
    const on = await stage(fal.hosts, {
      connection: (profile) =>
        Promise.resolve(
          profile === 'away'
            ? fail(appError('network', 'Away'))
            : { ok: true, value: connectionTo(fal.hosts) },
        ),
    });
    const state = { kind: 'running', trouble: null } as const;
    await on.history.putRun(aRun(1, { state, requestId: 'r', profileId: 'away' }));
    await on.history.putRun(aRun(2, { state, requestId }));
    await on.service.recover();
    await on.over(2);
    const away = { kind: 'running', trouble: { title: 'Away' } };
    expect(await on.history.run(1)).toMatchObject({ state: away });
    expect(on.told.find(({ run }) => run.id === 1)).toMatchObject({ run: { state: away } });
  });

  test('a result that is known is copied though its key was removed', async () => {
    const { fal } = await begin();
    const removed = fail(appError('input', 'The key of this run was removed'));
    const on = await stage(fal.hosts, { connection: () => Promise.resolve(removed) });
    const output = { image: { url: `data:image/png;base64,${PNG}` } };
    await on.history.putRun(
      aRun(1, { state: { kind: 'saving', done: 0, total: 1 }, requestId: 'r', output }),
    );
    await on.service.recover();
    expect(await on.over(1)).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'stored', contentType: 'image/png' }],
    });
  });

  test('a run whose profile is back is followed without a restart', async () => {
    const { fal, requestId } = await begin();
    const removed = appError('input', 'The key of this run was removed');
    const net: { connection: Result<FalConnection, AppError> } = { connection: fail(removed) };
    const on = await stage(fal.hosts, { connection: () => Promise.resolve(net.connection) });
    await on.history.putRun(aRun(1, { state: { kind: 'cancelling' }, requestId }));
    await on.history.putRun(aRun(2, { state: { kind: 'queued', position: 3, trouble: null }, requestId }));
    await on.service.recover();
    for (const id of [1, 2])
      expect((await on.history.run(id))?.state).toMatchObject({ trouble: { title: removed.title } });
    net.connection = ok(connectionTo(fal.hosts));
    await Promise.all([on.service.recheck(), on.service.recheck()]);
    expect((await on.over(1)).state.kind).toBe('succeeded');
    expect((await on.over(2)).state.kind).toBe('succeeded');
    expect(on.story(2).filter((kind) => kind === 'fetching')).toHaveLength(1);
  });

  test('a run that the window started before has its one line', async () => {
    const fal = await startFal({ faults: ['hold:submit'], extraModels: [model('acme/bird')] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.service.recover();
    fal.setFaults([]);
    expect((await on.over(id)).state.kind).toBe('succeeded');
    expect(on.story(id)).not.toContain('confirming');
  });

  test('log lines that are kept already are not kept twice', async () => {
    const { fal, requestId, on } = await begin();
    const state = { kind: 'running', trouble: null } as const;
    await on.history.putRun(aRun(1, { state, requestId }));
    await on.service.recover();
    await on.over(1);
    const kept = await on.history.logs(1);
    expect(kept.map((entry) => entry.message)).toEqual(['one', 'two']);
    const again = await stage(fal.hosts);
    await again.history.putRun(aRun(1, { state, requestId }));
    await again.history.addLogs(1, kept.slice(0, 1));
    await again.service.recover();
    await again.over(1);
    expect(await again.history.logs(1)).toEqual(kept);
    expect(again.lines).toEqual(['two']);
  });
});

test('closing leaves each run as it is written, and the next start takes it up', async () => {
  const fal = await startFal({
    faults: ['hold:running'],
    extraModels: [model('acme/bird', () => ({ ok: true }))],
  });
  const dir = await tempDir();
  const first = await stage(fal.hosts, { dir });
  const { id } = value(await first.service.start('acme/bird', {}));
  await first.until(id, (run) => run.state.kind === 'running');
  first.service.close();
  expect(await first.history.run(id)).toMatchObject({ state: { kind: 'running' } });
  await first.history.close();

  const second = await stage(fal.hosts, { dir });
  await second.service.recover();
  fal.setFaults([]);
  expect(await second.over(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
  expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  expect(fal.requests().some((request) => request.method === 'PUT')).toBe(false);
  expect([...first.notices, ...second.notices]).toEqual([]);
});

test('closing lets go of fal at once', async () => {
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const server = await serve((response, { method }) => {
    if (method === 'POST') return json(response, 200, { request_id: 'r-1' });
    response.once('close', resolve);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"status":"IN_PROGRESS"}\n\n');
  });
  const on = await stage(server.hosts);
  const { id } = value(await on.service.start('acme/bird', {}));
  await on.until(id, (run) => run.state.kind === 'running');
  on.service.close();
  await letGo;
  expect(await on.history.run(id)).toMatchObject({ state: { kind: 'running' } });
});

test.each<[RunState]>([[{ kind: 'uploading', done: 0, total: 1 }], [{ kind: 'saving', done: 0, total: 0 }]])(
  'the row of a run that ends without a line, from %o, is let go of',
  async (state) => {
    const { fal, on } = await begin();
    const away = await stage(fal.hosts, {
      dir: on.dir,
      connection: () => Promise.resolve(fail(appError('input', 'This profile is gone'))),
    });
    const [watch, unwatch] = [
      vi.spyOn(RowWriter.prototype, 'watch'),
      vi.spyOn(RowWriter.prototype, 'unwatch'),
    ];
    onTestFinished(() => {
      watch.mockRestore();
      unwatch.mockRestore();
    });
    await on.history.putRun(aRun(1, { state }));
    await away.service.recover();
    await away.over(1);
    expect(watch).toHaveBeenCalledTimes(1);
    expect(unwatch.mock.calls).toEqual([[1]]);
  },
);
