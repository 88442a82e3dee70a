import { expect, test } from 'vitest';
import { differenceWords } from './difference-words.ts';

test.each([
  [0, 0, 'No pixel differs.'],
  [0.000_001, 3, 'Less than 0.1 % of the pixels differ, by 3 of 255 at most.'],
  [0.034, 9, '3.4 % of the pixels differ, by 9 of 255 at most.'],
  // All of them is said only where it is so.
  [0.999, 255, '99 % of the pixels differ, by 255 of 255 at most.'],
  [1, 255, '100 % of the pixels differ, by 255 of 255 at most.'],
])('%f of the pixels, by %i', (share, most, words) => {
  expect(differenceWords({ share, most })).toBe(words);
});
