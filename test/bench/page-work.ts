import type { CDPSession, Page } from '@playwright/test';
import * as z from 'zod';

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });
const WORK = new Set(['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);

/** What a page does for a key: script, style and layout, seen from outside and the same way whatever the page is. */
export class PageWork {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<PageWork> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new PageWork(page, session);
  }

  /** Milliseconds of work for one key, pressed where the focus is. */
  press(key: string): Promise<number> {
    return this.during(() => this.#page.keyboard.press(key === ' ' ? 'Space' : key));
  }

  /** Milliseconds of work for what is done to the page, until it has been drawn. */
  async during(act: () => Promise<unknown>): Promise<number> {
    const before = await this.#done();
    await act();
    // Two display frames: in the first the page is drawn, in the second it has been.
    await this.#page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
    );
    return (await this.#done()) - before;
  }

  /** Milliseconds since the page began. */
  async #done(): Promise<number> {
    const { metrics } = metricsSchema.parse(await this.#session.send('Performance.getMetrics'));
    return metrics.reduce((sum, { name, value }) => sum + (WORK.has(name) ? value * 1000 : 0), 0);
  }
}
