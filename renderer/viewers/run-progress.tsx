import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { useNow } from '../ui/use-now.ts';
import { useProgress } from './use-progress.ts';
import { clock, stateWords } from './words.ts';

const NO_LOGS: readonly LogEntry[] = [];

/** A run under way: where it stands, how long it takes, and its newest log lines. */
export function RunProgress({ run }: { readonly run: Run }): ReactNode {
  const now = useNow(true);
  const progress = useProgress(run);
  const logs = useRuns((state) => state.logs[run.id]) ?? NO_LOGS;
  const { state } = run;
  const trouble = troubleOf(run);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-5 p-8">
      <div className="text-center">
        <p className="text-lg text-text">{stateWords(state)}</p>
        <p className="tabular pt-1 text-soft">{clock(now - run.times.created)}</p>
      </div>
      <ProgressBar value={progress} className="w-64" />
      {state.kind === 'confirming' && (
        <p className="max-w-md text-center text-soft">
          {state.error.title}. Nothing is sent again meanwhile.
        </p>
      )}
      {trouble !== null && (
        <p role="status" className="max-w-md text-center text-soft">
          {trouble.title}. {wayOutOf(trouble)}
        </p>
      )}
      {logs.length > 0 && (
        <ol className="w-full max-w-md space-y-0.5 font-mono text-xs text-faint">
          {logs.slice(-4).map((entry, index) => (
            <li key={`${entry.timestamp}-${index}`} className="truncate last:text-soft">
              {entry.message}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface RunLineProps {
  readonly run: Run;
  /** Only what a line beneath does not say anyway. */
  readonly brief: boolean;
}

/** The same in one line, over what the run has brought so far. */
export function RunLine({ run, brief }: RunLineProps): ReactNode {
  const trouble = troubleOf(run);
  if (brief && trouble === null) return null;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1 text-soft">
      {!brief && <RunState run={run} />}
      {trouble !== null && (
        <p role="status">
          {trouble.title}. {wayOutOf(trouble)}
        </p>
      )}
    </div>
  );
}

function RunState({ run }: { readonly run: Run }): ReactNode {
  const now = useNow(true);
  return (
    <>
      <ProgressBar value={useProgress(run)} className="w-28 shrink-0" />
      <p>{stateWords(run.state)}</p>
      <p className="tabular text-faint">{clock(now - run.times.created)}</p>
    </>
  );
}

const troubleOf = ({ state }: Run): AppError | null => ('trouble' in state ? state.trouble : null);

function wayOutOf(trouble: AppError): string {
  switch (trouble.kind) {
    case 'input':
      return trouble.hint;
    case 'auth':
      return 'Check it in Settings; the run goes on at fal.';
    default:
      return 'Asking again; the run goes on at fal.';
  }
}

/** Filled as far as is known; where nothing is known it only shows that something goes on. */
export function ProgressBar({
  label = 'Progress of the run',
  words,
  value,
  className,
}: {
  readonly label?: string;
  /** How far it is, read in the place of the share. */
  readonly words?: string;
  readonly value: number | null;
  readonly className: string;
}): ReactNode {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(words === undefined ? {} : { 'aria-valuetext': words })}
      {...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) })}
      className={`h-1 overflow-hidden rounded-full bg-pressed ${className}`}
    >
      {value === null ? (
        <div className="h-full w-1/3 animate-[sweep_1.4s_ease-in-out_infinite] rounded-full bg-edge motion-reduce:w-full motion-reduce:animate-none motion-reduce:opacity-50" />
      ) : (
        <div
          className="h-full rounded-full bg-text transition-[width] duration-120"
          style={{ width: `${value * 100}%` }}
        />
      )}
    </div>
  );
}
