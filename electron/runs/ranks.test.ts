import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRun } from '../history/history.fixture.ts';
import { inOrder, isWaiting, lastRank, moved } from './ranks.ts';
import type { WaitingRun } from './ranks.ts';

const waiting = (id: number, rank: number): WaitingRun => {
  const run = aRun(id, { state: { kind: 'waiting', rank, held: false } });
  if (!isWaiting(run)) throw new Error('not waiting');
  return run;
};
const three = [waiting(1, 1), waiting(2, 2), waiting(3, 3)];

function after(runs: readonly WaitingRun[], id: number, before: number | null): WaitingRun[] {
  const changed = moved(runs, id, before);
  return inOrder(runs.map((run) => changed.find((one) => one.id === run.id) ?? run));
}
const ids = (runs: readonly WaitingRun[]): number[] => runs.map(({ id }) => id);

test.each([
  [3, 1, [3, 1, 2]],
  [3, 2, [1, 3, 2]],
  [1, 3, [2, 1, 3]],
  [1, null, [2, 3, 1]],
  [2, 2, [1, 2, 3]],
  // Sent a moment ago.
  [3, 99, [3, 1, 2]],
  [99, 1, [1, 2, 3]],
] as const)('%i before %s: %o', (id, before, expected) => {
  expect(ids(after(three, id, before))).toEqual(expected);
});

test('one row changes where one is moved', () => {
  expect(ids(moved(three, 3, 2))).toEqual([3]);
  expect(moved(three, 3, null)).toEqual([]);
});

test('whatever is moved wherever, it comes to stand there and the others keep their order', () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.integer({ min: 1, max: 5 })));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let runs = [1, 2, 3, 4, 5].map((id) => waiting(id, id));
      let model = ids(runs);
      for (const [id, before] of steps) {
        runs = after(runs, id, before);
        if (id !== before) {
          const others = model.filter((one) => one !== id);
          const place = before === null ? others.length : others.indexOf(before);
          model = others.toSpliced(place, 0, id);
        }
        expect(ids(runs)).toEqual(model);
      }
    }),
    { numRuns: 50 },
  );
});

test('a place halved until there is no number left is counted anew', () => {
  let runs: WaitingRun[] = [...three];
  for (let n = 0; n < 200; n += 1) runs = after(runs, ids(runs)[2] ?? 0, ids(runs)[1] ?? 0);
  expect(ids(runs)).toEqual([1, 2, 3]);
  expect(lastRank(runs)).toBeLessThanOrEqual(5);
});
