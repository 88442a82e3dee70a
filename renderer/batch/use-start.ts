import { useMemo } from 'react';
import type { BatchStart } from '../../shared/batch/plan.ts';
import { requestHolds, useApp } from '../stores/app.ts';
import { useRequests } from '../stores/requests.ts';

/** The request in the form, as what a batch begins with; null while there is no form to vary. */
export function useBatchStart(endpointId: string): BatchStart | null {
  const form = useRequests((state) => state.forms[endpointId]);
  const input = useRequests((state) => state.drafts[endpointId]);
  const holds = useApp(requestHolds);
  return useMemo(
    () => (form?.kind === 'form' ? { endpointId, form: form.form, input: input ?? {}, holds } : null),
    [endpointId, form, input, holds],
  );
}
