import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Run } from '../../shared/runs/run.ts';

/** What the runs of one model, sent with one profile and priced in one currency, count for since the begin of a period. */
export interface Spent {
  readonly endpointId: string;
  readonly profileId: string;
  /** Null for those whose cost is not known: nothing tells in what they are priced. */
  readonly currency: string | null;
  readonly amount: number;
  /** Runs that cost something, or may have. */
  readonly runs: number;
  /** Those of them whose cost is not known, and so not in the amount. */
  readonly unknown: number;
}

const rowSchema = z.object({
  endpointId: z.string(),
  profileId: z.string(),
  currency: z.string().nullable(),
  /** SQLite's sum of what is too large is infinite, or nothing at all. */
  amount: z.number().nullable().catch(null),
  runs: z.int(),
  unknown: z.int(),
});

/**
 * `since` in milliseconds since 1970, as an id and as it is, in turn: ids tell when a run was written, and what waited counts
 * from when it was sent. Read from two indexes that hold all of it, for the rows themselves are as large as what the models gave.
 * What is gone for good counts too, until an import brings it back.
 */
export const SPENDING = `SELECT endpoint_id AS endpointId, profile_id AS profileId, currency,
    total(cost) AS amount, count(*) AS runs, sum(cost IS NULL) AS unknown
  FROM (
    SELECT endpoint_id, profile_id, currency, cost FROM runs INDEXED BY runs_by_cost WHERE id >= ? AND cost IS NOT 0
    UNION ALL
    SELECT endpoint_id, profile_id, currency, cost FROM runs INDEXED BY runs_sent_later
      WHERE sent_at IS NOT NULL AND sent_at >= ? AND id < ? AND cost IS NOT 0
    UNION ALL
    SELECT endpoint_id, profile_id, currency, cost FROM purged_spend
      WHERE (run_id >= ? OR sent_at >= ?) AND NOT EXISTS (SELECT 1 FROM runs WHERE id = run_id)
  )
  GROUP BY endpoint_id, profile_id, currency`;

/** When a run counts as spent where that is later than it was written, in milliseconds since 1970; null for all others. */
export function sentLater(
  { id, state, times }: Pick<Run, 'id' | 'state' | 'times'>,
  now: number,
): number | null {
  const sent = state.kind === 'waiting' && !state.held ? now : times.submitted;
  return sent !== null && sent > id / 1000 + A_MOMENT ? sent : null;
}

/** Milliseconds between the row of a run that need not wait and its being sent. */
const A_MOMENT = 1000;

export function spending(db: DatabaseSync, since: number): Spent[] {
  return db
    .prepare(SPENDING)
    .all(since * 1000, since, since * 1000, since * 1000, since)
    .map((row) => {
      const read = rowSchema.parse(row);
      return read.amount === null
        ? { ...read, amount: 0, unknown: read.runs }
        : { ...read, amount: read.amount };
    });
}
