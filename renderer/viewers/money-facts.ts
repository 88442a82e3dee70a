import { amountWords } from '../../shared/money/words.ts';
import type { Money } from '../../shared/runs/asked.ts';
import { costOf } from '../../shared/runs/cost.ts';
import { priceWords } from './words.ts';

/** `3 × megapixels`, `12 × unit` where no price names one: what fal charged for; null where it did not say. */
export function unitWords({ price, billableUnits }: Pick<Money, 'price' | 'billableUnits'>): string | null {
  if (billableUnits === null) return null;
  return `${billableUnits.toLocaleString('en-US', { maximumFractionDigits: 6 })} × ${price?.unit ?? 'unit'}`;
}

/** What is known of a run's money, a name and a value each; empty where nothing is. */
export function moneyFacts(money: Money): readonly (readonly [name: string, value: string])[] {
  const { estimate, price } = money;
  const cost = costOf(money);
  const units = unitWords(money);
  const facts: (readonly [string, string] | null)[] = [
    estimate && ['Estimated', amountWords(estimate)],
    price && ['Price', priceWords(price)],
    units === null ? null : ['Charged for', units],
    cost && ['Cost', cost.amount === 0 ? 'free' : amountWords(cost)],
  ];
  return facts.filter((fact) => fact !== null);
}
