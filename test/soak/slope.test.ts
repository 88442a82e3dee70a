import { expect, test } from 'vitest';
import { lastTwoThirds, slopeOf } from './slope.ts';

const line = (values: readonly number[]) => values.map((value, minute) => ({ minute, value }));

test('what grows steadily has the slope of its growth, and what only swings has none', () => {
  expect(slopeOf(line([1, 3, 5, 7]))).toBeCloseTo(2);
  expect(slopeOf(line([5, 5, 5]))).toBe(0);
  expect(slopeOf(line([5, 6, 5, 6, 5]))).toBeCloseTo(0);
  expect(slopeOf(line([4]))).toBe(0);
});

test('the beginning does not count', () => {
  expect(lastTwoThirds(line([0, 50, 90, 90, 90, 90, 90])).map(({ minute }) => minute)).toEqual([
    2, 3, 4, 5, 6,
  ]);
});
