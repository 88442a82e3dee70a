import { memo, useId } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import type { Counts, Filters, Shelf } from './narrow.ts';

interface FilterPanelProps {
  readonly counts: Counts;
  readonly shelf: Shelf;
  readonly onChange: (some: Pick<Filters, 'shelf'>) => void;
}

const ALL: Shelf = { kind: 'all' };
const STARRED: Shelf = { kind: 'starred' };
const RECENT: Shelf = { kind: 'recent' };
const REALTIME: Shelf = { kind: 'realtime' };

/** The parts of the catalogue, one of which is looked at, with what each has of what was found. */
export const FilterPanel = memo(function FilterPanel({
  counts,
  shelf,
  onChange,
}: FilterPanelProps): ReactNode {
  const name = useId();
  const row = (own: Shelf, label: string, count: number): ReactNode => (
    <ShelfRow
      key={label}
      group={name}
      label={label}
      count={count}
      checked={
        own.kind === 'category' && shelf.kind === 'category'
          ? own.category === shelf.category
          : own.kind === shelf.kind
      }
      onChoose={() => onChange({ shelf: own })}
    />
  );
  return (
    <div
      role="radiogroup"
      aria-label="Show"
      className="min-h-0 overflow-y-auto overscroll-contain border-r border-line p-1.5"
    >
      {row(ALL, 'All models', counts.all)}
      {row(STARRED, 'Starred', counts.starred)}
      {row(RECENT, 'Recent', counts.recent)}
      {row(REALTIME, 'Realtime', counts.realtime)}
      <div role="presentation" className="mx-2 my-1.5 h-px bg-line" />
      {counts.categories.map(([category, count]) => row({ kind: 'category', category }, category, count))}
    </div>
  );
});

interface ShelfRowProps {
  readonly group: string;
  readonly label: string;
  readonly count: number;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

/** The browser's own radio: there are dozens, and all are drawn anew with every key. */
function ShelfRow({ group, label, count, checked, onChoose }: ShelfRowProps): ReactNode {
  return (
    <label
      className={cx(
        'relative flex h-7 items-center justify-between gap-2 rounded-md px-2 select-none hover:bg-hover hover:text-text',
        checked ? 'bg-hover text-text' : count === 0 ? 'text-faint' : 'text-soft',
      )}
    >
      <input
        type="radio"
        name={group}
        checked={checked}
        onChange={onChoose}
        className="absolute inset-0 cursor-default appearance-none rounded-md focus-visible:outline-offset-[-2px]"
      />
      <span className="truncate">{label}</span>
      <span className="tabular text-xs text-faint">{count}</span>
    </label>
  );
}
