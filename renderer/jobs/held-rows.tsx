import { X } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useJobs } from '../stores/jobs.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { titleOf } from '../viewers/title.ts';
import { About, OpenButton, RowButton } from './job-row.tsx';
import { useHeldFocus } from './use-held-focus.ts';

/** What was waiting when the program last stopped: each may be sent or removed by itself. */
export function HeldRows({ ids }: { readonly ids: readonly RunId[] }): ReactNode {
  const list = useHeldFocus(ids);
  return (
    <ol ref={list} aria-label="Not sent">
      {ids.map((id) => (
        <HeldRow key={id} id={id} />
      ))}
    </ol>
  );
}

const HeldRow = memo(function HeldRow({ id }: { readonly id: RunId }): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  const cancel = useJobs((state) => state.cancel);
  const release = useJobs((state) => state.release);
  if (run === undefined) return null;
  const title = titleOf(run);
  return (
    <li data-job={id} className="flex items-center">
      <OpenButton run={run}>
        <span className="block truncate text-text">{title}</span>
        <About run={run} words={new Date(run.times.created).toLocaleString()} />
      </OpenButton>
      <Button
        look="quiet"
        className="h-7 px-2"
        aria-label={`Send ${title}`}
        data-control="send"
        onClick={() => void release([id])}
      >
        Send
      </Button>
      <RowButton label={`Remove ${title}`} tip="Remove" control="remove" onClick={() => void cancel([id])}>
        <X size={14} aria-hidden />
      </RowButton>
    </li>
  );
});
