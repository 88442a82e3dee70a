import { encode } from 'jpeg-js';
import type { Canvas } from '../../electron/local-fal/paint/canvas.ts';
import { paintCanvas, STYLES } from '../../electron/local-fal/paint/paint.ts';
import { packPng, SUB_FILTER } from '../../electron/local-fal/paint/png.ts';
import type { Random } from '../soak/random.ts';

const PROMPTS = [
  'misty mountains at dawn over a still lake',
  'desert dunes at noon',
  'forest lake at sunset, birds',
  'a storm over the sea',
  'snowy alps in spring',
  'autumn hills after the rain',
  'aurora over a frozen fjord, starry night',
  'wooded hills in summer',
];

/** Width to height. */
const SHAPES = [4 / 3, 4 / 3, 1, 3 / 4, 16 / 9];

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/** Paintings that pictures are cut from: to paint each would take some milliseconds, to cut one takes a tenth of it. */
export function paintNegatives(count: number, side: number, random: Random): Promise<readonly Canvas[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const prompt = PROMPTS[i % PROMPTS.length] ?? '';
      const style = STYLES[i % STYLES.length] ?? 'natural';
      const seed = random.below(2 ** 31);
      return paintCanvas({ prompt, style, seed, width: side * 2, height: side * 2 }, null);
    }),
  );
}

/** A part of one of them, in a shape, nearness and colour of its own; `side` is that of its longer side in pixels. */
export async function cutPicture(
  negatives: readonly Canvas[],
  side: number,
  random: Random,
): Promise<Picture> {
  const negative = random.pick(negatives);
  const shape = random.pick(SHAPES);
  const width = Math.round(shape >= 1 ? side : side * shape);
  const height = Math.round(shape >= 1 ? side / shape : side);
  const step = 1 + random.next() * Math.min(1, negative.width / side - 1);
  const left = random.next() * (negative.width - width * step);
  const top = random.next() * (negative.height - height * step);
  const mirrored = random.chance(0.5);
  const tints = [0, 1, 2].map(() => 220 + random.next() * 60);
  const at = (x: number, y: number, channel: number): number => {
    const from = Math.floor(left + (mirrored ? width - 1 - x : x) * step);
    const value = negative.data[(Math.floor(top + y * step) * negative.width + from) * 3 + channel] ?? 0;
    return Math.min(255, Math.max(0, Math.round(value * (tints[channel] ?? 255))));
  };
  // Few: this encoder takes a hundred times as long as the other.
  if (random.chance(0.01)) {
    const data = Buffer.alloc(width * height * 4, 255);
    for (let i = 0; i < width * height; i += 1)
      for (let c = 0; c < 3; c += 1) data[i * 4 + c] = at(i % width, Math.floor(i / width), c);
    return { bytes: encode({ data, width, height }, 85).data, contentType: 'image/jpeg', width, height };
  }
  const stride = width * 3 + 1;
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    raw[y * stride] = SUB_FILTER;
    const before = [0, 0, 0];
    for (let i = 0; i < width * 3; i += 1) {
      const channel = i % 3;
      const value = at(Math.floor(i / 3), y, channel);
      raw[y * stride + 1 + i] = value - (before[channel] ?? 0);
      before[channel] = value;
    }
  }
  return { bytes: await packPng(width, height, raw, 'fast'), contentType: 'image/png', width, height };
}
