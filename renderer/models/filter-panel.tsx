import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import type { Counts, Shelf } from './narrow.ts';

interface FilterPanelProps {
  readonly counts: Counts;
  readonly shelf: Shelf;
  readonly onShelf: (shelf: Shelf) => void;
}

const keyOf = (shelf: Shelf): string =>
  shelf.kind === 'category' ? `category ${shelf.category}` : shelf.kind;

/** The parts of the catalogue, one of which is looked at, with what each has of what was found. */
export function FilterPanel({ counts, shelf, onShelf }: FilterPanelProps): ReactNode {
  const rows: readonly (readonly [shelf: Shelf, label: string, count: number])[] = [
    [{ kind: 'all' }, 'All models', counts.all],
    [{ kind: 'starred' }, 'Starred', counts.starred],
    [{ kind: 'recent' }, 'Recent', counts.recent],
    [{ kind: 'realtime' }, 'Realtime', counts.realtime],
  ];
  const categories = counts.categories.map(
    ([category, count]) => [{ kind: 'category', category } as const, category, count] as const,
  );
  const all = [...rows, ...categories];
  return (
    <RadioGroup
      aria-label="Show"
      value={keyOf(shelf)}
      onValueChange={(key) => {
        const chosen = all.find(([own]) => keyOf(own) === key);
        if (chosen !== undefined) onShelf(chosen[0]);
      }}
      className="min-h-0 overflow-y-auto overscroll-contain border-r border-line p-1.5"
    >
      {rows.map(([own, label, count]) => (
        <ShelfRow key={label} value={keyOf(own)} label={label} count={count} />
      ))}
      <div role="presentation" className="mx-2 my-1.5 h-px bg-line" />
      {categories.map(([own, label, count]) => (
        <ShelfRow key={label} value={keyOf(own)} label={label} count={count} />
      ))}
    </RadioGroup>
  );
}

interface ShelfRowProps {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

function ShelfRow({ value, label, count }: ShelfRowProps): ReactNode {
  return (
    <Radio.Root
      value={value}
      className="flex h-7 w-full cursor-default items-center justify-between gap-2 rounded-md px-2 text-soft select-none hover:bg-hover hover:text-text focus-visible:outline-offset-[-2px] data-checked:bg-hover data-checked:text-text"
    >
      <span className={cx('truncate', count === 0 && 'text-faint')}>{label}</span>
      <span className="tabular text-xs text-faint">{count}</span>
    </Radio.Root>
  );
}
