import type { Page } from '@playwright/test';
import * as z from 'zod';

/** One key pressed on a slider, in milliseconds from its event. */
export interface Glance {
  /** Until the picture had been drawn. */
  readonly drawn: number;
  /** Until the display frame that shows it had been made. */
  readonly shown: number;
}

const glanceSchema = z.object({ drawn: z.number(), shown: z.number() });

/** Measures a page from outside, the same way whatever the page is; one key at a time. */
export class Meter {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async on(page: Page): Promise<Meter> {
    await page.evaluate(install);
    return new Meter(page);
  }

  /** Presses a key where the focus is, and waits until its picture has been shown. */
  async press(key: string): Promise<Glance> {
    await this.#page.keyboard.press(key);
    return glanceSchema.parse(
      await this.#page.evaluate(() => {
        const glance: unknown = Reflect.get(window, '__glance');
        return glance;
      }),
    );
  }
}

/** Runs in the page. A promise for each key stands ready before the key comes, and resolves when its picture is shown. */
function install(): void {
  let began: number | null = null;
  let resolve: (glance: Glance) => void = () => undefined;
  const ready = (): void => {
    const promise = new Promise<Glance>((done) => {
      resolve = done;
    });
    Reflect.set(window, '__glance', promise);
  };
  ready();
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      began = timeStamp;
      ready();
    },
    true,
  );
  const { prototype } = CanvasRenderingContext2D;
  const draw: unknown = Reflect.get(prototype, 'drawImage');
  if (typeof draw !== 'function') throw new Error('no drawImage');
  Reflect.set(prototype, 'drawImage', function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
    Reflect.apply(draw, this, args);
    if (began === null) return;
    const from = began;
    began = null;
    const drawn = performance.now() - from;
    requestAnimationFrame(() => {
      // A message that is posted within a display frame comes when the frame has been made.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve({ drawn, shown: performance.now() - from });
      });
      port1.start();
      port2.postMessage(null);
    });
  });
}
