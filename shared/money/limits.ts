import { amountIn } from './sum.ts';
import type { MoneySum } from './sum.ts';

export const periods = ['day', 'month'] as const;
export type Period = (typeof periods)[number];

/** Limits are in dollars, as fal's prices are. */
export const LIMIT_CURRENCY = 'USD';
export const LARGEST_LIMIT = 1_000_000;

/** What may be spent without being asked, in dollars; null for no limit. */
export type Limits = Readonly<Record<Period, number | null>>;
export const NO_LIMITS: Limits = { day: null, month: null };

/** When the period began, by this computer's own clock and zone; milliseconds since 1970. */
export function startOf(period: Period, now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), period === 'day' ? date.getDate() : 1).getTime();
}

export interface Passing {
  readonly period: Period;
  /** Dollars. */
  readonly limit: number;
  readonly spent: number;
}

/**
 * The limits that would be passed. `spent` in dollars; `asked` is what is to be sent now. Of what is not known, or costs
 * something in another currency, nothing is counted, but once a limit is reached, even that is above it.
 */
export function passed(limits: Limits, spent: Readonly<Record<Period, number>>, asked: MoneySum): Passing[] {
  const more = amountIn(asked, LIMIT_CURRENCY);
  const uncounted =
    asked.unknown > 0 || asked.known.some((one) => one.currency !== LIMIT_CURRENCY && one.amount > 0);
  return periods.flatMap((period) => {
    const limit = limits[period];
    if (limit === null) return [];
    const over = more > 0 ? spent[period] + more > limit + NOISE : uncounted && spent[period] >= limit;
    return over ? [{ period, limit, spent: spent[period] }] : [];
  });
}

/** Less than any price. */
const NOISE = 1e-9;
