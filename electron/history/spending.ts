import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

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
  amount: z.number(),
  runs: z.int(),
  unknown: z.int(),
});

/**
 * `since` in milliseconds since 1970: ids tell the time. Read from an index that holds all of it, for the rows themselves
 * are as large as what the models gave.
 */
export const SPENDING = `SELECT endpoint_id AS endpointId, profile_id AS profileId, currency,
    total(cost) AS amount, count(*) AS runs, sum(cost IS NULL) AS unknown
  FROM runs INDEXED BY runs_by_cost WHERE id >= ? AND cost IS NOT 0
  GROUP BY endpoint_id, profile_id, currency`;

export function spending(db: DatabaseSync, since: number): Spent[] {
  return db
    .prepare(SPENDING)
    .all(since * 1000)
    .map((row) => rowSchema.parse(row));
}
