import * as z from 'zod';
import { logEntrySchema } from '../fal/queue.ts';
import { jsonObject, runIdSchema, runSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

export const runCommands = {
  /**
   * Writes the run down, then sends it. Answers once it is written. `profileId` is the profile the window shows: when
   * it is not the active one any more, nothing is sent, for another account would pay.
   */
  'runs.start': command(
    z.object({ profileId: z.string(), endpointId: z.string(), input: jsonObject }),
    runSchema,
  ),
  /** Stops following and asks fal to cancel; the run's next state says what fal answered. Fails where it cannot be asked. */
  'runs.cancel': command(z.object({ id: runIdSchema }), nothing),
  /** Copies the files that could not be copied before. */
  'runs.fetchMedia': command(z.object({ id: runIdSchema }), nothing),
  'runs.get': command(z.object({ id: runIdSchema }), runSchema.nullable()),
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
  'runs.changed': runSchema,
  /** New log lines only. */
  'runs.logged': z.object({ id: runIdSchema, entries: z.array(logEntrySchema) }),
};
