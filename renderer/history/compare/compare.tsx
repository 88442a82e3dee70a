import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../../shared/runs/run.ts';

const CompareView = lazy(async () => ({ default: (await import('./compare-view.tsx')).CompareView }));

interface CompareProps {
  /** Two to four; more are left out. */
  readonly ids: readonly RunId[];
  readonly onClose: () => void;
}

/** Runs held against each other, in the place of the list they were chosen in. */
export function Compare({ ids, onClose }: CompareProps): ReactNode {
  // Asked before it is drawn: what is covered then loses the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
  return (
    <Suspense fallback={<div aria-busy className="min-w-0 flex-1" />}>
      <CompareView key={ids.join(' ')} ids={ids} onClose={onClose} />
    </Suspense>
  );
}
