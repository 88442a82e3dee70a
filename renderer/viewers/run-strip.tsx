import type { ReactNode } from 'react';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { RunThumb } from './run-thumb.tsx';

interface RunStripProps {
  readonly label: string;
  readonly ids: readonly RunId[];
  readonly nameOf: (run: Run) => string;
  readonly onPick: (id: RunId) => void;
  /** The one chosen, null for none; left out where a pick leads elsewhere. */
  readonly chosen?: RunId | null;
}

/** Runs as one row of small pictures; nothing where there are none. */
export function RunStrip({ label, ids, nameOf, onPick, chosen }: RunStripProps): ReactNode {
  if (ids.length === 0) return null;
  return (
    <ul
      aria-label={label}
      className="flex h-18 shrink-0 items-center gap-2 overflow-x-auto border-t border-line px-4"
    >
      {ids.map((id) => (
        <Stamp
          key={id}
          id={id}
          nameOf={nameOf}
          onPick={onPick}
          pressed={chosen === undefined ? undefined : id === chosen}
        />
      ))}
    </ul>
  );
}

interface StampProps extends Pick<RunStripProps, 'nameOf' | 'onPick'> {
  readonly id: RunId;
  readonly pressed: boolean | undefined;
}

/** Drawn again when its own run changes, not when any does. */
function Stamp({ id, nameOf, onPick, pressed }: StampProps): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  if (run === undefined) return null;
  return (
    <li>
      <button
        type="button"
        aria-label={nameOf(run)}
        aria-pressed={pressed}
        onClick={() => onPick(id)}
        className={cx(
          'block size-12 overflow-hidden rounded-md border transition-colors duration-120',
          pressed === true ? 'border-accent outline-1 outline-accent' : 'border-line hover:border-edge',
        )}
      >
        <RunThumb run={run} />
      </button>
    </li>
  );
}
