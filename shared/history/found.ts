import * as z from 'zod';
import { runIdSchema } from '../runs/run.ts';
import { resultKinds, runStandings } from './kinds.ts';

/** `model` and `cost` are orders too: what costs most, or the models by name, and the newest first within them. */
export const historyOrders = ['newest', 'oldest', 'model', 'cost'] as const;
export type HistoryOrder = (typeof historyOrders)[number];

/** Ids of what was found, in order. An id tells when its run was made: milliseconds since 1970 * 1000 + n. */
export const foundSchema = z.object({
  ids: z.array(runIdSchema),
  /**
   * Where a stretch of runs of one batch begins among them, and where one of none follows it (null); what stands before the
   * first is of none. Only in the orders of time, where the runs of a batch are neighbours; else empty.
   */
  batches: z.array(z.object({ id: runIdSchema, batch: z.int().nullable() })),
  /** Where the next page begins, as main alone reads it; null at the end. */
  next: z.string().nullable(),
  /** What of the words was not understood, a sentence each; the rest was searched for. */
  problems: z.array(z.string()),
});
export type Found = z.infer<typeof foundSchema>;

const counts = <Value extends z.ZodType>(value: Value) => z.array(z.object({ value, count: z.int() }));

/** How many of what was found are of each sort; the most frequent first, none that is not there. */
export const facetsSchema = z.object({
  total: z.int(),
  models: counts(z.string()),
  kinds: counts(z.enum(resultKinds)),
  standings: counts(z.enum(runStandings)),
  /** `2026-11`, by this computer's zone; the newest first. */
  months: counts(z.string()),
  tags: counts(z.string()),
  /** Profiles by id. */
  profiles: counts(z.string()),
  starred: z.int(),
  live: z.int(),
  /** What all of it cost, one of each currency; runs whose cost is not known are in `unpriced`. */
  cost: z.array(z.object({ amount: z.number(), currency: z.string() })),
  unpriced: z.int(),
  /** In the trash, of all there is. */
  trashed: z.int(),
});
export type Facets = z.infer<typeof facetsSchema>;
