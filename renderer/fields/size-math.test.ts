import { describe, expect, it } from 'vitest';
import { sideBeside, sideWords, snapSide } from './size-math.ts';

const limits = { minSide: 100, maxSide: 2000, sideMultipleOf: 16 };

describe('snapSide', () => {
  it.each([
    [1000, 1008],
    [999, 992],
    [5, 112],
    [9999, 2000],
  ])('%d -> %d', (pixels, side) => {
    expect(snapSide(pixels, limits)).toBe(side);
  });

  it('goes to whole pixels where the model names no step', () => {
    expect(snapSide(333.4, { minSide: 1, maxSide: 14142 })).toBe(333);
  });
});

describe('sideBeside', () => {
  it('keeps the shape as near as the steps allow', () => {
    expect(sideBeside(1920, 9 / 16, { minSide: 64, maxSide: 4096 })).toBe(1080);
    expect(sideBeside(1920, 9 / 16, { minSide: 64, maxSide: 4096, sideMultipleOf: 16 })).toBe(1088);
    expect(sideBeside(8000, 9 / 16, { minSide: 64, maxSide: 2048 })).toBe(2048);
  });
});

describe('sideWords', () => {
  it.each([
    [{ minSide: 1, maxSide: 14142 }, ''],
    [{ minSide: 1, maxSide: 2048 }, 'Up to 2048 pixels a side'],
    [{ minSide: 64, maxSide: 14142 }, 'At least 64 pixels a side'],
    [limits, '100 to 2000 pixels a side, in steps of 16'],
    [{ minSide: 1, maxSide: 14142, sideMultipleOf: 8 }, 'Sides in steps of 8 pixels'],
  ])('%j: %s', (given, words) => {
    expect(sideWords(given)).toBe(words);
  });
});
