import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { RunThumb } from '../viewers/run-thumb.tsx';
import { titleOf } from '../viewers/title.ts';

const NONE: readonly RunId[] = [];

/** This model's last results, newest first. */
export function RecentStrip({
  endpointId,
  shown,
}: {
  readonly endpointId: string;
  readonly shown: RunId | undefined;
}): ReactNode {
  const ids = useRuns((state) => state.recent[endpointId]) ?? NONE;
  const runs = useRuns((state) => state.runs);
  const show = usePlayground((state) => state.show);
  if (ids.length === 0) return null;
  return (
    <ul
      aria-label="This model's last results"
      className="flex h-18 shrink-0 items-center gap-2 overflow-x-auto border-t border-line px-4"
    >
      {ids.map((id) => {
        const run = runs[id];
        if (run === undefined) return null;
        return (
          <li key={id}>
            <button
              type="button"
              aria-label={`${titleOf(run)}, ${new Date(run.times.created).toLocaleTimeString()}`}
              aria-pressed={id === shown}
              onClick={() => show(id)}
              className={cx(
                'block size-12 overflow-hidden rounded-md border transition-colors duration-120',
                id === shown ? 'border-accent outline-1 outline-accent' : 'border-line hover:border-edge',
              )}
            >
              <RunThumb run={run} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
