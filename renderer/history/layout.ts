import type { RunId } from '../../shared/runs/run.ts';

/** A row of the list: the name of a group, or runs beside each other. Places are indexes of the list's ids, `to` is not among them. */
export type Row =
  | { readonly kind: 'heading'; readonly from: number; readonly to: number; readonly top: number }
  | { readonly kind: 'runs'; readonly from: number; readonly to: number; readonly top: number };

export interface Layout {
  readonly rows: readonly Row[];
  readonly columns: number;
  /** In px, like every `top`. */
  readonly runsHeight: number;
  readonly headingHeight: number;
  readonly height: number;
}

export interface LayoutOptions {
  /** How many runs there are. */
  readonly count: number;
  /** Where groups begin, rising; the first run begins one. Empty where there are none. */
  readonly heads: readonly number[];
  readonly columns: number;
  readonly runsHeight: number;
  readonly headingHeight: number;
  /** Room over the first row, in px. */
  readonly start: number;
}

/** Lays runs out in rows under the headings of their groups. */
export function layOut({
  count,
  heads,
  columns,
  runsHeight,
  headingHeight,
  start: room,
}: LayoutOptions): Layout {
  const rows: Row[] = [];
  let top = room;
  const starts = heads.length === 0 ? [0] : heads;
  starts.forEach((start, group) => {
    const end = starts[group + 1] ?? count;
    if (heads.length > 0) {
      rows.push({ kind: 'heading', from: start, to: end, top });
      top += headingHeight;
    }
    for (let from = start; from < end; from += columns) {
      rows.push({ kind: 'runs', from, to: Math.min(from + columns, end), top });
      top += runsHeight;
    }
  });
  return { rows, columns, runsHeight, headingHeight, height: top };
}

/** The row of runs that holds this place; -1 where there is none. */
export function rowOf({ rows }: Layout, place: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.from ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  // Of a heading and the first runs under it the runs come later.
  const row = rows[low - 1];
  return row?.kind === 'runs' && place < row.to ? low - 1 : -1;
}

/** The first row of runs of which something lies below `offset`, in px; -1 where there is none. */
export function rowAt({ rows, runsHeight }: Layout, offset: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.top ?? 0) + runsHeight > offset) high = middle;
    else low = middle + 1;
  }
  while (low < rows.length && rows[low]?.kind === 'heading') low += 1;
  return low < rows.length ? low : -1;
}

/** The rows of which something lies between these heights, in px; `last` is before `first` where there are none. */
export function rowsBetween({ rows }: Layout, from: number, to: number): { first: number; last: number } {
  const before = (offset: number): number => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.top ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { first: Math.max(0, before(from) - 1), last: before(to) - 1 };
}

/** Where the place goes with a key, or null where the key means nothing here. `page` is in rows. */
export function moved(layout: Layout, place: number, key: string, page: number): number | null {
  const last = (layout.rows.at(-1)?.to ?? 0) - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(place + 1, last);
    case 'ArrowLeft':
      return Math.max(place - 1, 0);
    case 'ArrowDown':
      return byRows(layout, place, 1);
    case 'ArrowUp':
      return byRows(layout, place, -1);
    case 'PageDown':
      return byRows(layout, place, page);
    case 'PageUp':
      return byRows(layout, place, -page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** As many rows of runs on, in the same column where the row has it; headings are no rows to stand on. */
function byRows(layout: Layout, place: number, steps: number): number {
  const start = rowOf(layout, place);
  const column = place - (layout.rows[start]?.from ?? place);
  const step = Math.sign(steps);
  let row = start;
  for (let left = Math.abs(steps); left > 0; left -= 1) {
    let next = row + step;
    while (layout.rows[next]?.kind === 'heading') next += step;
    if (layout.rows[next] === undefined) break;
    row = next;
  }
  const target = layout.rows[row];
  return target === undefined ? place : Math.min(target.from + column, target.to - 1);
}

/** Tiles in a row of this width, in px. A single column of very many would be higher than a page can be. */
export function columnsOf(width: number, size: number, gap: number, count: number): number {
  return Math.max(count > 60_000 ? 2 : 1, Math.floor((width + gap) / (size + gap)));
}

/** When a run was made, in milliseconds since 1970. */
export const madeAt = (id: RunId): number => Math.floor(id / 1000);
