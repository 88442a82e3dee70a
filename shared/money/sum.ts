import type { Amount } from '../runs/asked.ts';
import { tidy } from './estimate.ts';

/** Several amounts together. Currencies are kept apart, for nobody here knows what one is worth in another. */
export interface MoneySum {
  /** One of each currency, dollars first; what costs nothing is in it too. */
  readonly known: readonly Amount[];
  /** How many are not known, and so not in it. */
  readonly unknown: number;
}

export function sumOf(amounts: readonly (Amount | null)[]): MoneySum {
  const totals = new Map<string, number>();
  for (const one of amounts)
    if (one !== null) totals.set(one.currency, (totals.get(one.currency) ?? 0) + one.amount);
  const known = [...totals].map(([currency, amount]) => ({ currency, amount: tidy(amount) }));
  const rank = ({ currency }: Amount): string => (currency === 'USD' ? '' : currency);
  return {
    known: known.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)),
    unknown: amounts.filter((one) => one === null).length,
  };
}

/** How much of a currency is in a sum. */
export const amountIn = (sum: MoneySum, currency: string): number =>
  sum.known.find((one) => one.currency === currency)?.amount ?? 0;
