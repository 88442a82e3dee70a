import { expect, test } from 'vitest';
import type { Run, RunState } from '../../shared/runs/run.ts';
import { JobIndex, NO_JOBS } from './job-lists.ts';
import { aRun } from './run.fixture.ts';

const waits = (rank: number, held = false): RunState => ({ kind: 'waiting', rank, held });
const runs: RunState = { kind: 'running', trouble: null };
const queued: RunState = { kind: 'queued', position: 1, trouble: null };
const done: RunState = { kind: 'succeeded' };

const run = (id: number, state: RunState): Run => aRun(id, { state });

/** The lists after each of these was heard of. */
function after(...heard: readonly (readonly [id: number, state: RunState])[]) {
  const index = new JobIndex();
  for (const [id, state] of heard) index.hear(run(id, state));
  return index.lists;
}

test('those that wait stand in the order of their ranks, whenever they were heard of', () => {
  expect(after([1, waits(3)], [2, waits(1)], [3, waits(2)]).waiting).toEqual([2, 3, 1]);
  expect(after([1, waits(1)], [2, waits(2)], [1, waits(2.5)]).waiting).toEqual([2, 1]);
});

test('what was waiting at the last stop stands apart until it is released', () => {
  expect(after([1, waits(1, true)], [2, waits(2)])).toMatchObject({ held: [1], waiting: [2] });
  expect(after([1, waits(1, true)], [2, waits(2)], [1, waits(1)])).toMatchObject({
    held: [],
    waiting: [1, 2],
  });
});

test('a run goes from waiting over under way to ended', () => {
  const index = new JobIndex();
  index.hear(run(1, waits(1)));
  expect(index.hear(run(1, { kind: 'submitting' }))).toEqual({ ...NO_JOBS, going: [1] });
  expect(index.hear(run(1, done))).toEqual({ ...NO_JOBS, ended: [1] });
});

test('what was over when it was first heard of did not just end', () => {
  expect(after([1, done])).toEqual(NO_JOBS);
});

test('a change that moves nothing gives the very same lists', () => {
  const index = new JobIndex();
  const lists = index.hear(run(1, queued));
  expect(index.hear(run(1, runs))).toBe(lists);
  expect(index.hear(run(2, waits(1))).going).toBe(lists.going);
});

test('a run that is taken up again leaves those that ended, and comes back to them', () => {
  expect(after([1, runs], [1, done], [1, { kind: 'saving', done: 0, total: 1 }])).toEqual({
    ...NO_JOBS,
    going: [1],
  });
  expect(after([1, runs], [2, runs], [1, done], [2, done], [1, runs], [1, done]).ended).toEqual([1, 2]);
});

test('only the newest of those that ended are kept', () => {
  const ids = Array.from({ length: 12 }, (_, i) => i + 1);
  const lists = after(...ids.map((id) => [id, runs] as const), ...ids.map((id) => [id, done] as const));
  expect(lists).toEqual({ ...NO_JOBS, ended: [12, 11, 10, 9, 8, 7, 6, 5] });
});
