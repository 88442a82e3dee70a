import * as z from 'zod';
import { MOST_IN_A_BATCH } from '../batch/most.ts';
import { logEntrySchema } from '../fal/queue.ts';
import { askedSchema, batchPlaceSchema } from '../runs/asked.ts';
import { MOST_AT_ONCE } from '../runs/at-once.ts';
import { jsonObject, runIdSchema, runPartialSchema, runSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

export const mostAtOnceSchema = z.int().min(1).max(MOST_AT_ONCE);

export const runCommands = {
  /**
   * Writes the run down, then sends it, or lets it wait for its turn. Answers once it is written. `profileId` is the
   * profile the window shows: when it is not the active one any more, nothing is sent, for another account would pay.
   * Fails as `limit` where a spend limit would be passed and `overLimit` does not say that the person wants it.
   */
  'runs.start': command(
    askedSchema.extend({
      profileId: z.string(),
      endpointId: z.string(),
      input: jsonObject,
      overLimit: z.boolean(),
    }),
    runSchema,
  ),
  /** Many runs of one press: all are written down or none, and each waits for its turn. Otherwise as `runs.start`. */
  'runs.startMany': command(
    z.object({
      profileId: z.string(),
      kind: batchPlaceSchema.shape.kind,
      /** The batch whose cells these runs take, in place of the runs that were there; a batch of its own if not given. */
      into: batchPlaceSchema.pick({ id: true, size: true }).optional(),
      runs: z
        .array(
          askedSchema.extend({
            endpointId: z.string(),
            input: jsonObject,
            column: batchPlaceSchema.shape.column,
            row: batchPlaceSchema.shape.row,
          }),
        )
        .min(1)
        .max(MOST_IN_A_BATCH),
      overLimit: z.boolean(),
    }),
    z.array(runSchema),
  ),
  /**
   * Follows a request that was sent from elsewhere, as a run of its own; the one that is here already where there is one,
   * unless its result was lost or could not be kept.
   */
  'runs.attach': command(
    z.object({ profileId: z.string(), endpointId: z.string(), requestId: z.string().min(1).max(200) }),
    runSchema,
  ),
  /** Puts a waiting run before another, or last. */
  'runs.reorder': command(z.object({ id: runIdSchema, before: runIdSchema.nullable() }), nothing),
  /**
   * Sends what was waiting when the program last stopped, in its turn; answers what that is. Nothing of it where a spend
   * limit would be passed, as with `runs.start`.
   */
  'runs.release': command(
    z.object({ ids: z.array(runIdSchema), overLimit: z.boolean() }),
    z.array(runSchema),
  ),
  /** How many runs may be at fal at once; the others wait for their turn. */
  'runs.most': command(nothing, mostAtOnceSchema),
  'runs.setMost': command(z.object({ most: mostAtOnceSchema }), nothing),
  /** Stops following and asks fal to cancel; the run's next state says what fal answered. Fails where it cannot be asked. */
  'runs.cancel': command(z.object({ id: runIdSchema }), nothing),
  /** Copies the files that could not be copied before. */
  'runs.fetchMedia': command(z.object({ id: runIdSchema }), nothing),
  'runs.get': command(z.object({ id: runIdSchema }), runSchema.nullable()),
  /** All runs of a batch, the oldest first; of those that share a place the last is the one that counts. */
  'runs.batch': command(z.object({ id: batchPlaceSchema.shape.id }), z.array(runSchema)),
  'runs.logs': command(z.object({ id: runIdSchema }), z.array(logEntrySchema)),
  /** The network is back: asks for every run under way at once. */
  'runs.recheck': command(nothing, nothing),
  /** Newest first; `before` is the last id of the page before. `unreadable` rows were passed over on the way. */
  'runs.page': command(
    z.object({
      before: runIdSchema.nullable(),
      limit: z.int().min(1).max(200),
      endpointId: z.string().nullable(),
    }),
    z.object({ runs: z.array(runSchema), more: z.boolean(), unreadable: z.int() }),
  ),
  /** Asks where to and copies a stored file there; false when the person changed their mind. */
  'media.saveAs': command(z.object({ sha256: z.string(), fileName: z.string() }), z.boolean()),
};

export const runEvents = {
  'runs.partial': runPartialSchema,
  'runs.changed': runSchema,
  /** New log lines only. */
  'runs.logged': z.object({ id: runIdSchema, entries: z.array(logEntrySchema) }),
};
