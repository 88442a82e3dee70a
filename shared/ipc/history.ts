import * as z from 'zod';
import { marksOfSchema, runCardSchema, runMarksSchema, trashedSchema } from '../history/card.ts';
import { facetsSchema, foundSchema, historyOrders } from '../history/found.ts';
import { MOST_RUNS, MOST_TAG } from '../history/most.ts';
import { MOST_QUERY } from '../history/tokens.ts';
import { runIdSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

const ids = z.array(runIdSchema).min(1).max(MOST_RUNS);
const tag = z.string().min(1).max(MOST_TAG);
const text = z.string().max(MOST_QUERY);

export const historyCommands = {
  /**
   * What fits the words (`shared/history/query.ts`), a page at a time. Never fails for the words: what cannot be read is named.
   * Runs in the trash are found by `is:trashed` alone.
   */
  'history.search': command(
    z.object({
      text,
      order: z.enum(historyOrders),
      /** `next` of the page before; null for the first. */
      after: z.string().max(500).nullable(),
      limit: z.int().min(1).max(20_000),
    }),
    foundSchema,
  ),
  /** Those of these runs that are there, in the same order. */
  'history.cards': command(z.object({ ids: z.array(runIdSchema).min(1).max(200) }), z.array(runCardSchema)),
  'history.facets': command(z.object({ text }), facetsSchema),
  'history.marks': command(z.object({ id: runIdSchema }), runMarksSchema.nullable()),
  'history.marksOf': command(z.object({ ids }), marksOfSchema),
  'history.star': command(z.object({ ids, star: z.boolean() }), nothing),
  'history.note': command(z.object({ id: runIdSchema, note: runMarksSchema.shape.note }), nothing),
  'history.tag': command(z.object({ ids, tag, on: z.boolean() }), nothing),
  /** Puts runs into the trash; those under way are left. */
  'history.trash': command(z.object({ ids }), trashedSchema),
  'history.restore': command(z.object({ ids }), nothing),
  /** Deletes runs that are in the trash, all of them where none is named, and files nothing else names. Cannot be undone. */
  'history.purge': command(z.object({ ids: ids.nullable() }), z.object({ runs: z.int(), bytes: z.number() })),
};

/** Which marks changed, or that it may be any, and which runs there are. */
const changedSchema = z.enum(['star', 'note', 'tag', 'runs']);
export type Changed = z.infer<typeof changedSchema>;

export const historyEvents = {
  /** Marks of these runs changed, or they went or came; null where it may be any. Cards and lists of them are old. */
  'history.changed': z.object({ ids: z.array(runIdSchema).nullable(), about: changedSchema }),
};
