import { ArrowDown, ArrowUp, ArrowUpToLine, GripVertical, X } from 'lucide-react';
import { memo, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useDragOrder } from '../fields/use-drag-order.ts';
import type { Drag } from '../fields/use-drag-order.ts';
import { useJobs } from '../stores/jobs.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { titleOf } from '../viewers/title.ts';
import { About, OpenButton, RowButton } from './job-row.tsx';
import { useHeldFocus } from './use-held-focus.ts';

interface WaitingRowsProps {
  /** All that wait: a row may be moved past the last that is drawn. */
  readonly ids: readonly RunId[];
  /** How many of them are drawn, from the first. */
  readonly drawn: number;
}

/** What is not sent yet, the next one first; its order is the person's. */
export function WaitingRows({ ids, drawn }: WaitingRowsProps): ReactNode {
  const reorder = useJobs((state) => state.reorder);
  const [said, setSaid] = useState('');
  const list = useHeldFocus(ids);
  const move = (from: number, to: number): void => {
    const id = ids[from];
    if (id === undefined || to < 0 || to >= ids.length || to === from) return;
    const run = useRuns.getState().runs[id];
    void reorder(id, ids.filter((other) => other !== id)[to] ?? null);
    setSaid(`${run === undefined ? 'Run' : titleOf(run)} moved to ${to + 1} of ${ids.length}`);
  };
  const { drag, onPointerDown } = useDragOrder(move);
  return (
    <>
      <ol ref={list} data-rows aria-label="Waiting, in the order in which they are sent">
        {ids.slice(0, drawn).map((id, index) => (
          <WaitingRow
            key={id}
            id={id}
            index={index}
            count={ids.length}
            line={lineAt(drag, index)}
            lifted={drag?.from === index && drag.from !== drag.to}
            onGrip={onPointerDown}
            onMove={move}
          />
        ))}
      </ol>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

interface WaitingRowProps {
  readonly id: RunId;
  readonly index: number;
  readonly count: number;
  readonly line: 'before' | 'after' | null;
  readonly lifted: boolean;
  readonly onGrip: (event: PointerEvent<HTMLElement>, index: number) => void;
  readonly onMove: (from: number, to: number) => void;
}

const WaitingRow = memo(function WaitingRow(props: WaitingRowProps): ReactNode {
  const { id, index, count, line, lifted, onGrip, onMove } = props;
  const run = useRuns((state) => state.runs[id]);
  const cancel = useJobs((state) => state.cancel);
  if (run === undefined) return null;
  const title = titleOf(run);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    // The keys are a short way to what the buttons do.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      data-row
      data-job={id}
      onKeyDown={onKeyDown}
      className={cx(
        'relative flex items-center',
        lifted && 'opacity-50',
        line !== null && 'after:absolute after:inset-x-0 after:h-0.5 after:rounded-full after:bg-accent',
        line === 'before' && 'after:-top-px',
        line === 'after' && 'after:-bottom-px',
      )}
    >
      <span
        aria-hidden
        title="Drag to move"
        onPointerDown={(event) => onGrip(event, index)}
        className="flex h-9 w-4 shrink-0 cursor-grab touch-none items-center justify-center text-faint hover:text-text active:cursor-grabbing"
      >
        <GripVertical size={14} />
      </span>
      <OpenButton run={run}>
        <span className="block truncate text-text">{title}</span>
        <About run={run} words={index === 0 ? 'Next' : `${index} ahead`} />
      </OpenButton>
      <RowButton
        label={`Send ${title} next`}
        tip="Next"
        control="next"
        disabled={index === 0}
        onClick={() => onMove(index, 0)}
      >
        <ArrowUpToLine size={14} aria-hidden />
      </RowButton>
      <RowButton
        label={`Move ${title} up`}
        tip="Up (Alt ↑)"
        control="up"
        disabled={index === 0}
        onClick={() => onMove(index, index - 1)}
      >
        <ArrowUp size={14} aria-hidden />
      </RowButton>
      <RowButton
        label={`Move ${title} down`}
        tip="Down (Alt ↓)"
        control="down"
        disabled={index === count - 1}
        onClick={() => onMove(index, index + 1)}
      >
        <ArrowDown size={14} aria-hidden />
      </RowButton>
      <RowButton label={`Remove ${title}`} tip="Remove" control="remove" onClick={() => void cancel([id])}>
        <X size={14} aria-hidden />
      </RowButton>
    </li>
  );
});

/** The line between two rows where the dragged one would come to stand. */
function lineAt(drag: Drag | null, index: number): 'before' | 'after' | null {
  if (drag === null || drag.from === drag.to || index !== drag.to) return null;
  return drag.to < drag.from ? 'before' : 'after';
}
