import { expect, it } from 'vitest';
import { scaledSize } from './scaled-size.ts';

it.each([
  [1024, 768, 1024, 768],
  [2048, 1024, 1024, 512],
  [3000, 4000, 768, 1024],
  [20_000, 3, 1024, 1],
  [1, 1, 1, 1],
])('%i × %i becomes %i × %i', (width, height, newWidth, newHeight) =>
  expect(scaledSize({ width, height })).toEqual({ width: newWidth, height: newHeight }),
);
