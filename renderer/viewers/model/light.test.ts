import { expect, test } from 'vitest';
import { studioLight } from './light.ts';

test('the light is a Radiance file without colour, brighter above than below', () => {
  const file = studioLight();
  const head = '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 128 +X 256\n';
  expect(new TextDecoder().decode(file.subarray(0, head.length))).toBe(head);
  const pixels = file.subarray(head.length);
  expect(pixels).toHaveLength(256 * 128 * 4);
  const row = (y: number): number => {
    let sum = 0;
    for (let i = y * 1024; i < (y + 1) * 1024; i += 4) {
      const [red = 0, green, blue, exponent = 0] = pixels.subarray(i, i + 4);
      expect([green, blue]).toEqual([red, red]);
      // Flat lines may not begin like packed ones.
      expect(red).toBeGreaterThan(2);
      sum += (red / 256) * 2 ** (exponent - 128);
    }
    return sum / 256;
  };
  const [top, middle, bottom] = [row(0), row(45), row(127)];
  expect(top).toBeCloseTo(0.95, 1);
  expect(middle).toBeGreaterThan(top);
  expect(bottom).toBeCloseTo(0.3, 1);
});
