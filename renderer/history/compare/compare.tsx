import { lazy, Suspense } from 'react';
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
  return (
    <Suspense fallback={<div aria-busy className="min-w-0 flex-1" />}>
      <CompareView key={ids.join(' ')} ids={ids} onClose={onClose} />
    </Suspense>
  );
}
