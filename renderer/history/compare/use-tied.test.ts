import { expect, test } from 'vitest';
import { longestOf } from './use-tied.ts';

test('the longest leads, whatever cannot be read beside it', () => {
  const [broken, short, long] = [{ duration: NaN }, { duration: 2 }, { duration: 5 }];
  const endless = { duration: Infinity };
  expect(longestOf([broken, short, long])).toBe(long);
  expect(longestOf([long, broken, short])).toBe(long);
  expect(longestOf([short, broken])).toBe(short);
  expect(longestOf([endless, short])).toBe(short);
  expect(longestOf([broken, endless])).toBe(endless);
  expect(longestOf([broken])).toBeNull();
  expect(longestOf([])).toBeNull();
});
