import type { ReactNode } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { isOver, mayBeCancelled } from '../../shared/runs/transitions.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { useNow } from '../ui/use-now.ts';
import { useProgress } from '../viewers/use-progress.ts';
import { clock, duration, stateWords } from '../viewers/words.ts';

/** Under the result: how the run in sight stands, and the way to stop it. */
export function StatusBar({ run }: { readonly run: Run | undefined }): ReactNode {
  const going = run !== undefined && !isOver(run.state);
  const now = useNow(going);
  const cancel = useRuns((state) => state.cancel);
  const stoppable = run !== undefined && mayBeCancelled(run.state);
  return (
    <div className="flex h-[57px] shrink-0 items-center gap-3 border-t border-line bg-panel px-4">
      {going && <Progress run={run} />}
      <p role="status" className="min-w-0 truncate text-soft">
        {run !== undefined && stateWords(run.state)}
        {run !== undefined && run.state.kind === 'succeeded' && ` in ${duration(total(run))}`}
      </p>
      {going && <p className="tabular text-faint">{clock(now - run.times.created)}</p>}
      <div className="flex-1" />
      {going && (
        <Button disabled={!stoppable} onClick={() => void cancel(run.id)}>
          Cancel <Kbd keys="Esc" className="text-faint" />
        </Button>
      )}
    </div>
  );
}

function Progress({ run }: { readonly run: Run }): ReactNode {
  return <ProgressBar value={useProgress(run)} className="w-28 shrink-0" />;
}

const total = (run: Run): number => (run.times.ended ?? run.times.created) - run.times.created;
