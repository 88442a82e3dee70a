import { useEffect, useState } from 'react';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import { sumOf } from '../../shared/money/sum.ts';
import type { MoneySum } from '../../shared/money/sum.ts';
import { ask } from '../bridge.ts';
import { useProfiles } from '../stores/profiles.ts';

type Requests = CommandRequest<'money.estimate'>['requests'];

/** Milliseconds; nobody reads a sum while they type. */
const QUIET = 250;

interface Known {
  readonly requests: Requests;
  readonly profileId: string;
  readonly sum: MoneySum;
}

/**
 * What these requests would cost together, a moment behind them; null until that is reckoned. While newer ones of the same
 * models are, the sum of those before stands. `requests` must stay the same array while they are the same.
 */
export function useEstimate(requests: Requests | null): MoneySum | null {
  const profileId = useProfiles((state) => state.active);
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (requests === null || requests.length === 0) return;
    let stale = false;
    const timer = setTimeout(() => {
      void ask('money.estimate', { requests }).then((answer) => {
        const amounts = answer.ok ? answer.value.map(({ estimate }) => estimate) : requests.map(() => null);
        if (!stale) setKnown({ requests, profileId, sum: sumOf(amounts) });
      });
    }, QUIET);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [requests, profileId]);
  if (known === null || requests === null || known.profileId !== profileId) return null;
  return known.requests.length === requests.length && modelsOf(known.requests) === modelsOf(requests)
    ? known.sum
    : null;
}

const modelsOf = (requests: Requests): string => requests.map(({ endpointId }) => endpointId).join('\n');
