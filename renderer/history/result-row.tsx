import { memo } from 'react';
import type { ReactNode } from 'react';
import type { HistoryView } from '../../shared/history/look.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ListCells } from './list-row.tsx';
import { Tile } from './tile.tsx';

interface ResultRowProps {
  readonly ids: readonly RunId[];
  readonly from: number;
  readonly to: number;
  /** Its number among all rows, from 1. */
  readonly number: number;
  /** In px. */
  readonly top: number;
  readonly height: number;
  readonly gap: number;
  readonly columns: number;
  readonly tileWidth: number;
  readonly view: HistoryView;
  /** The run that Tab comes to, where it is one of these. */
  readonly stop: RunId | null;
}

/** Runs beside each other; one in the list. Scrolling draws none anew that is there already. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps): ReactNode {
  const { ids, from, to, number, top, height, gap, columns, tileWidth, view, stop } = props;
  const runs = ids.slice(from, to);
  const place = { height, transform: `translateY(${top}px)` };
  if (view === 'list')
    return (
      <div role="row" aria-rowindex={number} className="absolute inset-x-2 top-0" style={place}>
        {runs.map((id) => (
          <ListCells key={id} id={id} stop={id === stop} />
        ))}
      </div>
    );
  return (
    <div
      role="row"
      aria-rowindex={number}
      className="absolute inset-x-4 top-0 grid"
      style={{ ...place, gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {runs.map((id) => (
        <Tile key={id} id={id} width={tileWidth} stop={id === stop} />
      ))}
    </div>
  );
});

interface HeadingRowProps {
  readonly name: string;
  /** Null where the name tells it. */
  readonly count: number | null;
  readonly number: number;
  readonly top: number;
  readonly height: number;
}

/** The name of a group, over its runs. */
export const HeadingRow = memo(function HeadingRow(props: HeadingRowProps): ReactNode {
  const { name, count, number, top, height } = props;
  return (
    <div
      role="row"
      aria-rowindex={number}
      className="absolute inset-x-4 top-0"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div role="rowheader">
        <h2 className="tabular truncate pt-3 text-soft">
          {name}
          {count !== null && (
            <span className="tabular pl-2 text-xs text-faint">
              {count.toLocaleString('en-US')}
              <span className="sr-only"> {count === 1 ? 'run' : 'runs'}</span>
            </span>
          )}
        </h2>
      </div>
    </div>
  );
});
