import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import * as z from 'zod';
import { readFrameNumber } from '../local-fal/ring-frames.ts';
import { RING_ID } from '../local-fal/ring.ts';
import { openBuiltApp, openLive } from './built-app.ts';
import type { BuiltApp } from './built-app.ts';
import { Meter } from './meter.ts';
import type { Glance } from './meter.ts';
import { servePages } from './page-server.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import type { RingServer } from './server.ts';
import { inTurns, median, quantile, rounded } from './statistics.ts';
import { tokenFrom } from './token.ts';

const ROUNDS = 12;
const KEYS = 25;
/** Before the first that counts: connections, and the compilers. */
const WARM_UP = 40;
/** The part of a frame that says its number. */
const NUMBER = { width: 256, height: 32 };
const DRAWN_GOAL = 16;
const SHOWN_GOAL = 33;

/**
 * From a key on a slider to the picture it asks for: in the app's window, in a page with fal's own client, and in a page with
 * as little as can be, all in one Chromium. What the server says it took is taken off.
 */
export const liveFrame: Bench = {
  name: 'live-frame',
  run: async (say) => {
    const server = await startRingServer();
    const pages = await servePages();
    const built = await openBuiltApp(server.url);
    try {
      await openLive(built.ui, RING_ID);
      const official = await openPage(built, `${pages.url}/official.html`, server);
      const bare = await openPage(built, `${pages.url}/bare.html`, server);
      const sliders = {
        ours: await sliderOn(built.page),
        official: await sliderOn(official),
        limit: await sliderOn(bare),
      };
      const taken = await inTurns(ROUNDS, sliders, (round) =>
        say(`live-frame on ${built.on}: round ${round + 1} of ${ROUNDS}`),
      );
      const server50 = median(
        z.array(z.number()).parse(await bare.evaluate((): unknown => Reflect.get(window, 'serverTimes'))),
      );
      const row = (name: string, goal: number, part: keyof Glance) => {
        const p95 = (glances: readonly Glance[]): number =>
          quantile(
            glances.map((glance) => glance[part]),
            0.95,
          ) - server50;
        const ours = p95(taken.ours);
        return {
          name,
          unit: 'ms p95',
          ours: rounded(ours),
          official: rounded(p95(taken.official)),
          limit: rounded(p95(taken.limit)),
          goal: `<= ${goal}`,
          met: ours <= goal,
        };
      };
      return [row('live-frame', DRAWN_GOAL, 'drawn'), row('live-frame-shown', SHOWN_GOAL, 'shown')];
    } finally {
      await built.close();
      await pages.close();
      await server.close();
    }
  },
};

/** In a window of the same program, so in the same browser. */
async function openPage({ app }: BuiltApp, url: string, { hosts }: RingServer): Promise<Page> {
  const query = new URLSearchParams({
    ws: `${hosts.ws}/${RING_ID}`,
    base: hosts.ws,
    endpoint: RING_ID,
    token: await tokenFrom(hosts, RING_ID),
  });
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, address) => {
    const [own] = BrowserWindow.getAllWindows();
    return new BrowserWindow(own?.getBounds() ?? {}).loadURL(address);
  }, `${url}?${query.toString()}`);
  return opened;
}

/** One round on a page: so many keys, each when the picture of the one before is there. */
async function sliderOn(page: Page): Promise<() => Promise<readonly Glance[]>> {
  const slider = page.getByRole('slider', { name: 'Value' });
  await slider.focus();
  const meter = await Meter.on(page);
  let value = 0;
  const press = (): Promise<Glance> => {
    value += 1;
    return meter.press(Math.floor(value / 250) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
  };
  for (let i = 0; i < WARM_UP; i += 1) await press();
  return async () => {
    const glances: Glance[] = [];
    for (let i = 0; i < KEYS; i += 1) glances.push(await press());
    // Not some picture: the one that was asked for.
    expect(await ringNumber(page)).toBe(Number(await slider.inputValue()));
    return glances;
  };
}

/** Which of the ring's frames is on the page's canvas. */
async function ringNumber(page: Page): Promise<number> {
  const pixels = await page.evaluate((wanted) => {
    const context = document.querySelector('canvas')?.getContext('2d');
    return [...(context?.getImageData(0, 0, wanted.width, wanted.height).data ?? [])];
  }, NUMBER);
  return readFrameNumber({ ...NUMBER, data: Uint8Array.from(pixels) });
}
