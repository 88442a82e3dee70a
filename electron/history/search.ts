import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { assertNever } from '../../shared/result.ts';
import type { Found, HistoryOrder } from '../../shared/history/found.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import type { RunId } from '../../shared/runs/run.ts';
import type { Test } from './conditions.ts';
import type { FactTable } from './fact-table.ts';

export interface SearchQuery {
  readonly query: HistoryQuery;
  readonly order: HistoryOrder;
  /** Where the page before ended, as this file writes it; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** The last row of a page: what it was ordered by, and its id. */
const cursorSchema = z.object({ key: z.union([z.string(), z.number()]).nullable(), id: z.int() });
type Cursor = z.infer<typeof cursorSchema>;

/** Ids of what fits, a page by key: a row that comes or goes meanwhile moves none of the others. */
export function pageOf(
  facts: FactTable,
  test: Test,
  { order, after, limit }: SearchQuery,
): Omit<Found, 'problems'> {
  const cursor = after === null ? null : readCursor(after);
  const page = inOrder(facts, test, order, cursor, limit + 1);
  const last = page[limit - 1];
  const rows = page.slice(0, limit).map((at) => ({ id: idAt(facts, at), batch: facts.batch[at] ?? 0 }));
  return {
    ids: rows.map(({ id }) => id),
    batches: order === 'newest' || order === 'oldest' ? batchesOf(rows) : [],
    next:
      page.length > limit && last !== undefined
        ? JSON.stringify({ key: keyOf(facts, order, last), id: idAt(facts, last) } satisfies Cursor)
        : null,
  };
}

const rowSchema = z.object({ id: z.int(), batch: z.int() });
const NEWEST = `SELECT id, coalesce(batch_id, 0) AS batch FROM runs INDEXED BY runs_facts
  WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?`;

/** The first page of all there is, as `pageOf` answers it, without the facts: reading them takes longer than a window should wait. */
export function firstPage(db: DatabaseSync, limit: number): Omit<Found, 'problems'> {
  const found = db
    .prepare(NEWEST)
    .all(limit + 1)
    .map((row) => rowSchema.parse(row));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    ids: rows.map(({ id }) => id),
    batches: batchesOf(rows),
    next:
      found.length > limit && last !== undefined
        ? JSON.stringify({ key: null, id: last.id } satisfies Cursor)
        : null,
  };
}

/** Where batches begin and end among these rows, zero for none; a page tells its own, whatever stood before it. */
function batchesOf(rows: readonly { readonly id: RunId; readonly batch: number }[]): Found['batches'] {
  const starts: Found['batches'] = [];
  let before = 0;
  for (const { id, batch } of rows) {
    if (batch !== before) starts.push({ id, batch: batch === 0 ? null : batch });
    before = batch;
  }
  return starts;
}

/** Places of the rows behind the cursor, so many. */
function inOrder(
  facts: FactTable,
  test: Test,
  order: HistoryOrder,
  cursor: Cursor | null,
  most: number,
): number[] {
  switch (order) {
    case 'newest':
      return newest(test, cursor === null ? facts.count : placeOf(facts, cursor.id), most);
    case 'oldest': {
      const found: number[] = [];
      const from = cursor === null ? 0 : placeOf(facts, cursor.id + 1);
      for (let at = from; at < facts.count && found.length < most; at += 1) if (test(at)) found.push(at);
      return found;
    }
    case 'model':
    case 'cost':
      return grouped(facts, test, order, cursor, most);
    default:
      return assertNever(order);
  }
}

function newest(test: Test, before: number, most: number): number[] {
  const found: number[] = [];
  for (let at = before - 1; at >= 0 && found.length < most; at -= 1) if (test(at)) found.push(at);
  return found;
}

/** Few models and few prices are shared by many rows: those are sorted, and the rows only dealt out to them. */
function grouped(
  facts: FactTable,
  test: Test,
  order: 'model' | 'cost',
  cursor: Cursor | null,
  most: number,
): number[] {
  const groups = new Map<string | number, number[]>();
  for (let at = facts.count - 1; at >= 0; at -= 1) {
    if (!test(at)) continue;
    const key = keyOf(facts, order, at) ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  }
  const keys = [...groups.keys()].toSorted(compareIn(order));
  const found: number[] = [];
  for (const key of keys) {
    if (found.length >= most) break;
    const against = cursor === null ? 1 : compareIn(order)(key, cursor.key ?? '');
    if (against < 0) continue;
    for (const at of groups.get(key) ?? []) {
      if (found.length >= most) break;
      if (against > 0 || cursor === null || idAt(facts, at) < cursor.id) found.push(at);
    }
  }
  return found;
}

/** Models by their names, costs from the highest; what is not known costs less than nothing. */
const compareIn =
  (order: 'model' | 'cost') =>
  (a: string | number, b: string | number): number => {
    const before = order === 'model' ? a < b : a > b;
    return before ? -1 : a === b ? 0 : 1;
  };

function keyOf(facts: FactTable, order: HistoryOrder, at: number): string | number | null {
  if (order === 'model') return facts.endpoints.names[facts.endpoint[at] ?? 0] ?? '';
  if (order !== 'cost') return null;
  const cost = facts.cost[at] ?? Number.NaN;
  return Number.isNaN(cost) ? -1 : cost;
}

const idAt = (facts: FactTable, at: number): RunId => facts.ids[at] ?? 0;

/** The first row with this id or a later one. */
function placeOf(facts: FactTable, id: RunId): number {
  const at = facts.find(id);
  return at < 0 ? ~at : at;
}

/** Throws for what no page before it wrote. */
function readCursor(text: string): Cursor {
  return cursorSchema.parse(JSON.parse(text));
}
