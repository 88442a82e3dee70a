import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { isOver } from '../../shared/runs/transitions.ts';
import { useRuns } from '../stores/runs.ts';

/** How many runs are under way, over all models. */
export function JobsMark(): ReactNode {
  const count = useRuns((state) => Object.values(state.runs).filter((run) => !isOver(run.state)).length);
  return (
    <p role="status" className="flex items-center gap-1.5 text-soft">
      {count > 0 && (
        <>
          <LoaderCircle size={14} aria-hidden className="animate-spin motion-reduce:animate-none" />
          <span className="tabular">{count === 1 ? '1 running' : `${count} running`}</span>
        </>
      )}
    </p>
  );
}
