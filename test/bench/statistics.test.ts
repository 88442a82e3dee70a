import { expect, test } from 'vitest';
import { inTurns, median, quantile, rounded } from './statistics.ts';
import { tableOf } from './table.ts';

test('the nearest rank, whatever the order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(
    quantile(
      Array.from({ length: 100 }, (_, i) => 100 - i),
      0.95,
    ),
  ).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
  expect(() => median([])).toThrow('Nothing was measured');
  expect(rounded(1234.5)).toBe(1230);
});

test('all take turns, and each is the first as often as the others', async () => {
  const order: string[] = [];
  const measure = (name: string) => () => {
    order.push(name);
    return Promise.resolve([order.length]);
  };
  const taken = await inTurns(3, { a: measure('a'), b: measure('b'), c: measure('c') });
  expect(order.join('')).toBe('abcbcacab');
  expect(taken).toEqual({ a: [1, 6, 8], b: [2, 4, 9], c: [3, 5, 7] });
});

test('the table says what was missed and what there is nothing of', () => {
  const row = { unit: 'ms', ours: 12, official: null, limit: 9.5, goal: '<= 16' };
  expect(
    tableOf([
      { name: 'one', ...row, met: true },
      { name: 'another', ...row, met: false },
    ]),
  ).toBe(
    [
      '         ours  official  limit  unit  goal',
      'one        12         –    9.5  ms    <= 16  met',
      'another    12         –    9.5  ms    <= 16  NOT MET',
    ].join('\n'),
  );
});
