import { describe, expect, it } from 'vitest';
import { countCharacters, fillOf } from './characters.ts';

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['wren', 4],
    ['🐦', 1],
    ['a🐦b🐦', 4],
    ['👩‍🚀', 3],
    ['\udc26', 1],
    ['\udc26\udc26', 2],
    ['\ud83da', 2],
    ['é', 1],
  ])('%j: %d', (text, count) => {
    expect(countCharacters(text)).toBe(count);
    expect([...text]).toHaveLength(count);
  });
});

describe('fillOf', () => {
  it.each([
    [10_000, undefined, 'free'],
    [90, 100, 'free'],
    [91, 100, 'near'],
    [100, 100, 'near'],
    [101, 100, 'over'],
  ] as const)('%d of %s: %s', (count, most, fill) => {
    expect(fillOf(count, most)).toBe(fill);
  });
});
