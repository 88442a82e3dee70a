import { describe, expect, test } from 'vitest';
import { limitError } from './limit-error.ts';
import { passed, startOf } from './limits.ts';
import { sumOf } from './sum.ts';
import { amountWords, sumWords } from './words.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('sums', () => {
  test('keep currencies apart and count what is not known', () => {
    expect(sumOf([usd(0.1), null, eur(3), usd(0.2), null])).toEqual({
      known: [usd(0.3), eur(3)],
      unknown: 2,
    });
    expect(sumOf([])).toEqual({ known: [], unknown: 0 });
  });

  test.each([
    [[usd(0.1), usd(0.2)], '$0.30'],
    [[usd(0.1), null], '$0.10 with 1 unknown'],
    [[usd(1), eur(3)], '$1.00 and EUR 3.00'],
    [[usd(0), usd(0)], 'free'],
    [[usd(0), null], 'free with 1 unknown'],
    [[null, null], null],
    [[], null],
  ])('read as one says them: %j', (amounts, words) => {
    expect(sumWords(sumOf(amounts))).toBe(words);
  });

  test('say a great number that can be read', () => {
    expect(sumWords({ known: [usd(1200)], unknown: 2893 })).toBe('$1,200.00 with 2,893 unknown');
  });
});

test.each([
  [0, '$0.00'],
  [0.0004, '$0.0004'],
  [0.00012, '$0.00012'],
  [0.0123, '$0.012'],
  [0.025, '$0.025'],
  [0.02, '$0.02'],
  [0.0949, '$0.095'],
  [0.1, '$0.10'],
  [0.475, '$0.48'],
  [1234.5, '$1,234.50'],
  [3e-12, '$0.00'],
])('%d dollars are written as %s', (amount, words) => {
  expect(amountWords(usd(amount))).toBe(words);
});

describe('limits', () => {
  const both = { day: 5, month: 20 };
  test.each([
    ['below both', { day: 4, month: 4 }, [usd(1)], []],
    ['above the day’s', { day: 4, month: 4 }, [usd(1.01)], ['day']],
    ['above both', { day: 6, month: 21 }, [usd(0.1)], ['day', 'month']],
    ['all together, not each', { day: 4, month: 4 }, [usd(0.6), usd(0.6)], ['day']],
    ['free, though above', { day: 6, month: 21 }, [usd(0)], []],
    ['not known, below', { day: 4.99, month: 4.99 }, [null], []],
    ['not known, at the limit', { day: 5, month: 5 }, [null], ['day']],
    ['of another currency', { day: 4.99, month: 4.99 }, [eur(100)], []],
    ['of another currency, at the limit', { day: 5, month: 5 }, [eur(100)], ['day']],
    ['free in another currency, at the limit', { day: 5, month: 5 }, [eur(0)], []],
  ])('%s', (_, spent, asked, periods) => {
    expect(passed(both, spent, sumOf(asked)).map(({ period }) => period)).toEqual(periods);
    expect(passed({ day: null, month: null }, spent, sumOf(asked))).toEqual([]);
  });

  test('are met to the cent, as tenths add up', () => {
    expect(0.1 + 0.2).toBeGreaterThan(0.3);
    expect(passed({ day: 0.3, month: null }, { day: 0.1, month: 0 }, sumOf([usd(0.2)]))).toEqual([]);
  });

  test('of nothing asks before the first cent', () => {
    const spent = { day: 0, month: 0 };
    expect(passed({ day: 0, month: null }, spent, sumOf([usd(0.01)]))).toHaveLength(1);
    expect(passed({ day: 0, month: null }, spent, sumOf([usd(0)]))).toEqual([]);
  });

  test('say what is spent, what this costs and where they stand', () => {
    const asked = sumOf([usd(0.25), null]);
    expect(limitError(passed(both, { day: 4.9, month: 19.9 }, asked), asked)).toMatchObject({
      kind: 'limit',
      title: 'This passes your limit for today and this month',
      detail:
        'Today $4.90 of $5.00 is spent. This month $19.90 of $20.00 is spent. This is estimated at $0.25, with 1 of unknown cost beside it.',
    });
    const unknown = sumOf([null]);
    const { detail } = limitError(passed(both, { day: 5, month: 5 }, unknown), unknown);
    expect(detail).toBe('Today $5.00 of $5.00 is spent. What this costs is not known.');
    const other = sumOf([eur(3)]);
    expect(limitError(passed(both, { day: 5, month: 5 }, other), other).detail).toBe(
      'Today $5.00 of $5.00 is spent. This is estimated at EUR 3.00, which no limit counts.',
    );
  });

  test('hold for the days and months of this computer’s own clock', () => {
    const noon = new Date(2026, 10, 21, 12, 34, 56).getTime();
    expect(startOf('day', noon)).toBe(new Date(2026, 10, 21).getTime());
    expect(startOf('month', noon)).toBe(new Date(2026, 10, 1).getTime());
    const midnight = new Date(2026, 11, 1).getTime();
    expect([startOf('day', midnight), startOf('month', midnight)]).toEqual([midnight, midnight]);
    expect(startOf('month', midnight - 1)).toBe(new Date(2026, 10, 1).getTime());
  });
});
