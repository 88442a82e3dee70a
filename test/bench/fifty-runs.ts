import { expect } from '@playwright/test';
import { quickModels, RUNS, startAll } from '../e2e/fifty.ts';
import { JobsTray } from '../e2e/jobs-tray.ts';
import { startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import { tasksDuring } from './main-thread.ts';
import type { Bench } from './row.ts';
import { rounded } from './statistics.ts';

const ROUNDS = 3;
/** Milliseconds. */
const GOAL = 200;
const PATIENT = { timeout: 120_000 };

/** The longest task of the window while fifty runs with faults by chance go from their start to their end beside the open tray. */
export const fiftyRuns: Bench = {
  name: 'fifty-runs',
  run: async (say) => {
    const fal = await startTestFal({ pace: 0, extraModels: quickModels().models, faults: ['chance:20260'] });
    const built = await openBuiltApp(fal.url);
    try {
      const { page } = built;
      const tray = new JobsTray(page);
      await tray.toggle();
      await tray.most.fill(String(RUNS));
      const longest: number[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        const tasks = await tasksDuring(page, async () => {
          expect(await startAll(page)).toBe(RUNS);
          await expect(tray.part('Under way')).toBeHidden(PATIENT);
        });
        longest.push(Math.max(...tasks));
        say(`fifty-runs on ${built.on}: ${round} of ${ROUNDS} rounds, ${tasks.length} tasks`);
      }
      const ours = Math.max(...longest);
      return [
        {
          name: 'fifty-runs',
          unit: 'ms longest task',
          ours: rounded(ours),
          official: null,
          limit: null,
          goal: `<= ${GOAL}`,
          met: ours <= GOAL,
        },
      ];
    } finally {
      await built.close();
      await fal.close();
    }
  },
};
