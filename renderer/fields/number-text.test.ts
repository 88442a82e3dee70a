import { describe, expect, it } from 'vitest';
import { readNumber, stepNumber } from './number-text.ts';

describe('reading a typed number', () => {
  it.each([
    ['28', true, 28],
    [' -3 ', true, -3],
    ['0.', false, 0],
    ['.5', false, 0.5],
    ['1e-6', false, 1e-6],
    ['9007199254740993', true, 9007199254740993n],
    ['', true, undefined],
    ['-', true, undefined],
    ['12abc', true, undefined],
    ['1e400', false, undefined],
    ['Infinity', false, undefined],
  ])('%j', (text, integer, value) => expect(readNumber(text, integer)).toBe(value));

  it('does not read what nothing takes', () => expect(readNumber('7'.repeat(400_000), true)).toBe(undefined));
});

describe('stepping', () => {
  const free = { integer: false, step: 0.1 };
  it('does not gather rounding errors', () =>
    expect(stepNumber(stepNumber(0.1, 0.1, free), 0.1, free)).toBe(0.3));
  it('stops at the limits', () => {
    expect(stepNumber(49, 10, { integer: true, step: 1, min: 1, max: 50 })).toBe(50);
    expect(stepNumber(3, -10, { integer: true, step: 1, min: 1, max: 50 })).toBe(1);
  });
  it('keeps every digit of a long seed, across the border of what a double holds', () => {
    const whole = { integer: true, step: 1 };
    expect(stepNumber(9007199254740993n, 1, whole)).toBe(9007199254740994n);
    expect(stepNumber(Number.MAX_SAFE_INTEGER, 1, whole)).toBe(9007199254740992n);
    expect(stepNumber(9007199254740992n, -1, whole)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
