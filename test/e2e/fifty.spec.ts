import { LONG } from '../../playwright.config.ts';
import { expect, test } from './app.ts';
import { quickModels, RUNS, startAll, statesOf } from './fifty.ts';
import { JobsTray } from './jobs-tray.ts';

/** What a fate of the server's leads to, once fal was asked again for those whose answer was lost. */
const END = {
  none: 'succeeded',
  'answer-lost': 'succeeded',
  'runner-fails': 'failed',
  'back-to-queue': 'succeeded',
  'stream-cut': 'succeeded',
  'no-stream': 'succeeded',
  'result-502': 'succeeded',
} as const;

// `electron/runs/many-runs.test.ts` shows the same of main alone, in `npm test`.
test(
  'fifty runs at once with faults by chance all end as they should, and each was sent once',
  { tag: LONG },
  async ({ launch, startFal }) => {
    test.setTimeout(240_000);
    const { models, seen } = quickModels();
    const fal = await startFal({ pace: 0, extraModels: models, faults: ['chance:20260', 'hold:running'] });
    const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
    const tray = new JobsTray(page);
    await tray.toggle();
    await tray.most.fill(String(RUNS));
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => window.playground.commands['runs.most'](null)))
      .toEqual({ ok: true, value: RUNS });
    expect(await startAll(page)).toBe(RUNS);
    // All at fal at the same moment: none of them is done before the last has been taken.
    await expect.poll(() => fal.fates().size, { timeout: 60_000 }).toBe(RUNS);
    fal.setFaults(['chance:20260']);
    await expect(tray.part('Under way')).toBeHidden({ timeout: 180_000 });
    await expect(tray.mark).toHaveText('Jobs: Jobs');

    // Sent beside others that were not answered yet, it was not certain which was whose; now it is.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const fates = fal.fates();
    const right = [...fates].map(([requestId, fate]) => ({ requestId, state: END[fate] }));
    const byId = (
      a: { readonly requestId: string | null },
      b: { readonly requestId: string | null },
    ): number => (a.requestId ?? '').localeCompare(b.requestId ?? '');
    await expect
      .poll(() => statesOf(page).then((states) => states.toSorted(byId)))
      .toEqual(right.toSorted(byId));

    expect(fates.size, 'requests that fal took').toBe(RUNS);
    const failed = [...fates.values()].filter((fate) => fate === 'runner-fails').length;
    expect(new Set(seen().map((input) => JSON.stringify(input))).size).toBe(RUNS - failed);
    expect(seen()).toHaveLength(RUNS - failed);
  },
);
