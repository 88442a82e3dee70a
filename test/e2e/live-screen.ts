import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Playground } from './playground.ts';

/** What of the picture in sight can be told from outside. */
interface Shown {
  /** Of the session's frames, as the canvas says. */
  readonly frame: number;
  readonly mark: number;
  /** Which of the ring's frames it is, read from its pixels (test/local-fal/ring-frames.ts). */
  readonly ring: number;
}

/** The Realtime screen as a person uses it. */
export class LiveScreen extends Playground {
  readonly stage: Locator;
  readonly canvas: Locator;

  constructor(page: Page) {
    super(page);
    this.stage = page.getByRole('region', { name: 'Live picture' });
    this.canvas = page.getByRole('img', { name: 'Live picture' });
  }

  get state(): Locator {
    return this.stage.getByRole('status').first();
  }

  get startButton(): Locator {
    return this.request.getByRole('button', { name: /^(Start|Send again)/ });
  }

  slider(name: string): Locator {
    return this.request.getByRole('slider', { name });
  }

  async open(endpointId: string): Promise<void> {
    await this.go('Realtime');
    await this.pickModel(endpointId, endpointId);
  }

  /** Drags a slider's thumb from one end of `share` to the other, in single moves of the pointer. */
  async drag(name: string, share: readonly [from: number, to: number], moves: number): Promise<void> {
    const box = await this.slider(name)
      .locator('xpath=ancestor::*[@data-index or @data-orientation][2]')
      .boundingBox();
    if (box === null) throw new Error(`The slider ${name} is not in sight.`);
    const at = (part: number): [number, number] => [
      box.x + box.width * (share[0] + (share[1] - share[0]) * part),
      box.y + box.height / 2,
    ];
    await this.page.mouse.move(...at(0));
    await this.page.mouse.down();
    for (let move = 1; move <= moves; move += 1) await this.page.mouse.move(...at(move / moves));
    await this.page.mouse.up();
  }

  shown(): Promise<Shown> {
    return this.canvas.evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const row = element.getContext('2d')?.getImageData(0, 16, 256, 1).data ?? [];
      let ring = 0;
      for (let bit = 0; bit < 8; bit += 1)
        ring = ring * 2 + ((row[(bit * 32 + 16) * 4 + 1] ?? 0) > 127 ? 1 : 0);
      return { frame: Number(element.dataset['frame']), mark: Number(element.dataset['mark']), ring };
    });
  }

  /** Waits until the picture is the ring's frame of this number. */
  async shows(ring: number): Promise<void> {
    await expect.poll(async () => (await this.shown()).ring).toBe(ring);
  }

  /** A number of the instruments, by its name. */
  async instrument(name: string): Promise<number> {
    const row = this.stage.getByLabel('Instruments').locator('div').filter({ hasText: name });
    return Number.parseInt((await row.locator('[data-value]').textContent()) ?? '', 10);
  }
}
