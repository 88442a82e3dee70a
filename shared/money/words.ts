import type { Amount } from '../runs/asked.ts';
import type { MoneySum } from './sum.ts';

/** `$0.02`, `$12.50`, `$0.0012`, `EUR 3.00`: to the cent, and where that would say little, to two figures. */
export function amountWords({ amount, currency }: Amount): string {
  const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const digits =
    amount === 0 || amount >= 0.095
      ? cents
      : { minimumFractionDigits: 2, maximumFractionDigits: finest(amount) };
  return `${currency === 'USD' ? '$' : `${currency} `}${amount.toLocaleString('en-US', digits)}`;
}

/** Decimals that show two figures. */
const finest = (amount: number): number => Math.min(9, 1 - Math.floor(Math.log10(amount)));

/** `$0.10`, `$0.10 and EUR 3.00`, `$0.10 with 2 unknown`, `free`; null where nothing at all is known. */
export function sumWords({ known, unknown }: MoneySum): string | null {
  const paid = known.filter(({ amount }) => amount > 0);
  if (known.length === 0) return null;
  const words = paid.length === 0 ? 'free' : paid.map(amountWords).join(' and ');
  return unknown === 0 ? words : `${words} with ${unknown.toLocaleString('en-US')} unknown`;
}
