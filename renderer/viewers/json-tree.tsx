import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { FindBar, foundWords, meansFind, moved } from './find-bar.tsx';
import { copyPath, copyValue, JsonFoot } from './json-foot.tsx';
import { JsonRowView, ROW } from './json-row.tsx';
import { above, idAt, jsonRows, openAtFirst } from './json-rows.ts';
import type { JsonRoot } from './json-rows.ts';
import { useJsonSearch } from './use-json-search.ts';

interface JsonTreeProps {
  readonly label: string;
  /** The same ones as long as nothing changed in them. */
  readonly roots: readonly JsonRoot[];
  /** At the right end of the line to search in. */
  readonly children?: ReactNode;
}

/** JSON as a tree: only what is unfolded is looked at and only what is in sight is drawn, so that 50 MB open at once. */
export function JsonTree({ label, roots, children }: JsonTreeProps): ReactNode {
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState('0');
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const base = useId();
  /** Another one each time what was found is to be scrolled to, with what was unfolded for it. */
  const [reveal, setReveal] = useState<object | null>(null);
  const revealed = useRef<object | null>(null);

  const atFirst = useMemo(() => openAtFirst(roots), [roots]);
  const rows = useMemo(() => {
    const open = new Set(atFirst);
    for (const [id, is] of changed)
      if (is) open.add(id);
      else open.delete(id);
    return jsonRows(roots, open);
  }, [roots, atFirst, changed]);
  const { hits, more } = useJsonSearch(roots, query);
  const position = Math.max(
    0,
    rows.findIndex((row) => row.id === active),
  );
  const row = rows[position];

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const items = virtualizer.getVirtualItems();
  const drawn = items.some((item) => item.index === position);

  const fold = (ids: readonly string[], open: boolean): void =>
    setChanged((all) => new Map([...all, ...ids.map((id) => [id, open] as const)]));
  const go = (index: number): void => {
    const next = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (next === undefined) return;
    setActive(next.id);
    virtualizer.scrollToIndex(rows.indexOf(next), { align: 'auto' });
  };
  const show = (next: number): void => {
    const hit = hits[next];
    if (hit === undefined) return;
    setAt(next);
    const ids = above(roots, hit.root, hit.positions);
    const id = idAt(hit.root, hit.positions);
    fold(ids, true);
    setActive(id);
    setReveal({});
  };
  useLayoutEffect(() => {
    if (reveal === revealed.current) return;
    revealed.current = reveal;
    virtualizer.scrollToIndex(position, { align: 'center' });
  }, [reveal, position, virtualizer]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (row === undefined) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      if (window.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      return void (event.shiftKey ? copyPath(row) : copyValue(row));
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 1);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(position + 1),
      ArrowUp: () => go(position - 1),
      PageDown: () => go(position + page),
      PageUp: () => go(position - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.open === false ? fold([row.id], true) : row.open === true && go(position + 1)),
      ArrowLeft: () => {
        if (row.open === true) return fold([row.id], false);
        for (let i = position - 1; i >= 0; i -= 1) if ((rows[i]?.depth ?? 0) < row.depth) return go(i);
      },
      Enter: () => row.open !== null && fold([row.id], !row.open),
      ' ': () => row.open !== null && fold([row.id], !row.open),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  return (
    // Searching is meant for all that stands here.
    <div
      role="presentation"
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={(event) => {
        if (!meansFind(event)) return;
        event.preventDefault();
        input.current?.select();
      }}
    >
      <FindBar
        label="Find in the JSON"
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setAt(null);
        }}
        found={foundWords(hits.length, at, more)}
        movable={hits.length > 0}
        onMove={(by) => show(moved(at, by, hits.length))}
        input={input}
      >
        {children}
      </FindBar>
      <div
        ref={box}
        role="tree"
        aria-label={label}
        tabIndex={0}
        {...(drawn ? { 'aria-activedescendant': `${base}-${position}` } : {})}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-y-auto select-text focus-visible:outline-offset-[-2px]"
      >
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const each = rows[item.index];
            if (each === undefined) return null;
            return (
              <JsonRowView
                key={each.id}
                row={each}
                domId={`${base}-${item.index}`}
                active={item.index === position}
                query={query}
                style={{ transform: `translateY(${item.start}px)` }}
                onPress={() => {
                  // Whoever marks text in a row does not mean to fold it.
                  if (window.getSelection()?.isCollapsed === false) return;
                  setActive(each.id);
                  if (each.open !== null) fold([each.id], !each.open);
                }}
              />
            );
          })}
        </div>
      </div>
      {row !== undefined && <JsonFoot row={row} />}
    </div>
  );
}
