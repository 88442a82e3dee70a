import { expect, test } from 'vitest';
import { moneyFacts } from './money-facts.ts';

const price = { amount: 0.025, unit: 'megapixels', currency: 'USD' };
const estimate = { amount: 0.05, currency: 'USD' };

test('of a run’s money what is known is told, and nothing else', () => {
  expect(moneyFacts({ estimate: null, price: null, billableUnits: null })).toEqual([]);
  expect(moneyFacts({ estimate: null, price: null, billableUnits: 2.5 })).toEqual([
    ['Charged for', '2.5 × unit'],
  ]);
  expect(moneyFacts({ estimate, price, billableUnits: 3 })).toEqual([
    ['Estimated', '$0.05'],
    ['Price', '$0.025 per megapixel'],
    ['Charged for', '3 × megapixels'],
    ['Cost', '$0.075'],
  ]);
  expect(moneyFacts({ estimate, price, billableUnits: 0 }).at(-1)).toEqual(['Cost', 'free']);
});
