import { ChevronDown, ChevronRight } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import { cx } from '../ui/cx.ts';
import { countOf, isContainer, isList } from './json-path.ts';
import type { JsonRow } from './json-rows.ts';
import { Marked } from './marked.tsx';

/** Pixels. */
export const ROW = 22;
const INDENT = 16;
/** Characters of a text in its row; the whole stands under the tree. */
const SHOWN = 400;

interface JsonRowViewProps {
  readonly row: JsonRow;
  readonly domId: string;
  readonly active: boolean;
  readonly query: string;
  readonly style: CSSProperties;
  readonly onPress: () => void;
}

export function JsonRowView({ row, domId, active, query, style, onPress }: JsonRowViewProps): ReactNode {
  const { depth, kind, name, open, value, place, siblings } = row;
  const Chevron = open === true ? ChevronDown : ChevronRight;
  return (
    // The keys are those of the tree, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={domId}
      role="treeitem"
      aria-level={depth + 1}
      aria-setsize={siblings}
      aria-posinset={place}
      aria-selected={active}
      {...(open === null ? {} : { 'aria-expanded': open })}
      onClick={onPress}
      style={{ ...style, height: ROW, paddingLeft: 8 + depth * INDENT }}
      className={cx(
        'absolute inset-x-0 top-0 flex items-center gap-1 pr-4 font-mono text-xs whitespace-pre',
        active ? 'bg-pressed' : 'hover:bg-hover',
      )}
    >
      <span className="flex size-4 shrink-0 items-center justify-center text-faint">
        {open !== null && <Chevron size={12} aria-hidden />}
      </span>
      <span
        className={cx(
          'shrink-0',
          kind === 'root' && 'font-sans text-sm font-medium text-text',
          kind === 'child' && 'text-soft',
          kind === 'range' && 'text-faint',
        )}
      >
        <Marked text={name} query={kind === 'child' ? query : ''} />
        {kind === 'child' && <span className="text-faint">:</span>}
      </span>
      {kind !== 'range' && <Value value={value} query={query} />}
    </div>
  );
}

function Value({ value, query }: { readonly value: JsonValue; readonly query: string }): ReactNode {
  if (isContainer(value)) return <span className="truncate pl-1 text-faint">{sizeWords(value)}</span>;
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, SHOWN)) : String(value);
  return (
    <span className={cx('min-w-0 truncate pl-1', value === null ? 'text-faint' : 'text-text')}>
      <Marked text={text} query={query} />
    </span>
  );
}

function sizeWords(value: Parameters<typeof countOf>[0]): string {
  const count = countOf(value);
  const noun = isList(value) ? 'item' : 'field';
  return count === 0
    ? isList(value)
      ? '[ ]'
      : '{ }'
    : `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
