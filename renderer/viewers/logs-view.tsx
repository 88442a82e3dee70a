import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { State } from '../ui/state.tsx';

const NO_LOGS: readonly LogEntry[] = [];
const NEAR_END = 24;

/** The runner's log; follows its end until scrolled away from it. */
export function LogsView({ run }: { readonly run: Run }): ReactNode {
  const logs = useRuns((state) => state.logs[run.id]) ?? NO_LOGS;
  const area = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    if (following.current) area.current?.scrollTo({ top: area.current.scrollHeight });
  }, [logs]);
  if (logs.length === 0)
    return (
      <State
        title={isOver(run.state) ? 'This run left no log' : 'No log yet'}
        text="Lines appear here as the runner writes them."
      />
    );
  return (
    <div
      ref={area}
      role="log"
      aria-label="Log of the run"
      // A scrolled region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        following.current = scrollTop + clientHeight > scrollHeight - NEAR_END;
      }}
      className="min-h-0 flex-1 overflow-y-auto p-4 font-mono text-xs leading-[18px] select-text focus-visible:outline-offset-[-2px]"
    >
      {logs.map((entry, index) => (
        <div key={`${entry.timestamp}-${index}`} className="flex gap-4">
          <span className="tabular shrink-0 text-faint">{timeOf(entry.timestamp)}</span>
          <span
            className={cx(
              'min-w-0 break-words whitespace-pre-wrap',
              /ERROR|STDERR/.test(entry.level) ? 'text-danger' : 'text-soft',
            )}
          >
            {entry.message}
          </span>
        </div>
      ))}
    </div>
  );
}

/** `14:05:09.120`; as sent where it is no date. */
function timeOf(timestamp: string): string {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return timestamp;
  return `${time.toLocaleTimeString('en-GB')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
