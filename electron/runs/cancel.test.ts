import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import { connectionTo, json, model, serve, startFal, value } from '../fal/fal.fixture.ts';
import { aRun } from '../history/history.fixture.ts';
import type { TinyServer } from '../fal/fal.fixture.ts';
import { stage } from './runs.fixture.ts';

const ID = 'r-1';

/** What a scripted queue answers; what is left out is 404, a stream included. */
interface Script {
  readonly submit?: (response: ServerResponse) => void;
  readonly status?: (response: ServerResponse) => void;
  readonly cancel?: (response: ServerResponse) => void;
  readonly result?: (response: ServerResponse) => void;
}

const scripted = (script: Script): Promise<TinyServer> =>
  serve((response, { method, url }) => {
    const answer =
      method === 'POST'
        ? (script.submit ?? ((r: ServerResponse) => json(r, 200, { request_id: ID })))
        : method === 'PUT'
          ? script.cancel
          : url.endsWith('/status?logs=1')
            ? script.status
            : url.endsWith(ID)
              ? script.result
              : undefined;
    if (answer === undefined) json(response, 404, { detail: 'Not Found' });
    else answer(response);
  });

const puts = (server: TinyServer): number => server.seen.filter((request) => request.method === 'PUT').length;

describe('at a real queue', () => {
  test.each([
    ['hold:queued', 'queued', 'OK'],
    ['hold:running', 'running', 'CANCELLATION_REQUESTED'],
  ] as const)('under %s: asked at once, and the run ends as cancelled', async (fault, kind, word) => {
    const fal = await startFal({ faults: [fault], extraModels: [model('acme/bird/x')] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird/x', {}));
    await on.until(id, (run) => run.state.kind === kind && run.requestId !== null);
    expect(await on.service.cancel(id)).toEqual(ok(null));
    const run = await on.over(id);
    expect(run.state).toEqual({ kind: 'cancelled', word });
    expect(run.times.ended).not.toBeNull();
    expect(on.story(id)).toContain('cancelling');
    expect(await on.history.run(id)).toEqual(run);
    expect(fal.requests().filter((request) => request.method === 'PUT')).toMatchObject([
      { path: `/queue/acme/bird/requests/${run.requestId}/cancel`, authorized: true },
    ]);
    expect(on.notices).toEqual([]);
  });

  test('after the end there is nothing to cancel', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', () => ({ ok: true }))] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    const run = await on.over(id);
    await on.service.cancel(id);
    expect(await on.history.run(id)).toEqual(run);
    expect(await on.service.cancel(404)).toEqual(ok(null));
    expect(fal.requests().some((request) => request.method === 'PUT')).toBe(false);
  });
});

describe('while the submit is on its way', () => {
  /** Cancels before the submit is answered, then lets `answer` go. */
  async function cancelEarly(answer: (response: ServerResponse) => void, cancel?: Script['cancel']) {
    let release: () => void = () => undefined;
    let arrived: () => void = () => undefined;
    const here = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await scripted({
      submit: (response) => {
        release = () => answer(response);
        arrived();
      },
      ...(cancel === undefined ? {} : { cancel }),
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await here;
    await on.service.cancel(id);
    expect(on.story(id)).toEqual(['submitting', 'cancelling']);
    release();
    return { on, server, run: await on.over(id) };
  }

  test('the wish waits for the request id and is asked then', async () => {
    const { server, run } = await cancelEarly(
      (response) => json(response, 200, { request_id: ID }),
      (response) => json(response, 200, { status: 'OK' }),
    );
    expect(run).toMatchObject({ state: { kind: 'cancelled', word: 'OK' }, requestId: ID });
    expect(puts(server)).toBe(1);
  });

  test('a submit that was refused needs no cancel', async () => {
    const { server, run } = await cancelEarly((response) => json(response, 422, { detail: 'no' }));
    expect(run.state).toMatchObject({ kind: 'failed', error: { kind: 'validation' } });
    expect(puts(server)).toBe(0);
  });

  test('between two tries of a submit nothing more is sent', async () => {
    const { server, run } = await cancelEarly((response) => {
      response.setHeader('retry-after', '30');
      json(response, 503, { detail: 'busy' });
    });
    expect(run.state).toEqual({ kind: 'cancelled', word: null });
    expect(server.seen.filter((request) => request.method === 'POST')).toHaveLength(1);
    expect(puts(server)).toBe(0);
  });

  test('a submit whose answer was lost stays unconfirmed: it may be running', async () => {
    const { run } = await cancelEarly((response) => response.destroy());
    expect(run.state).toMatchObject({ kind: 'unconfirmed', error: { kind: 'unconfirmed' } });
  });
});

describe('races', () => {
  test('already completed: the result is fetched after all, with all that was logged', async () => {
    let completed = false;
    const logs = [{ message: 'the last line', level: 'INFO', timestamp: 't' }];
    const server = await scripted({
      status: (response) =>
        completed
          ? json(response, 200, { status: 'COMPLETED', logs, metrics: { inference_time: 2 } })
          : json(response, 202, { status: 'IN_PROGRESS' }),
      cancel: (response) => {
        completed = true;
        json(response, 400, { status: 'ALREADY_COMPLETED' });
      },
      result: (response) => json(response, completed ? 200 : 400, { seed: 5 }),
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.until(id, (run) => run.state.kind === 'running');
    await on.service.cancel(id);
    expect(await on.over(id)).toMatchObject({
      state: { kind: 'succeeded' },
      output: { seed: 5 },
      times: { inferenceSeconds: 2 },
    });
    expect(await on.history.logs(id)).toEqual(logs);
  });

  test('an app that does not listen: its result is kept, it is paid for', async () => {
    let asked = false;
    const server = await scripted({
      status: (response) => json(response, 202, { status: asked ? 'COMPLETED' : 'IN_PROGRESS' }),
      cancel: (response) => {
        asked = true;
        json(response, 202, { status: 'CANCELLATION_REQUESTED' });
      },
      result: (response) => json(response, 200, { seed: 5 }),
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.until(id, (run) => run.state.kind === 'running');
    await on.service.cancel(id);
    expect(await on.over(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { seed: 5 } });
    expect(on.story(id)).toEqual(['submitting', 'queued', 'running', 'cancelling', 'fetching', 'succeeded']);
  });

  test('a request that fal does not know any more is cancelled', async () => {
    const server = await scripted({
      status: (response) => json(response, 202, { status: 'IN_QUEUE' }),
      cancel: (response) => json(response, 404, { status: 'NOT_FOUND' }),
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.until(id, (run) => run.state.kind === 'queued');
    await on.service.cancel(id);
    expect((await on.over(id)).state).toEqual({ kind: 'cancelled', word: 'NOT_FOUND' });
  });

  test('asked twice is asked once', async () => {
    const server = await scripted({
      status: (response) => json(response, 202, { status: 'IN_QUEUE' }),
      cancel: (response) => json(response, 200, { status: 'OK' }),
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.until(id, (run) => run.state.kind === 'queued');
    await Promise.all([on.service.cancel(id), on.service.cancel(id)]);
    await on.over(id);
    expect(puts(server)).toBe(1);
    expect(on.told.filter(({ run }) => run.state.kind === 'cancelling')).toHaveLength(1);
  });
});

test('a cancel that does not reach fal leaves the run going, says so, and can be asked again', async () => {
  let refuses = true;
  const server = await scripted({
    status: (response) => json(response, 202, { status: 'IN_PROGRESS' }),
    cancel: (response) => (refuses ? response.writeHead(403).end() : json(response, 200, { status: 'OK' })),
  });
  const on = await stage(server.hosts);
  const { id } = value(await on.service.start('acme/bird', {}));
  await on.until(id, (run) => run.state.kind === 'running');
  await on.service.cancel(id);
  await vi.waitFor(() => expect(on.notices.join()).toContain('The cancel did not reach fal'));
  refuses = false;
  await on.service.cancel(id);
  expect((await on.over(id)).state).toEqual({ kind: 'cancelled', word: 'OK' });
});

test('a cancel of a run whose key is gone says why it could not be asked, and is asked when the key is back', async () => {
  const server = await scripted({
    status: (response) => json(response, 202, { status: 'IN_PROGRESS' }),
    cancel: (response) => json(response, 200, { status: 'OK' }),
  });
  const removed = appError('input', 'The key of this run was removed', { hint: 'Add it again as “work”.' });
  let there = false;
  const on = await stage(server.hosts, {
    connection: () => Promise.resolve(there ? ok(connectionTo(server.hosts)) : fail(removed)),
  });
  await on.history.putRun(aRun(1, { state: { kind: 'running', trouble: null }, requestId: ID }));
  await on.service.recover();
  for (let n = 0; n < 2; n += 1)
    expect(await on.service.cancel(1)).toMatchObject({
      ok: false,
      error: {
        title: 'The cancel could not be sent to fal',
        detail: 'The key of this run was removed.',
        hint: 'Add it again as “work”. The run itself goes on.',
      },
    });
  expect(await on.history.run(1)).toMatchObject({ state: { kind: 'running', trouble: removed } });
  expect(server.seen).toEqual([]);
  there = true;
  expect(await on.service.cancel(1)).toEqual(ok(null));
  expect((await on.over(1)).state).toEqual({ kind: 'cancelled', word: 'OK' });
  expect(puts(server)).toBe(1);
});

test('a cancel while a run is being taken up is not swallowed', async () => {
  const server = await scripted({});
  const net = Promise.withResolvers<ReturnType<typeof connectionTo>>();
  const on = await stage(server.hosts, { connection: async () => ok(await net.promise) });
  await on.history.putRun(aRun(1, { state: { kind: 'submitting' } }));
  const recovered = on.service.recover();
  await on.until(1, ({ state }) => state.kind === 'confirming');
  expect(await on.service.cancel(1)).toMatchObject({
    ok: false,
    error: { detail: 'The run is just being taken up.', hint: 'Cancel it again in a moment.' },
  });
  net.resolve(connectionTo(server.hosts));
  await recovered;
  expect((await on.over(1)).state.kind).toBe('unconfirmed');
});
