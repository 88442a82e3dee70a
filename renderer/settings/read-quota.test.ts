import { expect, test } from 'vitest';
import { quotaText, readQuota } from './read-quota.ts';

test.each([
  ['', null],
  ['  ', null],
  ['20', 20_000_000_000],
  ['0.5', 500_000_000],
  ['0,5', 500_000_000],
  ['.25 GB', 250_000_000],
  ['0.1', 100_000_000],
  ['0.09', undefined],
  ['0', undefined],
  ['-1', undefined],
  ['2000000', undefined],
  ['1e3', undefined],
  ['ten', undefined],
])('%j is %j', (text, bytes) => expect(readQuota(text)).toBe(bytes));

test('what was set is read again as it was', () => {
  for (const bytes of [null, 100_000_000, 2_500_000_000]) expect(readQuota(quotaText(bytes))).toBe(bytes);
});
