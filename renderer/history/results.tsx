import { useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useCards } from '../stores/cards.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { batchName, headsOf, timeName } from './groups.ts';
import { columnsOf, layOut, rowOf, rowsBetween } from './layout.ts';
import { LIST_ROW, ListHeads } from './list-row.tsx';
import { HeadingRow, ResultRow } from './result-row.tsx';
import { captionHeight } from './tile.tsx';
import { useResultKeys } from './use-result-keys.ts';
import { BEYOND, bringIntoSight, useRoom, useSteadyScroll } from './use-sight.ts';

const GAP = 12;
const HEADING = 36;
/** Room at both sides, in px. */
const SIDES = { grid: 16, list: 8 } as const;
const END = 16;

/** What was found, drawn only where it can be seen. One stop for Tab; the arrow keys go on from there. */
export function Results({ ids }: { readonly ids: readonly RunId[] }): ReactNode {
  const view = useFound((state) => state.view);
  const size = useFound((state) => state.size);
  const grouping = useFound((state) => state.grouping);
  const models = useFound((state) => state.models);
  const batches = useFound((state) => state.batches);
  const asked = useFound((state) => state.asked);
  const open = useApp((state) => state.openRun);
  const at = useChosen((state) => state.at);
  const wish = useCards((state) => state.wish);
  const scroller = useRef<HTMLDivElement>(null);
  const room = useRoom(scroller);
  const inside = (room?.width ?? 0) - 2 * SIDES[view];
  const columns = view === 'list' ? 1 : columnsOf(inside, size, GAP, ids.length);
  const tileWidth = Math.max(0, Math.floor((inside - (columns - 1) * GAP) / columns));
  const runsHeight = view === 'list' ? LIST_ROW : tileWidth + captionHeight(tileWidth) + GAP;
  const starts = grouping === 'batch' ? batches : models;
  const heads = useMemo(() => headsOf(grouping, ids, starts), [grouping, ids, starts]);
  const layout = useMemo(
    () =>
      layOut({
        count: ids.length,
        heads,
        columns,
        runsHeight,
        headingHeight: HEADING,
        start: view === 'grid' && heads.length === 0 ? GAP : 0,
      }),
    [ids, heads, columns, runsHeight, view],
  );
  const { top, onScroll } = useSteadyScroll(scroller, { layout, ids, asked, begin: open ?? at });
  const { first, last } = rowsBetween(layout, top - BEYOND, top + (room?.height ?? 0) + BEYOND);

  const known = useMemo(() => (at === null ? -1 : ids.indexOf(at)), [ids, at]);
  const place = Math.max(0, known);
  const stop = ids[place] ?? null;
  const stopRow = rowOf(layout, place);

  const inSight = layout.rows.slice(first, last + 1).filter((row) => row.kind === 'runs');
  const from = inSight[0]?.from ?? 0;
  const to = inSight.at(-1)?.to ?? 0;
  useEffect(() => wish(ids.slice(from, to)), [wish, ids, from, to]);

  // The run beside the list stays in sight in it, also when the list is laid out anew for it.
  const openPlace = useMemo(() => (open === null ? -1 : ids.indexOf(open)), [ids, open]);
  const openRow = openPlace === -1 ? -1 : rowOf(layout, openPlace);
  useEffect(() => {
    if (scroller.current !== null && openRow !== -1) bringIntoSight(scroller.current, layout, openRow);
    // Not whenever it is laid out: while runs come in, one scrolls where one likes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [open, columns, view]);

  const onKeyDown = useResultKeys({ scroller, layout, ids, place });
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  // Where the keys are is always there: what is scrolled away keeps the focus, and Tab comes back to it.
  if (stopRow !== -1 && (stopRow < first || stopRow > last)) numbers.push(stopRow);
  const now = new Date();
  return (
    <div
      role="grid"
      aria-label="Results"
      aria-multiselectable
      tabIndex={-1}
      aria-rowcount={layout.rows.length}
      aria-colcount={view === 'list' ? 8 : columns}
      className="@container flex min-h-0 min-w-0 flex-1 flex-col outline-hidden"
      onKeyDown={onKeyDown}
    >
      {view === 'list' && <ListHeads />}
      <div
        ref={scroller}
        role="presentation"
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
      >
        <div role="presentation" className="relative" style={{ height: layout.height + END }}>
          {room !== null &&
            numbers.map((number) => {
              const row = layout.rows[number];
              const firstId = row && ids[row.from];
              if (row === undefined || firstId === undefined) return null;
              if (row.kind === 'heading') {
                const count = row.to - row.from;
                const lastId = ids[row.to - 1] ?? firstId;
                const { name, counts } =
                  grouping === 'batch'
                    ? batchName(batches, [firstId, lastId], count, now)
                    : {
                        name: models.get(firstId) ?? timeName(grouping, firstId, lastId, now),
                        counts: false,
                      };
                return (
                  <HeadingRow
                    key={`h${firstId}`}
                    name={name}
                    count={counts ? null : count}
                    number={number + 1}
                    top={row.top}
                    height={HEADING}
                  />
                );
              }
              return (
                <ResultRow
                  key={firstId}
                  ids={ids}
                  from={row.from}
                  to={row.to}
                  number={number + 1}
                  top={row.top}
                  height={runsHeight}
                  gap={GAP}
                  columns={columns}
                  tileWidth={tileWidth}
                  view={view}
                  stop={number === stopRow ? stop : null}
                />
              );
            })}
        </div>
      </div>
    </div>
  );
}
