import { X } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { mayBeCancelled } from '../../shared/runs/transitions.ts';
import { useJobs } from '../stores/jobs.ts';
import { useRuns } from '../stores/runs.ts';
import { Elapsed } from '../ui/elapsed.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { RunThumb } from '../viewers/run-thumb.tsx';
import { titleOf } from '../viewers/title.ts';
import { useProgress } from '../viewers/use-progress.ts';
import { clock, duration, stateWords } from '../viewers/words.ts';
import { openJob } from './open-job.ts';

/** A run under way: where it stands, for how long, and the way to stop it. */
export const GoingRow = memo(function GoingRow({ id }: { readonly id: RunId }): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  const cancel = useJobs((state) => state.cancel);
  if (run === undefined) return null;
  const title = titleOf(run);
  return (
    <li data-job={id} className="flex items-start gap-1">
      <OpenButton run={run}>
        <span className="flex gap-3">
          <span className="min-w-0 flex-1 truncate text-text">{title}</span>
          <span className="tabular shrink-0 text-faint">
            <Elapsed since={run.times.created} words={clock} />
          </span>
        </span>
        <About run={run} words={stateWords(run.state)} />
        {run.state.kind === 'running' && <Progress run={run} />}
      </OpenButton>
      <RowButton
        label={`Cancel ${title}`}
        tip="Cancel"
        control="cancel"
        disabled={!mayBeCancelled(run.state)}
        onClick={() => void cancel([id])}
      >
        <X size={14} aria-hidden />
      </RowButton>
    </li>
  );
});

function Progress({ run }: { readonly run: Run }): ReactNode {
  return <ProgressBar value={useProgress(run)} className="mt-1.5 mb-0.5" />;
}

/** A run that has just ended: what it made, or how it failed. */
export const EndedRow = memo(function EndedRow({ id }: { readonly id: RunId }): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  if (run === undefined) return null;
  const { state, times } = run;
  const words = state.kind === 'failed' ? `Failed: ${state.error.title}` : stateWords(state);
  return (
    <li data-job={id}>
      <OpenButton run={run}>
        <span className="flex items-center gap-3">
          <span className="size-9 shrink-0 overflow-hidden rounded-sm border border-line">
            <RunThumb run={run} />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex gap-3">
              <span className="min-w-0 flex-1 truncate text-text">{titleOf(run)}</span>
              <span className="tabular shrink-0 text-faint">
                {times.ended !== null && duration(times.ended - times.created)}
              </span>
            </span>
            <About run={run} words={words} />
          </span>
        </span>
      </OpenButton>
    </li>
  );
});

/** The larger part of a row: it opens the run at its model. */
export function OpenButton({
  run,
  children,
}: {
  readonly run: Run;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      data-control="open"
      onClick={() => openJob(run)}
      className="min-w-0 flex-1 rounded-md px-2 py-1 text-left hover:bg-hover"
    >
      {children}
    </button>
  );
}

/** Under a run's title: how it stands, its place among those begun with it, and its model. */
export function About({ run, words }: { readonly run: Run; readonly words: string }): ReactNode {
  const { batch } = run;
  const place = batch === null ? [] : [batch.column.label, batch.row.label];
  const facts = [words, ...place, titleOf(run) === run.endpointId ? '' : run.endpointId];
  return <span className="block truncate text-xs text-soft">{facts.filter(Boolean).join(' · ')}</span>;
}

interface RowButtonProps {
  readonly label: string;
  readonly tip: string;
  /** By which the focus finds the same button of another row. */
  readonly control: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A small button of a row. A list may have a hundred rows of them: their tips are the system's own. */
export function RowButton({
  label,
  tip,
  control,
  disabled = false,
  onClick,
  children,
}: RowButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title={tip}
      data-control={control}
      // Not `disabled`: the row moves under the button, and the focus would be lost.
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick();
      }}
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text aria-disabled:opacity-40 aria-disabled:hover:bg-transparent"
    >
      {children}
    </button>
  );
}
