import { useState } from 'react';
import type { ReactNode } from 'react';
import { tallyOf } from '../../shared/batch/cells.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { sayError } from '../ui/toasts.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { sendAgain } from './send.ts';
import type { Batch } from './use-batch.ts';

/** How a batch stands as a whole, and the two things that are done to more than one run of it. */
export function BatchBar({ batch }: { readonly batch: Batch }): ReactNode {
  const { shown } = batch;
  const cancel = useRuns((state) => state.cancel);
  const [sending, setSending] = useState(false);
  const { all, over, succeeded, going, failed } = tallyOf(shown);
  const retry = async (): Promise<void> => {
    setSending(true);
    const again = new Set(failed);
    const refused: AppError | null = await sendAgain(shown.filter((run) => again.has(run.id)));
    setSending(false);
    if (refused !== null) sayError(refused);
  };
  return (
    <div className="flex min-h-[57px] shrink-0 items-center gap-3 border-t border-line bg-panel px-4">
      {over < all && (
        <ProgressBar
          label="Progress of the batch"
          value={over / all}
          className="w-28 shrink-0 max-[1000px]:hidden"
        />
      )}
      <p role="status" className="tabular min-w-0 truncate text-soft">
        {[
          `${succeeded} of ${all} done`,
          failed.length > 0 && `${failed.length} failed`,
          over - succeeded - failed.length > 0 && `${over - succeeded - failed.length} stopped`,
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      <div className="flex-1" />
      {failed.length > 0 && (
        <Button disabled={sending} onClick={() => void retry()}>
          Retry the {failed.length} failed
        </Button>
      )}
      {going.length > 0 && (
        <Button onClick={() => void Promise.all(going.map((id) => cancel(id)))}>Cancel all</Button>
      )}
    </div>
  );
}
