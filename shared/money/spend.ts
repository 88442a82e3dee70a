import { costOf } from '../runs/cost.ts';
import type { Amount } from '../runs/asked.ts';
import type { Run } from '../runs/run.ts';
import { tidy } from './estimate.ts';

type Costing = Pick<Run, 'state' | 'money' | 'method' | 'requestId' | 'times' | 'origin'>;

/**
 * What a run counts for among what was spent: what fal charged where it said so, else what was reckoned before, for runs
 * under way and those that may have been charged. Null where neither is known.
 */
export function spendOf(run: Costing): Amount | null {
  const currency = (run.money.price ?? run.money.estimate)?.currency ?? 'USD';
  const cost = costOf(run.money);
  const amount = cost === null ? Number.NaN : tidy(cost.amount);
  if (Number.isFinite(amount) && amount >= 0) return { amount, currency };
  return isFree(run) ? { amount: 0, currency } : run.money.estimate;
}

/** Certainly not charged: fal said so, never had it, or stopped it before any work was done. */
function isFree({ state, money, method, requestId, times, origin }: Costing): boolean {
  // What a frame costs is a matter of its session, and fal tells nothing of that.
  if (origin === 'live' || money.billableUnits === 0 || money.price?.amount === 0) return true;
  switch (state.kind) {
    case 'waiting':
      return state.held;
    case 'cancelled':
      return state.word === null ? method === 'queue' : times.started === null && method === 'queue';
    case 'failed':
      // The queue names a request as soon as it takes it; other calls have a name only when they are over.
      return method === 'queue' && requestId === null;
    default:
      return false;
  }
}
