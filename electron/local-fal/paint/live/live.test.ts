import { setImmediate as nextTurn } from 'node:timers/promises';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { LivePlan } from './index.ts';
import { paintLive } from './index.ts';
import { lightAt, tinted } from './light.ts';
import { readMood } from '../mood.ts';

const PLAN: LivePlan = {
  prompt: 'a still lake among wooded hills',
  seed: 7,
  side: 128,
  timeOfDay: 0.4,
  mist: 0.4,
  hills: 0.5,
};

async function pixels(change: Partial<LivePlan> = {}): Promise<Uint8Array> {
  const { width, height, channels, data } = decode(await paintLive({ ...PLAN, ...change }, null));
  expect([width, height, channels]).toEqual([change.side ?? 128, change.side ?? 128, 3]);
  return Uint8Array.from(data);
}

/** Mean difference of a channel, in steps of a byte. */
function distance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

test('the same plan gives the same bytes', async () => {
  const first = await paintLive(PLAN, null);
  await paintLive({ ...PLAN, prompt: 'desert dunes', seed: 1 }, null);
  expect(Buffer.from(await paintLive(PLAN, null)).equals(Buffer.from(first))).toBe(true);
});

describe('each input is seen', () => {
  test.each([
    ['prompt', { prompt: 'rolling meadows in spring' }, 8],
    ['seed', { seed: 8 }, 3],
    ['time_of_day', { timeOfDay: 0.8 }, 20],
    ['mist', { mist: 1 }, 8],
    ['hills', { hills: 1 }, 5],
  ])('%s', async (_name, change, least) => {
    expect(distance(await pixels(), await pixels(change))).toBeGreaterThan(least);
  });
});

test('a colour that the prompt names turns the palette', () => {
  const { palette } = lightAt(readMood('a lake'), 0.4, 128, 70);
  expect(tinted(palette, null)).toBe(palette);
  const teal = tinted(palette, readMood('a teal lake').tint);
  const changed = teal.sky.filter((color, i) =>
    color.some((c, k) => Math.abs(c - (palette.sky[i]?.[k] ?? 0)) > 0.01),
  );
  expect(changed).toHaveLength(4);
});

describe('a slider that moves a little changes the picture a little', () => {
  test.each(['timeOfDay', 'mist', 'hills'] as const)('%s, over its whole length', async (slider) => {
    // A jump would be some ten steps of a byte; the quickest hour moves three.
    let before = await pixels({ [slider]: 0, side: 64 });
    for (let step = 1; step <= 400; step += 1) {
      const after = await pixels({ [slider]: step / 400, side: 64 });
      const moved = distance(before, after);
      expect([step, moved]).toEqual([step, Math.min(moved, 4)]);
      before = after;
    }
  });
});

test('the sky of a night has no steps', async () => {
  const data = await pixels({ timeOfDay: 0, mist: 0, side: 256, prompt: 'desert dunes', hills: 0 });
  // Bands are rows of one value after rows of another: with dither, few neighbours in a column agree for long.
  let longest = 0;
  for (let x = 4; x < 256; x += 32) {
    let same = 0;
    for (let y = 1; y < 100; y += 1) {
      const at = (y * 256 + x) * 3;
      same = data[at] === data[at - 256 * 3] ? same + 1 : 0;
      longest = Math.max(longest, same);
    }
  }
  expect(longest).toBeLessThan(14);
});

test('others get their turn, and an abort stops the brush', async () => {
  const abort = new AbortController();
  const painting = paintLive({ ...PLAN, side: 512 }, abort.signal);
  await nextTurn();
  abort.abort();
  await expect(painting).rejects.toThrow('aborted');
});
