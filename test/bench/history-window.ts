import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import { PageWork } from './page-work.ts';
import type { Row } from './row.ts';
import { quantile, rounded } from './statistics.ts';

/** Frames of a scroll from the top. */
const FRAMES = 400;
/** Pixels a frame: a wheel turned fast. */
const STEP = 240;
const SCROLL_GOAL = 8;
const FIND_GOAL = 100;
/** Each is in a handful of prompts among thousands. */
const RARE = [
  'ornithopter',
  'samovar',
  'quetzal',
  'aurochs',
  'theremin',
  'orrery',
  'zeppelin',
  'ammonite',
  'pangolin',
];

/** The history that lies in `dir`, in the window of the app: what a frame of a scroll takes, and a key to what it finds. */
export async function inHistoryWindow(dir: string, say: (line: string) => void): Promise<readonly Row[]> {
  const fal = await startTestFal({ pace: 0 });
  const built = await openBuiltApp(fal.url, dir);
  try {
    const { page, ui } = built;
    await ui.go('History');
    await expect(page.locator('[data-tile]').first()).toBeVisible({ timeout: 60_000 });
    const frames = await scrolled(page);
    say(`history on ${built.on}: ${frames.length} frames`);
    const found = await searched(page);
    const p99 = quantile(frames, 0.99);
    const p95 = quantile(found, 0.95);
    const rest = { official: null, limit: null };
    return [
      {
        ...rest,
        name: 'history-scroll',
        unit: 'ms a frame p99',
        ours: rounded(p99),
        goal: `<= ${SCROLL_GOAL}`,
        met: p99 <= SCROLL_GOAL,
      },
      {
        ...rest,
        name: 'history-key-to-cards',
        unit: 'ms p95',
        ours: rounded(p95),
        goal: `<= ${FIND_GOAL}`,
        met: p95 <= FIND_GOAL,
      },
    ];
  } finally {
    await built.close();
    await fal.close();
  }
}

/** Milliseconds of script, style and layout for each frame. */
async function scrolled(page: Page): Promise<readonly number[]> {
  const work = await PageWork.of(page);
  // Looked for once: finding it by its role in a page full of tiles takes longer than a frame of the scroll.
  const scroller = await page.getByRole('grid', { name: 'Results' }).locator('> div').last().elementHandle();
  if (scroller === null) throw new Error('There is no list.');
  const times: number[] = [];
  for (let frame = 0; frame < FRAMES; frame += 1)
    times.push(await work.during(() => scroller.evaluate((box, by) => box.scrollBy(0, by), STEP)));
  return times;
}

/** Milliseconds from a change of the search box to the first frame in which what it finds is there with its card. */
async function searched(page: Page): Promise<readonly number[]> {
  const box = page.getByRole('combobox', { name: 'Search the history' });
  const times: number[] = [];
  for (const word of RARE) {
    await box.fill('');
    await expect(page.locator('[data-tile]').nth(12)).toBeVisible();
    const seen = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const first = (): Element | null => document.querySelector('[data-tile]');
          const before = first()?.getAttribute('data-tile');
          const look = (began: number): void => {
            const tile = first();
            const there = tile !== null && tile.getAttribute('data-tile') !== before;
            if (there && tile.getAttribute('aria-label') !== 'Not read yet')
              resolve(performance.now() - began);
            else requestAnimationFrame(() => look(began));
          };
          window.addEventListener('input', () => look(performance.now()), { once: true, capture: true });
        }),
    );
    await box.fill(word);
    times.push(await seen);
  }
  return times;
}
