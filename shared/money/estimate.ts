import type { Price } from '../ipc/models.ts';
import type { JsonObject } from '../json.ts';
import type { Amount, Money } from '../runs/asked.ts';
import type { CostBasis } from './basis.ts';
import { countUnits } from './count.ts';
import { readUnit } from './unit.ts';

/** Whether it can be reckoned with: what comes from outside may be anything. */
const isSoundPrice = ({ amount }: Price): boolean => Number.isFinite(amount) && amount >= 0;

/** Whether what a request costs depends on the request, so that the model's document is worth reading. */
export function needsBasis(price: Price | null): price is Price {
  if (price === null || !isSoundPrice(price) || price.amount === 0) return false;
  const unit = readUnit(price.unit);
  return unit !== null && unit.kind !== 'request';
}

/**
 * What a request will cost; null where it cannot be reckoned: no price or an impossible one, a unit that is not known, or
 * units that the request does not tell. What costs nothing a unit costs nothing, whatever the unit.
 */
export function estimateOf(price: Price | null, basis: CostBasis | null, input: JsonObject): Amount | null {
  if (price === null || !isSoundPrice(price)) return null;
  if (price.amount === 0) return { amount: 0, currency: price.currency };
  const unit = readUnit(price.unit);
  if (unit === null) return null;
  const units = unit.kind === 'request' ? 1 / unit.size : basis && countUnits(unit, basis, input);
  return units === null ? null : { amount: tidy(price.amount * units), currency: price.currency };
}

/** The money of a run before it is sent. */
export function moneyOf(price: Price | null, basis: CostBasis | null, input: JsonObject): Money {
  const sound = price !== null && isSoundPrice(price) ? price : null;
  return { estimate: estimateOf(sound, basis, input), price: sound, billableUnits: null };
}

/** To the billionth: sums of binary fractions should not show their noise. */
export const tidy = (amount: number): number => Math.round(amount * 1e9) / 1e9;
