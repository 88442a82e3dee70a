import * as z from 'zod';
import { MOST_RUNS } from '../history/most.ts';
import { runIdSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

/** Which runs go out: these, or all that a search finds; an empty one finds all but what is in the trash. */
const chosen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(runIdSchema).min(1).max(MOST_RUNS) }),
  z.object({ kind: z.literal('search'), text: z.string().max(2000) }),
]);
export type ChosenRuns = z.infer<typeof chosen>;

const form = z.enum(['zip', 'folder']);
export type ExportForm = z.infer<typeof form>;

export const exportSummarySchema = z.object({
  path: z.string(),
  runs: z.int(),
  files: z.int(),
  /** Of the files, together. */
  bytes: z.int(),
  /** Files that runs name and that are not on this computer. */
  missing: z.int(),
  /** Runs left out: only a newer version can read them, or their rows are spoilt. */
  unreadable: z.int(),
});
export type ExportSummary = z.infer<typeof exportSummarySchema>;

export const importSummarySchema = z.object({
  added: z.int(),
  /** Were here already. */
  here: z.int(),
  files: z.int(),
  /** Files that runs name and that neither came along nor were here. */
  missing: z.int(),
  /** Files whose content is not what their name says; they were left. */
  altered: z.int(),
  /** Lines that are no runs, and the first of them by number with a word on why. */
  unreadable: z.int(),
  problems: z.array(z.object({ line: z.int(), why: z.string() })),
  /** Runs its maker counted that are not in it any more. */
  lacking: z.int(),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const csvSummarySchema = z.object({ path: z.string(), runs: z.int() });
export type CsvSummary = z.infer<typeof csvSummarySchema>;

export const transferSchema = z.object({
  work: z.enum(['export', 'import', 'csv']),
  of: z.enum(['runs', 'files']),
  done: z.int(),
  /** Null where it is not known. */
  total: z.int().nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** Each asks for a place first, answers when all is done, and null when the person changed their mind. One at a time. */
export const transferCommands = {
  /** Never writes over anything: where the name is taken, it gets a number. */
  'transfer.export': command(z.object({ chosen, form }), exportSummarySchema.nullable()),
  'transfer.csv': command(z.object({ chosen }), csvSummarySchema.nullable()),
  'transfer.import': command(z.object({ form }), importSummarySchema.nullable()),
  /** Stops what is under way: an export leaves nothing behind, an import what it has taken in. */
  'transfer.cancel': command(nothing, nothing),
  'transfer.get': command(nothing, transferSchema.nullable()),
};

export const transferEvents = {
  /** How far it is; null when nothing is under way. */
  'transfer.changed': transferSchema.nullable(),
};
