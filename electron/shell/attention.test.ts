import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import { aRun } from '../history/history.fixture.ts';
import { Attention } from './attention.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const running: RunState = { kind: 'running', trouble: null };
const done: RunState = { kind: 'succeeded' };
const failed: RunState = { kind: 'failed', error: appError('model', 'The runner failed') };

/** The runs of each word that was said, and the shares, with someone who is away and wants to know. */
function begin(over: { away?: boolean; wanted?: boolean } = {}) {
  const { away = true, wanted = true } = over;
  const told: RunId[][] = [];
  const shares: (number | null)[] = [];
  const attention = new Attention({
    away: () => away,
    wanted: () => wanted,
    tell: (ended: readonly Run[]) => told.push(ended.map(({ id }) => id)),
    progress: (share) => shares.push(share),
  });
  const hear = (id: RunId, state: RunState): void => attention.hear(aRun(id, { state }));
  return { attention, told, shares, hear };
}

test('a run that ends is told of once', () => {
  const { told, hear } = begin();
  hear(1, running);
  hear(1, done);
  hear(1, done);
  vi.runAllTimers();
  expect(told).toEqual([[1]]);
});

test('runs that end close together are told of in one word', () => {
  const { told, hear } = begin();
  for (const id of [1, 2, 3]) hear(id, running);
  hear(2, failed);
  vi.advanceTimersByTime(1400);
  hear(1, done);
  vi.advanceTimersByTime(1400);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(200);
  hear(3, done);
  vi.runAllTimers();
  expect(told).toEqual([[2, 1], [3]]);
});

test('where they go on ending, the word does not wait for the last of them', () => {
  const { told, hear } = begin();
  for (let id = 1; id <= 20; id += 1) hear(id, running);
  for (let id = 1; id <= 20; id += 1) {
    hear(id, done);
    vi.advanceTimersByTime(1000);
  }
  vi.runAllTimers();
  expect(told.map((ids) => ids.length)).toEqual([8, 8, 4]);
});

test('nobody is told who looks at the window, who came back to it, or who does not want to know', () => {
  const looking = begin({ away: false });
  const unwilling = begin({ wanted: false });
  const returned = begin();
  for (const { hear } of [looking, unwilling, returned]) {
    hear(1, running);
    hear(1, done);
  }
  returned.attention.back();
  vi.runAllTimers();
  expect([looking.told, unwilling.told, returned.told]).toEqual([[], [], []]);
});

test('a cancel is the person’s own, and what was over before is no news', () => {
  const { told, hear } = begin();
  hear(1, running);
  hear(1, { kind: 'cancelled', word: null });
  hear(2, done);
  vi.runAllTimers();
  expect(told).toEqual([]);
});

test('progress is the share of those that ended since nothing was under way', () => {
  const { shares, hear } = begin();
  hear(1, running);
  hear(2, { kind: 'waiting', rank: 1, held: false });
  hear(1, { kind: 'fetching', trouble: null });
  hear(1, done);
  hear(3, running);
  hear(2, failed);
  hear(3, done);
  hear(4, running);
  expect(shares).toEqual([0, 0.5, 1 / 3, 2 / 3, null, 0]);
});

test('what nobody sends unasked is not under way', () => {
  const { shares, hear } = begin();
  hear(1, { kind: 'waiting', rank: 1, held: true });
  expect(shares).toEqual([]);
});
