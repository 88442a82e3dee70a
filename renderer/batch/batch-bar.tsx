import { useState } from 'react';
import type { ReactNode } from 'react';
import { tallyOf } from '../../shared/batch/cells.ts';
import { spendOf } from '../../shared/money/spend.ts';
import { sumOf } from '../../shared/money/sum.ts';
import { sumWords } from '../../shared/money/words.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { sayError } from '../ui/toasts.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { keepFocus } from './keep-focus.ts';
import { sendAgain } from './send.ts';
import type { Batch } from './use-batch.ts';

/** How a batch stands as a whole, and the two things that are done to more than one run of it. */
export function BatchBar({ batch }: { readonly batch: Batch }): ReactNode {
  const { shown, runs } = batch;
  // What was tried again was paid for as well.
  const spent = sumWords(sumOf(runs.filter(({ state }) => isOver(state)).map(spendOf)));
  const cancel = useRuns((state) => state.cancel);
  const [sending, setSending] = useState(false);
  const { all, over, succeeded, going, failed } = tallyOf(shown);
  const cancelAll = async (): Promise<void> => {
    for (const turn of going) await Promise.all(turn.map((id) => cancel(id)));
  };
  const retry = async (): Promise<void> => {
    setSending(true);
    const again = new Set(failed);
    const sent = await sendAgain(shown.filter((run) => again.has(run.id)));
    setSending(false);
    if (sent !== 'sent' && sent !== 'stayed') sayError(sent);
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
      {spent !== null && (
        <p className="tabular min-w-0 truncate text-soft">{spent === 'free' ? spent : `${spent} so far`}</p>
      )}
      <div className="flex-1" />
      {failed.length > 0 && (
        <Button
          disabled={sending}
          onClick={(event) => {
            keepFocus(event.currentTarget);
            void retry();
          }}
        >
          Retry the {failed.length} failed
        </Button>
      )}
      {going.length > 0 && (
        <Button
          onClick={(event) => {
            keepFocus(event.currentTarget);
            void cancelAll();
          }}
        >
          Cancel all
        </Button>
      )}
    </div>
  );
}
