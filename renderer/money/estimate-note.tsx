import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { sumWords } from '../../shared/money/words.ts';
import { requestInSight } from '../form/request-in-sight.ts';
import { useRequests } from '../stores/requests.ts';
import { useEstimate } from './use-estimate.ts';

/** What a press on Run would cost, where that is known and not nothing. */
export function EstimateNote({ endpointId }: { readonly endpointId: string }): ReactNode {
  const form = useRequests((state) => state.forms[endpointId]);
  const draft = useRequests((state) => state.drafts[endpointId]);
  const requests = useMemo(
    () =>
      draft === undefined || form === undefined || form.kind === 'loading'
        ? null
        : [{ endpointId, input: requestInSight(endpointId) }],
    [endpointId, form, draft],
  );
  const { sum } = useEstimate(requests);
  const paid = sum !== null && sum.known.some(({ amount }) => amount > 0);
  return (
    paid && (
      <p className="tabular shrink-0 text-soft">
        <abbr title="estimated" className="no-underline">
          est.
        </abbr>{' '}
        {sumWords(sum)}
      </p>
    )
  );
}
