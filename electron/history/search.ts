import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { assertNever } from '../../shared/result.ts';
import type { Found, HistoryOrder } from '../../shared/history/found.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import { textsOf, whereOf } from './conditions.ts';
import type { Where } from './conditions.ts';

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
export function search(db: DatabaseSync, { query, order, after, limit }: SearchQuery): Found {
  const cursor = after === null ? null : readCursor(after);
  const where = both(clauseOf(query), cursor === null ? null : behind(order, cursor));
  const rows = db
    .prepare(
      `SELECT id, ${KEY[order]} AS key FROM runs INDEXED BY runs_facts WHERE ${where.sql} ORDER BY ${ORDER[order]} LIMIT ?`,
    )
    .all(...where.values, limit + 1);
  const found = rows.map((row) => cursorSchema.parse(row));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next: found.length > limit && last !== undefined ? JSON.stringify(last) : null,
    problems: [...query.problems],
  };
}

/** All conditions of a query as one clause over `runs`. */
export function clauseOf(query: HistoryQuery): Where {
  const texts = textsOf(query).map(({ not, condition }): Where => {
    const pattern = `%${condition.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const columns = ['input', 'output', 'endpoint_id', 'note'].map((name) => `${name} LIKE ? ESCAPE '\\'`);
    const sql = `id IN (SELECT id FROM runs WHERE ${columns.join(' OR ')})`;
    return { sql: not ? `NOT ${sql}` : sql, values: columns.map(() => pattern) };
  });
  return [whereOf(query), ...texts].reduce((all, part) => both(all, part));
}

function both(a: Where, b: Where | null): Where {
  return b === null ? a : { sql: `${a.sql} AND (${b.sql})`, values: [...a.values, ...b.values] };
}

const KEY: Readonly<Record<HistoryOrder, string>> = {
  newest: 'NULL',
  oldest: 'NULL',
  model: 'endpoint_id',
  cost: 'coalesce(cost, -1)',
};

const ORDER: Readonly<Record<HistoryOrder, string>> = {
  newest: 'id DESC',
  oldest: 'id',
  model: 'endpoint_id, id DESC',
  cost: 'coalesce(cost, -1) DESC, id DESC',
};

function behind(order: HistoryOrder, { key, id }: Cursor): Where {
  switch (order) {
    case 'newest':
      return { sql: 'id < ?', values: [id] };
    case 'oldest':
      return { sql: 'id > ?', values: [id] };
    case 'model':
      return { sql: '(endpoint_id, -id) > (?, ?)', values: [key ?? '', -id] };
    case 'cost':
      return { sql: '(coalesce(cost, -1), id) < (?, ?)', values: [key ?? -1, id] };
    default:
      return assertNever(order);
  }
}

/** Throws for what no page before it wrote. */
function readCursor(text: string): Cursor {
  return cursorSchema.parse(JSON.parse(text));
}
