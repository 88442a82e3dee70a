import { expect, test } from 'vitest';
import { barsOf, peaksOf } from './peaks.ts';

test('each peak is the loudest of its piece over all channels, as a share of the loudest', () => {
  const left = new Float32Array([0.1, -0.2, 0, 0, 0.5, 0.1]);
  const right = new Float32Array([0, 0, 0, 0, 0, 0.25]);
  expect([...peaksOf([left, right], 3)].map((peak) => Math.round(peak * 10) / 10)).toEqual([0.4, 0, 1]);
});

test('no sample is left out and none counts twice, however many pieces', () => {
  for (const count of [1, 7, 100, 333]) {
    const places = Array.from({ length: 100 }, (_, at) => {
      const samples = new Float32Array(100);
      samples[at] = 1;
      return peaksOf([samples], count).filter((peak) => peak > 0).length;
    });
    expect(new Set(places)).toEqual(new Set([1]));
  }
});

test('silence and nothing at all are flat', () => {
  expect([...peaksOf([new Float32Array(4)], 2)]).toEqual([0, 0]);
  expect([...peaksOf([], 2)]).toEqual([0, 0]);
  expect(barsOf(new Float32Array([0, 1]))).toBe('M0.2 0.970h0.6v0.060h-0.6zM1.2 0.040h0.6v1.920h-0.6z');
});
