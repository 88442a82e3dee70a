import { expect, test } from 'vitest';
import { scenarios } from './kill-plan.ts';
import { killRounds } from './kill-rounds.ts';

const SEED = 20_260_101;

// One round of each scenario, and no more: `npm run soak` has the hundreds.
test('rounds of SIGKILL: every run ends as it should, sent once, its file whole', async () => {
  const reports = await killRounds({ rounds: scenarios.length, seed: SEED, level: 'all' });
  expect(
    reports.flatMap(({ round, scenario, faults }) => faults.map((fault) => [round, scenario, fault])),
  ).toEqual([]);
  expect(reports.map(({ scenario }) => scenario)).toEqual(scenarios);
}, 180_000);
