import { expect, test } from 'vitest';
import { readLimit } from './read-limit.ts';

test.each([
  ['5', 5],
  [' 2.50 ', 2.5],
  ['$10', 10],
  ['.5', 0.5],
  ['0', 0],
  ['', null],
  ['  ', null],
  ['much', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['5,00', undefined],
  ['9999999999', undefined],
  ['NaN', undefined],
])('“%s” as a limit is %s', (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});
