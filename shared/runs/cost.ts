import type { Amount, Money } from './asked.ts';

/** What a run really cost; null where fal did not say both the price and the units. */
export function costOf({ price, billableUnits }: Money): Amount | null {
  if (price === null || billableUnits === null) return null;
  return { amount: price.amount * billableUnits, currency: price.currency };
}
