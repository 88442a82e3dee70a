import { useVirtualizer } from '@tanstack/react-virtual';
import { Zap } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { RunThumb } from '../viewers/run-thumb.tsx';
import { titleOf } from '../viewers/title.ts';
import { rowsByDay } from './days.ts';

interface HistoryGridProps {
  readonly ids: readonly RunId[];
  readonly open: RunId | null;
  readonly onOpen: (id: RunId) => void;
}

const TILE = 168;
const GAP = 12;
const CAPTION = 44;
const DAY_ROW = 36;

/** Results by day, drawn only where they can be seen; the next page comes as the end is neared. */
export function HistoryGrid({ ids, open, onOpen }: HistoryGridProps): ReactNode {
  const more = useRuns((state) => state.more);
  const loadHistory = useRuns((state) => state.loadHistory);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const columns = Math.max(1, Math.floor((width - 2 * 16 + GAP) / (TILE + GAP)));
  const rows = useMemo(
    () =>
      // When a run was made never changes: what becomes of it is its tile's alone.
      rowsByDay(
        ids.flatMap((id) => useRuns.getState().runs[id] ?? []),
        columns,
        new Date(),
      ),
    [ids, columns],
  );
  const tile = (width - 2 * 16 - (columns - 1) * GAP) / columns;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? DAY_ROW : tile + CAPTION),
    overscan: 3,
    paddingEnd: 16,
  });
  // Row heights follow from the width; what was measured for another width no longer holds.
  useEffect(() => virtualizer.measure(), [virtualizer, tile, rows]);

  // The run beside the grid stays in sight in it, also when the grid is laid out anew for it.
  const openRow = rows.findIndex((row) => row.kind === 'runs' && row.runs.some((run) => run.id === open));
  useEffect(() => {
    if (openRow !== -1) virtualizer.scrollToIndex(openRow, { align: 'auto' });
  }, [virtualizer, openRow, columns]);

  // Opening a run makes the grid narrower and its tiles new ones; the focus stays with the run.
  useEffect(() => {
    if (document.activeElement !== document.body || open === null) return;
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-tile="${open}"]`)?.focus(),
    );
  }, [open, columns]);

  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 2) void loadHistory();
  }, [more, last, rows.length, loadHistory]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => moveFocus(event, columns);

  return (
    <div ref={scroller} className="min-w-0 flex-1 overflow-y-auto" onKeyDown={onKeyDown} role="presentation">
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              className="absolute inset-x-4 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.kind === 'day' ? (
                <h2 className="pt-3 text-soft">{row.name}</h2>
              ) : (
                <div
                  className="grid"
                  style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gap: GAP }}
                >
                  {row.runs.map((run) => (
                    <Tile key={run.id} id={run.id} open={run.id === open} onOpen={onOpen} />
                  ))}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Tile({
  id,
  open,
  onOpen,
}: {
  readonly id: RunId;
  readonly open: boolean;
  readonly onOpen: (id: RunId) => void;
}): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  if (run === undefined) return null;
  const title = titleOf(run);
  return (
    <button
      type="button"
      data-tile={run.id}
      aria-pressed={open}
      onClick={() => onOpen(run.id)}
      className="group min-w-0 rounded-md text-left"
    >
      <span
        className={cx(
          'relative block aspect-square overflow-hidden rounded-md border transition-colors duration-120',
          open ? 'border-accent outline-1 outline-accent' : 'border-line group-hover:border-edge',
        )}
      >
        <RunThumb run={run} />
        {run.origin === 'live' && (
          <span className="absolute right-1 bottom-1 flex size-5 items-center justify-center rounded-sm bg-panel text-soft">
            <Zap size={12} aria-hidden />
            <span className="sr-only">Kept from Realtime</span>
          </span>
        )}
      </span>
      <span className="block truncate pt-1 text-xs text-soft">{title}</span>
      {title !== run.endpointId && (
        <span className="block truncate text-xs text-faint">{run.endpointId}</span>
      )}
    </button>
  );
}

/** The arrow keys go from tile to tile; up and down by a whole row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>, columns: number): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  const step = steps[event.key];
  if (step === undefined) return;
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tile]')];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  if (at === -1) return;
  event.preventDefault();
  tiles[Math.min(Math.max(at + step, 0), tiles.length - 1)]?.focus();
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
