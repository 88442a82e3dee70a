import { appError } from '../fal/errors.ts';
import type { AppError } from '../fal/errors.ts';
import { LIMIT_CURRENCY } from './limits.ts';
import type { Passing } from './limits.ts';
import { amountIn } from './sum.ts';
import type { MoneySum } from './sum.ts';
import { amountWords } from './words.ts';

/** Why nothing was sent, with the figures. `passing` is not empty. */
export function limitError(passing: readonly Passing[], asked: MoneySum): AppError {
  const more = amountIn(asked, LIMIT_CURRENCY);
  const cost = more > 0 ? `This is estimated at ${dollars(more)}` : 'What this costs is not known';
  const rest = asked.unknown > 0 && more > 0 ? `, with ${asked.unknown} of unknown cost beside it` : '';
  const figures = passing.map(
    ({ period, limit, spent }) =>
      `${period === 'day' ? 'Today' : 'This month'} ${dollars(spent)} of ${dollars(limit)} is spent.`,
  );
  const names = passing.map(({ period }) => (period === 'day' ? 'today' : 'this month')).join(' and ');
  return appError('limit', `This passes your limit for ${names}`, {
    detail: [...figures, `${cost}${rest}.`].join(' '),
    hint: 'Nothing was sent. Limits are set in Settings, under Spending.',
  });
}

const dollars = (amount: number): string => amountWords({ amount, currency: LIMIT_CURRENCY });
