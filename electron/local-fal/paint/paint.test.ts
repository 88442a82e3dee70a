import { setImmediate as nextTurn } from 'node:timers/promises';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { readMood } from './mood.ts';
import { paint, paintCanvas } from './paint.ts';

test.each([
  ['a starry night over the fjord', '', { time: 'night', water: true, stars: true, moon: true }],
  ['SUNSET, pine forest', '', { time: 'sunset', forest: true }],
  ['desert dunes', '', { time: 'desert', terrain: 'dunes', water: false }],
  ['snowy peaks at dawn', '', { time: 'dawn', season: 'winter', terrain: 'mountains' }],
  ['autumn hills', '', { season: 'autumn', terrain: 'hills', forest: true }],
  ['aurora', '', { aurora: true, time: 'night' }],
  ['a storm, heavy rain', '', { time: 'storm', rain: true }],
  ['gulls over a lake', 'birds, gulls', { water: true, birds: false }],
  ['a lake', 'lake', { water: false }],
])('"%s" without "%s"', (prompt, negative, expected) => {
  expect(readMood(prompt, negative)).toMatchObject(expected);
});

test.each([
  [64, 64],
  [200, 64],
  [65, 333],
])('any size is painted: %d x %d', async (width, height) => {
  for (const style of ['natural', 'dusk', 'oil', 'ink', 'print'] as const) {
    const png = decode(await paint({ prompt: 'forest lake, boat, birds', seed: 4, width, height, style }));
    expect(png).toMatchObject({ width, height, channels: 3, depth: 8 });
    // More than a handful of colours: something is on it.
    expect(new Set(png.data).size).toBeGreaterThan(40);
  }
});

test('fewer steps differ more from the finished picture', async () => {
  const plan = { prompt: 'misty hills', seed: 2, width: 160, height: 120 };
  const whole = (await paintCanvas(plan, null)).data;
  const distance = async (progress: number) => {
    const { data } = await paintCanvas({ ...plan, progress }, null);
    return data.reduce((sum, value, i) => sum + Math.abs(value - (whole[i] ?? 0)), 0) / data.length;
  };
  const [early, middle, late] = [await distance(0.1), await distance(0.5), await distance(0.9)];
  expect(early).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(late);
  expect(late).toBeGreaterThan(0);
});

test('others get their turn, and an abort stops the brush', async () => {
  const abort = new AbortController();
  const painting = paint({ prompt: 'sea', seed: 1, width: 1500, height: 1500 }, abort.signal);
  let turns = 0;
  for (; turns < 5; turns += 1) await nextTurn();
  abort.abort();
  await expect(painting).rejects.toThrow('aborted');
});
