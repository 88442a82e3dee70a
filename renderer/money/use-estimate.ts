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

interface Estimate {
  /** Null until one is reckoned. While newer requests of the same models are, the sum of those before stands. */
  readonly sum: MoneySum | null;
  /** Whether the sum is of these very requests; that nothing is known of them is a sum too. */
  readonly current: boolean;
}

/** What these requests would cost together, a moment behind them. They must stay the same array while they are the same. */
export function useEstimate(requests: Requests | null): Estimate {
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
  return estimateOf(known, requests, profileId);
}

export function estimateOf(known: Known | null, requests: Requests | null, profileId: string): Estimate {
  if (known === null || requests === null || known.profileId !== profileId) return NONE;
  if (known.requests === requests) return { sum: known.sum, current: true };
  const alike = known.requests.length === requests.length && modelsOf(known.requests) === modelsOf(requests);
  return alike ? { sum: known.sum, current: false } : NONE;
}

const NONE: Estimate = { sum: null, current: false };

const modelsOf = (requests: Requests): string => requests.map(({ endpointId }) => endpointId).join('\n');
