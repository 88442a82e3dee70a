import type { ReactNode } from 'react';
import { amountWords } from '../../shared/money/words.ts';
import { useEstimate } from './use-estimate.ts';

/** What a press on Run would cost, where that is known and not nothing. */
export function EstimateNote({ endpointId }: { readonly endpointId: string }): ReactNode {
  const estimate = useEstimate(endpointId);
  if (estimate === null || estimate.amount === 0) return null;
  return (
    <p className="tabular shrink-0 text-soft">
      <abbr title="estimated" className="no-underline">
        est.
      </abbr>{' '}
      {amountWords(estimate)}
    </p>
  );
}
