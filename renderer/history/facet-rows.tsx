import { Minus } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { standingIn } from '../../shared/history/edit-query.ts';
import { cx } from '../ui/cx.ts';
import { Finder } from '../ui/finder.tsx';
import type { FacetRow } from './facet-groups.ts';

/** Rows of a group in sight; of more, one searches. */
const MOST_ROWS = 12;

interface FacetGroupRowsProps {
  readonly title: string;
  readonly rows: readonly FacetRow[];
  readonly text: string;
  /** The key of the row that Tab leads to. */
  readonly reached: string | null;
  readonly onReach: (key: string) => void;
  readonly onToggle: (row: FacetRow, not: boolean) => void;
}

export function FacetGroupRows(props: FacetGroupRowsProps): ReactNode {
  const { title, rows, text, reached, onReach, onToggle } = props;
  const id = useId();
  // What is chosen stays in sight, however rare.
  const chosen = rows.filter(({ filter }, index) => index >= MOST_ROWS && standingIn(text, filter) !== null);
  const shown = [...rows.slice(0, MOST_ROWS), ...chosen];
  const more = rows.filter((row) => !shown.includes(row));
  return (
    <div role="group" aria-labelledby={id} className="pb-3">
      <p id={id} className="px-2 pb-0.5 text-xs text-faint">
        {title}
      </p>
      {shown.map((row) => (
        <Row
          key={facetKey(row)}
          row={row}
          standing={standingIn(text, row.filter)}
          reached={facetKey(row) === reached}
          onReach={onReach}
          onToggle={onToggle}
        />
      ))}
      {more.length > 0 && (
        <Finder
          label={`More of ${title}`}
          options={more.map((row, index) => ({ value: index, label: `${row.label} · ${counted(row)}` }))}
          value={null}
          placeholder={`${more.length.toLocaleString('en-US')} more`}
          onChange={(index) => {
            const row = more[index];
            if (row !== undefined) onToggle(row, false);
          }}
          className="mx-2 mt-0.5 h-7 w-[calc(100%-1rem)] text-soft"
        />
      )}
    </div>
  );
}

export const facetKey = ({ filter }: FacetRow): string => `${filter.name}:${filter.value}`;

const counted = ({ count }: FacetRow): string => count?.toLocaleString('en-US') ?? '';

interface RowProps {
  readonly row: FacetRow;
  readonly standing: 'with' | 'without' | null;
  readonly reached: boolean;
  readonly onReach: (key: string) => void;
  readonly onToggle: (row: FacetRow, not: boolean) => void;
}

function Row({ row, standing, reached, onReach, onToggle }: RowProps): ReactNode {
  const { label } = row;
  return (
    <div
      role="presentation"
      data-facet-row
      className={cx(
        'group relative flex h-7 items-center rounded-md hover:bg-hover hover:text-text',
        standing === 'with' ? 'bg-pressed text-text' : 'text-soft',
      )}
    >
      <button
        type="button"
        data-facet
        tabIndex={reached ? 0 : -1}
        aria-label={`${label} ${counted(row)}`.trim()}
        aria-pressed={standing === 'with'}
        title={label}
        onFocus={() => onReach(facetKey(row))}
        onClick={(event) => onToggle(row, event.altKey)}
        className="flex h-full min-w-0 flex-1 items-center justify-between gap-2 rounded-md px-2 text-left"
      >
        <Label text={label} out={standing === 'without'} />
        <span
          className={cx(
            'tabular text-xs text-faint group-focus-within:invisible group-hover:invisible',
            standing === 'without' && 'invisible',
          )}
        >
          {counted(row)}
        </span>
      </button>
      <button
        type="button"
        data-leave-out
        tabIndex={-1}
        aria-label={`Leave out ${label}`}
        aria-pressed={standing === 'without'}
        onClick={() => onToggle(row, true)}
        className={cx(
          'absolute right-1 flex size-5 items-center justify-center rounded-md hover:bg-pressed',
          standing !== 'without' &&
            'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100',
        )}
      >
        <Minus size={12} aria-hidden />
      </button>
    </div>
  );
}

/** Of an id that is too long its end stays, which tells it from its like; whose it is, where it is not fal's own. */
function Label({ text, out }: { readonly text: string; readonly out: boolean }): ReactNode {
  const short = text.replace(/^fal-ai\//, '');
  const cut = Math.max(0, short.lastIndexOf('/'));
  return (
    <span aria-hidden className={cx('flex min-w-0', out && 'text-faint line-through')}>
      {cut > 0 && <span className="min-w-4 truncate">{short.slice(0, cut)}</span>}
      <span className={cx('truncate', cut > 0 && 'max-w-[85%] shrink-0')}>{short.slice(cut)}</span>
    </span>
  );
}
