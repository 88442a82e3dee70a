import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import * as z from 'zod';
import { CLOCK_ID } from '../local-fal/clock.ts';
import { openBuiltApp } from './built-app.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import { startRun } from './start-run.ts';
import { rounded } from './statistics.ts';

/** A thousand lines a second, as a runner writes them: a few at a time. */
const INPUT = { events: 500, gap: 10, lines: 10 };
/** Milliseconds; what takes longer is a long task. */
const GOAL = 50;

/** The longest piece of work in the window while a log of a thousand lines a second is followed. */
export const logLines: Bench = {
  name: 'log-lines',
  run: async (say) => {
    const server = await startRingServer();
    const built = await openBuiltApp(server.url);
    const { page, ui } = built;
    try {
      await ui.pickModel(CLOCK_ID, CLOCK_ID);
      const follow = async (events: number): Promise<void> => {
        await startRun(page, { endpointId: CLOCK_ID, method: 'queue', input: { ...INPUT, events } });
        await ui.tab('Logs');
        const last = ui.result.getByRole('log').getByText(`step ${events - 1}, line ${INPUT.lines - 1} of`);
        await expect(last).toBeVisible({ timeout: 60_000 });
        await expect(ui.status).toHaveText(/^Done in/);
      };
      // The first is the compiler's.
      await follow(50);
      say(`log-lines on ${built.on}: ${INPUT.events * INPUT.lines} lines`);
      const ours = await longestTask(page, () => follow(INPUT.events));
      return [
        {
          name: 'log-lines',
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
      await server.close();
    }
  },
};

const traceSchema = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      tid: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** Milliseconds, as the browser's own trace has it: of all tasks on the thread that runs the page. */
async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: z.infer<typeof traceSchema>['value'] = [];
  session.on('Tracing.dataCollected', (data) => events.push(...traceSchema.parse(data).value));
  const over = new Promise<void>((resolve) => {
    session.on('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.start', { categories: 'toplevel,disabled-by-default-devtools.timeline' });
  await work();
  await session.send('Tracing.end');
  await over;
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ tid }) => tid),
  );
  const tasks = events.filter(({ name, tid }) => name.endsWith('RunTask') && main.has(tid));
  if (tasks.length === 0) throw new Error('The trace holds no tasks of the page');
  // By the thread's own clock where the trace has it: what others do on the machine meanwhile is not ours.
  return Math.max(...tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000));
}
