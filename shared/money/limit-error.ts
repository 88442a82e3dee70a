import { appError } from '../fal/errors.ts';
import type { AppError } from '../fal/errors.ts';
import { LIMIT_CURRENCY } from './limits.ts';
import type { Passing } from './limits.ts';
import { amountIn } from './sum.ts';
import type { MoneySum } from './sum.ts';
import { amountWords, sumWords } from './words.ts';

/** Why nothing was sent, with the figures. `passing` is not empty. */
export function limitError(passing: readonly Passing[], asked: MoneySum): AppError {
  const more = amountIn(asked, LIMIT_CURRENCY);
  const others = asked.known.filter(({ currency, amount }) => currency !== LIMIT_CURRENCY && amount > 0);
  const other = others.length === 0 ? null : sumWords({ known: others, unknown: 0 });
  const uncounted =
    other === null ? 'What this costs is not known' : `This is estimated at ${other}, which no limit counts`;
  const cost = more > 0 ? `This is estimated at ${dollars(more)}` : uncounted;
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
