import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import * as z from 'zod';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import type { BuiltApp } from './built-app.ts';
import type { Bench } from './row.ts';
import { inTurns, median, rounded } from './statistics.ts';

const MODEL = 'bench/picture';
const WIDTH = 3840;
const HEIGHT = 2160;
const ROUNDS = 8;
/** As long again as a page takes that does nothing but show it. */
const GOAL = 2;

/**
 * A picture of 3840 by 2160 pixels: from the moment the window hears that the run is done to the display frame the picture
 * is in; beside a page of one element that is given the same bytes.
 */
export const largePicture: Bench = {
  name: 'picture',
  run: async (say) => {
    const pixels = encode({ width: WIDTH, height: HEIGHT, data: landscape(), channels: 3 });
    const addresses: string[] = [];
    const fal = await startTestFal({ pace: 0, extraModels: [pictureModel(pixels, addresses)] });
    const built = await openBuiltApp(fal.url);
    try {
      const { ui, page } = built;
      await ui.pickModel(MODEL, MODEL);
      await page.evaluate(watch);
      const bare = await openBare(built);
      const ours = async (): Promise<readonly number[]> => {
        const before = addresses.length;
        await ui.run();
        const taken = await page.evaluate((): unknown => Reflect.get(window, '__seen'));
        await page.evaluate(watch);
        if (addresses.length !== before + 1) throw new Error('The model did not run');
        return [z.number().parse(taken)];
      };
      const limit = async (): Promise<readonly number[]> => {
        const taken: unknown = await bare.evaluate(show, addresses.at(-1) ?? '');
        return [z.number().parse(taken)];
      };
      await ours();
      await limit();
      const taken = await inTurns(ROUNDS, { ours, limit }, (round) =>
        say(`a 4K picture on ${built.on}: ${round + 1} of ${ROUNDS} rounds`),
      );
      const [own, least] = [median(taken.ours), median(taken.limit)];
      return [
        {
          name: 'picture-4k',
          unit: 'ms p50',
          ours: rounded(own),
          official: null,
          limit: rounded(least),
          goal: `<= limit * ${GOAL}`,
          met: own <= least * GOAL,
        },
      ];
    } finally {
      await built.close();
      await fal.close();
    }
  },
};

/** Something in every place, as in a photograph: a picture of one colour is decoded sooner than any real one. */
function landscape(): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  let noise = 1;
  for (let i = 0; i < data.length; i += 1) {
    noise = (noise * 1103515245 + 12345) & 0x7fffffff;
    data[i] = (((i / 3) % WIDTH) >> 4) + ((noise >> 16) & 15);
  }
  return data;
}

/** Gives the same picture as another file each time: what follows a PNG's end is no part of it. */
function pictureModel(pixels: Uint8Array, addresses: string[]): LocalModel {
  const document = makeDocument(MODEL, {
    In: { type: 'object', properties: { prompt: { type: 'string' } } },
    Out: { type: 'object', properties: {} },
  });
  return {
    endpointId: MODEL,
    metadata: {
      display_name: MODEL,
      category: 'text-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(_input, context) {
      await context.pause(1);
      const bytes = withTail(pixels, addresses.length);
      const file = context.store({ bytes, contentType: 'image/png', extension: 'png' });
      addresses.push(file.url);
      yield { kind: 'output', data: { image: { ...file, width: WIDTH, height: HEIGHT } } };
    },
  };
}

function withTail(pixels: Uint8Array, tail: number): Uint8Array {
  const bytes = new Uint8Array(pixels.length + 1);
  bytes.set(pixels);
  bytes[pixels.length] = tail;
  return bytes;
}

/** Runs in the page: `__seen` is settled with the milliseconds from the next run's end to its picture. */
function watch(): void {
  const seen = new Promise<number>((resolve, reject) => {
    const end = window.playground.events['runs.changed'](({ state, media }) => {
      if (state.kind === 'failed') reject(new Error(state.error.title));
      const [file] = media;
      if (state.kind !== 'succeeded' || file?.kind !== 'stored') return;
      end();
      const began = performance.now();
      const look = async (): Promise<void> => {
        const image = document.querySelector<HTMLImageElement>(`img[src$="${file.sha256}"][alt^="Result:"]`);
        if (image === null) return void requestAnimationFrame(() => void look());
        await image.decode();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => {
            port1.close();
            resolve(performance.now() - began);
          });
          port1.start();
          port2.postMessage(null);
        });
      };
      void look();
    });
  });
  Reflect.set(window, '__seen', seen);
}

/** Runs in the bare page. */
async function show(src: string): Promise<number> {
  const began = performance.now();
  const image = document.createElement('img');
  image.src = `${src}?${began}`;
  image.style.width = '100%';
  document.body.replaceChildren(image);
  await image.decode();
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve(performance.now() - began);
      });
      port1.start();
      port2.postMessage(null);
    });
  });
}

/** A window of the same size and program that holds nothing. */
async function openBare({ app }: BuiltApp): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    return new BrowserWindow(own?.getBounds() ?? {}).loadURL(
      'data:text/html,<title>bare</title><body></body>',
    );
  });
  return opened;
}
