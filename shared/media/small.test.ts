import { expect, test } from 'vitest';
import { isWebp, within } from './small.ts';

test.each([
  [1024, 768, 384, 288],
  [768, 1024, 288, 384],
  [384, 384, 384, 384],
  [64, 32, 64, 32],
  [20_000, 3, 384, 1],
  [1, 1, 1, 1],
])('%i × %i becomes %i × %i', (width, height, toWidth, toHeight) =>
  expect(within(width, height)).toEqual({ width: toWidth, height: toHeight }),
);

test('a WebP is told by its first bytes', () => {
  expect(isWebp(Buffer.from('RIFF\x10\0\0\0WEBPVP8L'))).toBe(true);
  for (const other of ['', 'RIFF', 'RIFF\x10\0\0\0WAVEfmt ', '\x89PNG\r\n\x1a\n....'])
    expect(isWebp(Buffer.from(other, 'latin1'))).toBe(false);
});
