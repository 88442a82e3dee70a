import { amountWords } from '../../../shared/money/words.ts';
import { costOf } from '../../../shared/runs/cost.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { priceWords } from '../../viewers/words.ts';

/** What is known of a run's cost, as names and words; nothing where nothing is known. */
export function costRows({ money }: Pick<Run, 'money'>): readonly (readonly [name: string, words: string])[] {
  const { price, billableUnits, estimate } = money;
  const cost = costOf(money);
  return [
    ...(cost === null ? [] : [['Charged', amountWords(cost)] as const]),
    ...(billableUnits === null ? [] : [['Units charged', billableUnits.toLocaleString('en-US')] as const]),
    ...(price === null ? [] : [['Price then', priceWords(price)] as const]),
    ...(estimate === null ? [] : [['Estimated before', amountWords(estimate)] as const]),
  ];
}
