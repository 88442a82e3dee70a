import * as z from 'zod';
import { amountSchema, batchPlaceSchema } from '../runs/asked.ts';
import { MOST_NOTE } from './most.ts';
import { runIdSchema, runSchema, runStateKindSchema } from '../runs/run.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A run as lists show it: small, whatever its model gave. `thumb` is the file that stands for it; `small` says whether a small
 * picture of that file lies here: not yet, yes, or there can be none.
 */
export const runCardSchema = z.object({
  id: runIdSchema,
  endpointId: z.string(),
  /** The person's own words, else the model's id; at most `MOST_TITLE` letters. */
  title: z.string(),
  origin: runSchema.shape.origin,
  state: runStateKindSchema,
  batch: batchPlaceSchema.nullable(),
  cost: amountSchema.nullable(),
  /** Milliseconds since 1970; null where it is not over. */
  ended: z.int().nullable(),
  star: z.boolean(),
  tags: z.array(z.string()),
  /** When it went to the trash, in milliseconds since 1970; null for all others. */
  deletedAt: z.int().nullable(),
  /** Files the result holds, here or at their address. */
  files: z.int(),
  thumb: z
    .object({
      sha256,
      medium: z.enum(['image', 'video', 'audio', 'model', 'file']),
      contentType: z.string(),
      bytes: z.int(),
      width: z.int().nullable(),
      height: z.int().nullable(),
      /** Its model marked it as not for every eye. */
      flagged: z.boolean(),
      small: z.enum(['none', 'made', 'impossible']),
    })
    .nullable(),
  /** The begin of what it said, where there is no file; at most `MOST_TITLE` letters. */
  text: z.string().nullable(),
});
export type RunCard = z.infer<typeof runCardSchema>;

/** What a person added to a run. */
export const runMarksSchema = z.object({
  star: z.boolean(),
  note: z.string().max(MOST_NOTE),
  tags: z.array(z.string()),
  deletedAt: z.int().nullable(),
});
export type RunMarks = z.infer<typeof runMarksSchema>;

/** What several runs have in common: of how many that are there, how many have a star, and each tag that any of them has. */
export const marksOfSchema = z.object({
  runs: z.int(),
  stars: z.int(),
  tags: z.array(z.object({ tag: z.string(), count: z.int() })),
});
export type MarksOf = z.infer<typeof marksOfSchema>;

/** What became of runs that were to go to the trash. What is in it already, or not there at all, is in neither. */
export const trashedSchema = z.object({
  gone: z.array(runIdSchema),
  /** How many stay, because they are under way. */
  left: z.int(),
});
export type Trashed = z.infer<typeof trashedSchema>;
