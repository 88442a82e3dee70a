import { expect, test } from 'vitest';
import { historyKills } from './history-kills.ts';

// Few and small; `npm run soak` has two hundred over a hundred thousand rows.
test('SIGKILL while a history of 5,000 runs is written to: nothing answered is lost, and all of it is found', async () => {
  const rounds = await historyKills({ rounds: 10, rows: 5000, seed: 8, most: 80, wholeEvery: 5 });
  expect(rounds.flatMap(({ round, faults }) => faults.map((fault) => [round, fault]))).toEqual([]);
  expect(rounds).toHaveLength(10);
  // Kills came in the middle of something, or nothing was tried.
  expect(rounds.reduce((sum, { answered }) => sum + answered, 0)).toBeGreaterThan(200);
  expect(rounds.filter(({ begun, answered }) => begun > answered).length).toBeGreaterThan(5);
}, 180_000);
