import { expect, it } from 'vitest';
import { canBeScaled, scaledSize } from './scaled-size.ts';

it.each([
  [1024, 768, 1024, 768],
  [2048, 1024, 1024, 512],
  [3000, 4000, 768, 1024],
  [20_000, 3, 1024, 1],
  [1, 1, 1, 1],
])('%i × %i becomes %i × %i', (width, height, newWidth, newHeight) =>
  expect(scaledSize({ width, height })).toEqual({ width: newWidth, height: newHeight }),
);

it.each([
  [20_000, 7000, true],
  [12_000, 12_000, true],
  [20_000, 20_000, false],
])('%i × %i can be made smaller here: %s', (width, height, expected) =>
  expect(canBeScaled({ width, height })).toBe(expected),
);
