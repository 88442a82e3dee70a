import * as z from 'zod';
import { appErrorSchema } from '../fal/errors.ts';
import { LONGEST_PATTERN, patternProblem } from '../saving/pattern.ts';
import { command, nothing } from './define.ts';

export const patternSchema = z
  .string()
  .max(LONGEST_PATTERN)
  .refine((pattern) => patternProblem(pattern) === null, 'is no pattern');

/** Whether and how the files of results are copied into a folder of the person's own. */
export const savingSchema = z.object({
  on: z.boolean(),
  /** Null until one was chosen; nothing is copied without. */
  folder: z.string().nullable(),
  pattern: z.string(),
  /** Whether PNG pictures that leave the history, wherever to, hold the requests they came of. */
  requests: z.boolean(),
  /** Why copies could not be written, and of how many runs; they are tried again. */
  trouble: z.object({ error: appErrorSchema, waiting: z.int() }).nullable(),
});
export type Saving = z.infer<typeof savingSchema>;

/** Each answers how it is then. */
export const savingCommands = {
  'saving.get': command(nothing, savingSchema),
  /** What ends from then on is copied, and nothing older. */
  'saving.setOn': command(z.object({ on: z.boolean() }), savingSchema),
  /** Asks for a folder; without an answer everything stays as it is. */
  'saving.chooseFolder': command(nothing, savingSchema),
  'saving.setPattern': command(z.object({ pattern: patternSchema }), savingSchema),
  'saving.setRequests': command(z.object({ on: z.boolean() }), savingSchema),
  /** Tries again what could not be written. */
  'saving.retry': command(nothing, savingSchema),
  'saving.showFolder': command(nothing, nothing),
};

export const savingEvents = { 'saving.changed': savingSchema };
