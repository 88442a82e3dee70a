import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import * as z from 'zod';
import { CLOCK_ID } from '../local-fal/clock.ts';
import { openBuiltApp } from './built-app.ts';
import type { BuiltApp } from './built-app.ts';
import { inOwnThread } from './own-thread.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import { startRun } from './start-run.ts';
import { inTurns, quantile, rounded } from './statistics.ts';

const ROUNDS = 10;
/** Gaps grow, so that no display frame keeps step with them. */
const INPUT = { events: 30, gap: 20, more: 0.7 };
/** Milliseconds over what a socket reads: two display frames. */
const GOAL = 33;

const worker = new URL('./clock-worker.ts', import.meta.url);

/** From the server's write of a word of a text to the display frame that shows it, beside a bare read of the socket. */
export const tokenToScreen: Bench = {
  name: 'token-to-screen',
  run: async (say) => {
    const server = await startRingServer();
    const built = await openBuiltApp(server.url);
    const limit = inOwnThread(worker, { work: 'stream-bare', hosts: server.hosts, inputs: [INPUT] });
    try {
      const ours = await wordsIn(built);
      for (const measure of [ours, limit.measure]) await measure();
      const taken = await inTurns(ROUNDS, { ours, limit: limit.measure }, (round) =>
        say(`token-to-screen on ${built.on}: ${round + 1} of ${ROUNDS} rounds`),
      );
      const [own, bare] = [quantile(taken.ours, 0.95), quantile(taken.limit, 0.95)];
      return [
        {
          name: 'token-to-screen',
          unit: 'ms p95',
          ours: rounded(own),
          official: null,
          limit: rounded(bare),
          goal: `<= limit + ${GOAL}`,
          met: own <= bare + GOAL,
        },
      ];
    } finally {
      await limit.end();
      await built.close();
      await server.close();
    }
  },
};

async function wordsIn({ page, ui }: BuiltApp): Promise<() => Promise<readonly number[]>> {
  await ui.pickModel(CLOCK_ID, CLOCK_ID);
  await page.evaluate(watch);
  return async () => {
    await startRun(page, { endpointId: CLOCK_ID, method: 'stream', input: INPUT });
    // Words that come within one display frame are drawn together.
    await expect.poll(() => takenOf(page)).toBeGreaterThan(INPUT.events / 6);
    await expect(ui.status).toHaveText(/^Done in/);
    const taken: unknown = await page.evaluate(() => {
      const all: unknown = Reflect.get(window, '__taken');
      Reflect.set(window, '__taken', []);
      return all;
    });
    return z.array(z.number()).parse(taken);
  };
}

const takenOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const taken: unknown = Reflect.get(window, '__taken');
    return Array.isArray(taken) ? taken.length : 0;
  });

/** Runs in the page: milliseconds from the time the last word of the text tells to the end of the display frame it is drawn in. */
function watch(): void {
  Reflect.set(window, '__taken', []);
  let last = '';
  new MutationObserver(() => {
    const text = document.querySelector('[aria-label="Text of the result"] p')?.textContent ?? '';
    const word = text.slice(-13);
    if (word === last || !/^\d{13}$/.test(word)) return;
    last = word;
    requestAnimationFrame(() => {
      // A message that is posted within a display frame comes when the frame has been made.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        const taken: unknown = Reflect.get(window, '__taken');
        if (Array.isArray(taken)) taken.push(Date.now() - Number(word));
      });
      port1.start();
      port2.postMessage(null);
    });
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}
