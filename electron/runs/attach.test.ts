import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { RunState } from '../../shared/runs/run.ts';
import {
  connectionTo,
  idOf,
  json,
  model,
  never,
  refusal,
  serve,
  startFal,
  value,
} from '../fal/fal.fixture.ts';
import { submit } from '../fal/queue.ts';
import { aRun } from '../history/history.fixture.ts';
import { stage } from './runs.fixture.ts';

const BIRD = 'acme/bird/turbo';
const ALL = { before: null, limit: 50, endpointId: null } as const;

async function elsewhere(faults: readonly string[], run: () => unknown = () => ({ ok: true })) {
  const fal = await startFal({ faults, extraModels: [model(BIRD, run)] });
  const sent = value(await submit(connectionTo(fal.hosts), idOf(BIRD), { seed: 7 }, never()));
  const on = await stage(fal.hosts);
  const posts = () => fal.requests().filter(({ method }) => method === 'POST');
  return { fal, on, requestId: sent.requestId, posts };
}

test('a request that was sent from elsewhere is followed to its end, with the input fal tells', async () => {
  const { fal, on, requestId, posts } = await elsewhere(['hold:running']);
  const run = value(await on.service.attach(BIRD, ` ${requestId}\n`));
  expect(run).toMatchObject({
    origin: 'attached',
    requestId,
    endpointId: BIRD,
    input: { seed: 7 },
    method: 'queue',
  });
  expect(['queued', 'running']).toContain(run.state.kind);
  fal.setFaults([]);
  expect(await on.over(run.id)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
  expect(posts()).toHaveLength(1);
  for (const { run: told, onDisk } of on.told) expect(onDisk).toBe(told.state.kind);
});

test('one that is done is fetched, and one that failed says why', async () => {
  const { on, requestId } = await elsewhere([]);
  const first = value(await on.service.attach(BIRD, requestId));
  expect((await on.over(first.id)).state).toEqual({ kind: 'succeeded' });

  const failed = await elsewhere([], () => {
    throw refusal(422, { detail: 'No such bird' });
  });
  const second = value(await failed.on.service.attach(BIRD, failed.requestId));
  expect((await failed.on.over(second.id)).state).toMatchObject({
    kind: 'failed',
    error: { kind: 'validation', detail: 'No such bird' },
  });
});

test('attached twice at once, or begun here, it is the run that is here', async () => {
  const { on, requestId } = await elsewhere(['hold:running']);
  const [one, other] = await Promise.all([
    on.service.attach(BIRD, requestId),
    on.service.attach(BIRD, requestId),
  ]);
  expect(value(one).id).toBe(value(other).id);
  const own = value(await on.service.start(BIRD, {}));
  const sent = await on.until(own.id, (run) => run.requestId !== null);
  expect(value(await on.service.attach(BIRD, sent.requestId ?? '')).id).toBe(own.id);
  expect((await on.history.page(ALL)).runs).toHaveLength(2);
});

test('one that is over here is shown as it ended', async () => {
  const { on } = await elsewhere([]);
  await on.history.putRun(aRun(1, { state: { kind: 'succeeded' }, requestId: 'r-old' }));
  expect(value(await on.service.attach(BIRD, 'r-old'))).toMatchObject({
    id: 1,
    state: { kind: 'succeeded' },
  });
});

test.each<[string, RunState]>([
  ['the disk would not take', { kind: 'failed', error: appError('storage', 'The output is too large') }],
  ['was lost from sight', { kind: 'lost', error: appError('lost', 'Gone') }],
])('one whose result %s is asked for anew, in a row of its own', async (_name, state) => {
  const { on, requestId, posts } = await elsewhere([]);
  await on.history.putRun(aRun(1, { state, requestId }));
  const run = value(await on.service.attach(BIRD, requestId));
  expect(run.id).not.toBe(1);
  expect(await on.over(run.id)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
  expect((await on.history.run(1))?.state).toEqual(state);
  expect(value(await on.service.attach(BIRD, requestId)).id).toBe(run.id);
  expect(posts()).toHaveLength(1);
});

test.each([
  ['unknown at fal', BIRD, 'of-last-year', 'not_found'],
  ['of no model', 'bird', 'r', 'input'],
])('%s: it says so and leaves no row', async (_name, endpointId, requestId, kind) => {
  const { on, posts } = await elsewhere([]);
  expect(await on.service.attach(endpointId, requestId)).toMatchObject({ ok: false, error: { kind } });
  expect((await on.history.page(ALL)).runs).toEqual([]);
  expect([on.told, posts().length]).toEqual([[], 1]);
});

test('a list that is not given leaves the input empty', async () => {
  const server = await serve((response, { url }) => {
    if (url.includes('/by-endpoint')) return void json(response, 403, { detail: 'admin only' });
    json(response, 200, url.includes('/status') ? { status: 'COMPLETED' } : { ok: true });
  });
  const on = await stage(server.hosts);
  const run = value(await on.service.attach(BIRD, 'r-1'));
  expect(run.input).toEqual({});
  expect((await on.over(run.id)).output).toEqual({ ok: true });
});
