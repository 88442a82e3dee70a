import { readdirSync, readFileSync } from 'node:fs';
import type { CDPSession, ElectronApplication, Page } from '@playwright/test';
import * as z from 'zod';

/** What there is at one moment, garbage collected beforehand. Bytes. */
export interface Memory {
  readonly main: {
    readonly rss: number;
    readonly heap: number;
    /** Buffers and what else lies outside the heap. */
    readonly external: number;
    /** What keeps main alive, by kind: sockets, timers, workers. */
    readonly resources: Readonly<Record<string, number>>;
  };
  readonly page: {
    readonly heap: number;
    readonly listeners: number;
    readonly nodes: number;
    readonly ports: number;
    /** Made since the probe was set, and of those not closed yet. */
    readonly bitmapsMade: number;
    readonly bitmapsOpen: number;
  };
  /** Resident memory of all processes that main has started, the browser's; null where it cannot be read. */
  readonly children: number | null;
}

const mainSchema = z.object({
  pid: z.int(),
  rss: z.number(),
  heap: z.number(),
  external: z.number(),
  resources: z.array(z.string()),
});
const bitmapsSchema = z.object({ made: z.int(), closed: z.int() });

/** Looks into a running app from outside; nothing in the app knows of it. */
export class MemoryProbe {
  readonly #app: ElectronApplication;
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(app: ElectronApplication, page: Page, cdp: CDPSession) {
    this.#app = app;
    this.#page = page;
    this.#cdp = cdp;
  }

  static async on(app: ElectronApplication, page: Page): Promise<MemoryProbe> {
    await page.evaluate(countBitmaps);
    return new MemoryProbe(app, page, await page.context().newCDPSession(page));
  }

  /** The page gets only one part in `times` of the processor's time. */
  async slowPage(times: number): Promise<void> {
    await this.#cdp.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  async look(): Promise<Memory> {
    const { pid, resources, ...main } = mainSchema.parse(await this.#app.evaluate(lookInMain));
    await this.#cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#cdp.send('Runtime.getHeapUsage');
    const { jsEventListeners, nodes } = await this.#cdp.send('Memory.getDOMCounters');
    const bitmaps = bitmapsSchema.parse(
      await this.#page.evaluate(() => {
        const counts: unknown = Reflect.get(window, '__bitmaps');
        return counts;
      }),
    );
    return {
      main: { ...main, resources: counted(resources) },
      page: {
        heap: usedSize,
        listeners: jsEventListeners,
        nodes,
        ports: await this.#countObjects('MessagePort'),
        bitmapsMade: bitmaps.made,
        bitmapsOpen: bitmaps.made - bitmaps.closed,
      },
      children: residentBelow(pid),
    };
  }

  /** Those of a class that are still held by something. */
  async #countObjects(className: string): Promise<number> {
    const group = { objectGroup: 'probe' };
    const prototype = await this.#cdp.send('Runtime.evaluate', {
      expression: `${className}.prototype`,
      ...group,
    });
    const prototypeObjectId = z.string().parse(prototype.result.objectId);
    const { objects } = await this.#cdp.send('Runtime.queryObjects', { prototypeObjectId, ...group });
    const length = await this.#cdp.send('Runtime.callFunctionOn', {
      objectId: z.string().parse(objects.objectId),
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    await this.#cdp.send('Runtime.releaseObjectGroup', group);
    return z.int().parse(length.result.value);
  }
}

/** Runs in main. */
function lookInMain() {
  const v8 = process.getBuiltinModule('node:v8');
  const vm = process.getBuiltinModule('node:vm');
  v8.setFlagsFromString('--expose-gc');
  const gc: unknown = Reflect.get(globalThis, '__gc') ?? vm.runInNewContext('gc');
  Reflect.set(globalThis, '__gc', gc);
  if (typeof gc !== 'function') throw new Error('no gc');
  gc();
  // Buffers are given back beside a collection; the next one waits for that.
  gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { pid: process.pid, rss, heap: heapUsed, external, resources: process.getActiveResourcesInfo() };
}

/** Runs in the page. A bitmap that is dropped and not closed would only show once the browser's memory is short. */
function countBitmaps(): void {
  const counts = { made: 0, closed: 0 };
  Reflect.set(window, '__bitmaps', counts);
  const make: unknown = Reflect.get(window, 'createImageBitmap');
  const close: unknown = Reflect.get(ImageBitmap.prototype, 'close');
  if (typeof make !== 'function' || typeof close !== 'function') throw new Error('no bitmaps');
  Reflect.set(window, 'createImageBitmap', async (...args: unknown[]) => {
    const bitmap: unknown = await Reflect.apply(make, window, args);
    counts.made += 1;
    return bitmap;
  });
  Reflect.set(ImageBitmap.prototype, 'close', function (this: ImageBitmap) {
    if (this.width > 0) counts.closed += 1;
    Reflect.apply(close, this, []);
  });
}

/** How often each word stands in the list. */
export const counted = (words: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(words)].toSorted().map((word) => [word, words.filter((other) => other === word).length]),
  );

/** Pages shared between processes count for each of them: only whether it grows means anything. */
function residentBelow(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const parents = new Map<number, { readonly parent: number; readonly rss: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const number = (key: string): number =>
        Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      parents.set(Number(name), { parent: number('PPid'), rss: number('VmRSS') * 1024 });
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)?.parent ?? 0;
    return parent === pid || (parent > 1 && isBelow(parent));
  };
  return [...parents].reduce((sum, [one, { rss }]) => (isBelow(one) ? sum + rss : sum), 0);
}
