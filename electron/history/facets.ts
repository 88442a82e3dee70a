import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Facets } from '../../shared/history/found.ts';
import { resultKinds } from '../../shared/history/kinds.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import { runStateKindSchema } from '../../shared/runs/run.ts';
import { bitOf, standingOf } from './facts.ts';
import { clauseOf } from './search.ts';

const rowSchema = z.object({
  endpoint: z.string(),
  profile: z.string(),
  origin: z.string(),
  state: runStateKindSchema,
  kinds: z.int(),
  star: z.int(),
  month: z.string(),
  currency: z.string().nullable(),
  cost: z.number(),
  unpriced: z.int(),
  count: z.int(),
});
const countSchema = z.object({ value: z.string(), count: z.int() });

/** How many of what fits are of each sort. */
export function facets(db: DatabaseSync, query: HistoryQuery): Facets {
  const where = clauseOf(query);
  const rows = db
    .prepare(
      `SELECT endpoint_id AS endpoint, profile_id AS profile, origin, state_kind AS state, kinds, star,
         strftime('%Y-%m', id / 1000000, 'unixepoch', 'localtime') AS month, currency,
         total(cost) AS cost, sum(cost IS NULL) AS unpriced, count(*) AS count
       FROM runs INDEXED BY runs_facts WHERE ${where.sql} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    )
    .all(...where.values)
    .map((row) => rowSchema.parse(row));
  const tags = db
    .prepare(
      `SELECT tag AS value, count(*) AS count FROM run_tags
         WHERE run_id IN (SELECT id FROM runs INDEXED BY runs_facts WHERE ${where.sql})
       GROUP BY tag ORDER BY count DESC, tag`,
    )
    .all(...where.values)
    .map((row) => countSchema.parse(row));
  const trashed = db.prepare('SELECT count(*) AS count FROM runs WHERE deleted_at IS NOT NULL').get();
  const sum = <Value extends string>(valuesOf: (row: z.infer<typeof rowSchema>) => readonly Value[]) => {
    const counts = new Map<Value, number>();
    for (const row of rows)
      for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + row.count);
    return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
  };
  const cost = new Map<string, number>();
  for (const row of rows)
    if (row.currency !== null && row.cost > 0)
      cost.set(row.currency, (cost.get(row.currency) ?? 0) + row.cost);
  const all = (count: (row: z.infer<typeof rowSchema>) => number): number =>
    rows.reduce((total, row) => total + count(row), 0);
  return {
    total: all((row) => row.count),
    models: sum((row) => [row.endpoint]),
    kinds: sum((row) => resultKinds.filter((kind) => (row.kinds & bitOf(kind)) > 0)),
    standings: sum((row) => [standingOf(row.state)]),
    months: sum((row) => [row.month]).toSorted((a, b) => b.value.localeCompare(a.value)),
    tags,
    profiles: sum((row) => [row.profile]),
    starred: all((row) => (row.star === 1 ? row.count : 0)),
    live: all((row) => (row.origin === 'live' ? row.count : 0)),
    cost: [...cost].map(([currency, amount]) => ({ currency, amount })),
    unpriced: all((row) => row.unpriced),
    trashed: z.object({ count: z.int() }).parse(trashed).count,
  };
}
