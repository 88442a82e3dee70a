import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useRuns } from '../stores/runs.ts';
import { RunThumb } from '../viewers/run-thumb.tsx';

/** The frames kept of this model since it was opened, newest first; each leads to its row in the history. */
export function KeptStrip(): ReactNode {
  const kept = useLive((state) => state.kept);
  const runs = useRuns((state) => state.runs);
  const showInHistory = useApp((state) => state.showInHistory);
  if (kept.length === 0) return null;
  return (
    <ul
      aria-label="Kept frames"
      className="flex h-18 shrink-0 items-center gap-2 overflow-x-auto border-t border-line px-4"
    >
      {kept.map((id) => {
        const run = runs[id];
        if (run === undefined) return null;
        return (
          <li key={id}>
            <button
              type="button"
              aria-label={`Kept at ${new Date(run.times.created).toLocaleTimeString()}, show in History`}
              onClick={() => showInHistory(id)}
              className="block size-12 overflow-hidden rounded-md border border-line transition-colors duration-120 hover:border-edge"
            >
              <RunThumb run={run} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
