import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from '../ui/button.tsx';

interface FindBarProps {
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** How many were found and which one is in sight, in words. */
  readonly found: string;
  /** Whether there is another to go to. */
  readonly movable: boolean;
  readonly onMove: (by: 1 | -1) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** At the right end. */
  readonly children?: ReactNode;
}

/** A line to search in what stands under it: Enter goes on, Shift+Enter back, Escape empties it. */
export function FindBar(props: FindBarProps): ReactNode {
  const { label, query, onQuery, found, movable, onMove, input, children } = props;
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line px-3">
      <Search size={14} aria-hidden className="shrink-0 text-faint" />
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder="Find"
        value={query}
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            // With Ctrl or ⌘ it runs the model.
            if (event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            if (movable) onMove(event.shiftKey ? -1 : 1);
          }
          // A second press is for whatever stands behind.
          if (event.key === 'Escape' && query !== '') {
            event.preventDefault();
            onQuery('');
          }
        }}
        className="h-7 min-w-16 flex-1 bg-transparent px-1 placeholder:text-faint focus-visible:outline-offset-[-2px]"
      />
      {query !== '' && (
        <>
          <p role="status" className="tabular shrink-0 px-1 text-faint">
            {found}
          </p>
          <IconButton
            label="The one before"
            shortcut="Shift+Enter"
            disabled={!movable}
            onClick={() => onMove(-1)}
          >
            <ChevronUp size={14} aria-hidden />
          </IconButton>
          <IconButton label="The next one" shortcut="Enter" disabled={!movable} onClick={() => onMove(1)}>
            <ChevronDown size={14} aria-hidden />
          </IconButton>
        </>
      )}
      {children}
    </div>
  );
}

/** Whether a key means to search in what it was pressed in. */
export const meansFind = (event: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean =>
  (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';

/** `3 of 12`, `12 found`, `none`; with a plus where there are more than were looked for. */
export function foundWords(count: number, at: number | null, more: boolean): string {
  if (count === 0) return more ? '…' : 'none';
  const all = `${count.toLocaleString('en-US')}${more ? '+' : ''}`;
  return at === null ? `${all} found` : `${(at + 1).toLocaleString('en-US')} of ${all}`;
}

/** The next of `count`, round and round; the first or last where none was in sight. */
export function moved(at: number | null, by: 1 | -1, count: number): number {
  if (at === null) return by === 1 ? 0 : count - 1;
  return (at + by + count) % count;
}
