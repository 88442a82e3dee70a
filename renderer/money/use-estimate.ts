import { useEffect, useState } from 'react';
import { sumOf } from '../../shared/money/sum.ts';
import type { MoneySum } from '../../shared/money/sum.ts';
import type { Money } from '../../shared/runs/asked.ts';
import { ask } from '../bridge.ts';
import { requestInSight } from '../form/request-in-sight.ts';
import { useProfiles } from '../stores/profiles.ts';
import { useRequests } from '../stores/requests.ts';

/** Milliseconds; nobody reads a sum while they type. */
const QUIET = 250;

/** What the request in sight would cost; null while that is not known. It follows the request a moment behind. */
export function useEstimate(endpointId: string): Money['estimate'] {
  const draft = useRequests((state) => state.drafts[endpointId]);
  const ready = useRequests((state) => (state.forms[endpointId]?.kind ?? 'loading') !== 'loading');
  const profileId = useProfiles((state) => state.active);
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (!ready) return;
    let stale = false;
    const timer = setTimeout(() => {
      const requests = [{ endpointId, input: requestInSight(endpointId) }];
      void ask('money.estimate', { requests }).then((answer) => {
        const money = answer.ok ? answer.value[0] : undefined;
        if (!stale) setKnown({ endpointId, profileId, estimate: money?.estimate ?? null });
      });
    }, QUIET);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [endpointId, draft, ready, profileId]);
  // Another account may pay another price, and another model has one of its own.
  return known?.endpointId === endpointId && known.profileId === profileId ? known.estimate : null;
}

interface Known {
  readonly endpointId: string;
  readonly profileId: string;
  readonly estimate: Money['estimate'];
}

/** What many requests would cost together, as main reckons them. */
export async function estimateAll(
  requests: Parameters<typeof ask<'money.estimate'>>[1]['requests'],
): Promise<MoneySum> {
  const answer = await ask('money.estimate', { requests });
  return answer.ok
    ? sumOf(answer.value.map(({ estimate }) => estimate))
    : { known: [], unknown: requests.length };
}
