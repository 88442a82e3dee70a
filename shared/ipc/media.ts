import * as z from 'zod';
import { runIdSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of this computer that a request may name as `media:<sha256>`. */
export const mediaFactsSchema = z.object({
  sha256,
  /** As read from the first bytes, whatever its name says. */
  contentType: z.string(),
  bytes: z.int(),
  fileName: z.string(),
});
export type MediaFacts = z.infer<typeof mediaFactsSchema>;

/** One of the files a result brought. */
const recentFileSchema = mediaFactsSchema.extend({
  runId: runIdSchema,
  /** Its model marked it as not for every eye. */
  flagged: z.boolean(),
});
export type RecentFile = z.infer<typeof recentFileSchema>;

const recentFilesSchema = z.object({
  files: z.array(recentFileSchema),
  /** Where the next page begins; null at the end. */
  before: runIdSchema.nullable(),
});
export type RecentFiles = z.infer<typeof recentFilesSchema>;

const medium = z.enum(['image', 'video', 'audio', 'model', 'any']);

export const mediaCommands = {
  /** Takes a file of the person's own into the store, at most `MOST_INPUT_BYTES` (shared/media/input.ts). */
  'media.add': command(z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }), mediaFactsSchema),
  /** Null where the file is not kept here, or not any more. */
  'media.facts': command(z.object({ sha256 }), mediaFactsSchema.nullable()),
  /**
   * Puts a picture on the system's clipboard. `png`: its pixels as a PNG, made by the window, which reads kinds that main does
   * not; null for a file that is one.
   */
  'media.copyPicture': command(z.object({ sha256, png: z.instanceof(Uint8Array).nullable() }), nothing),
  /** Begins to drag a copy of a file out of the window; the pointer must be down. */
  'media.drag': command(z.object({ sha256, fileName: z.string() }), nothing),
  /** Shows a copy of a file, under its own name, in the system's file manager; it is there until the program ends. */
  'media.show': command(z.object({ sha256, fileName: z.string() }), nothing),
  /** Files of results that a field of this medium takes, newest first; about `limit`, a run's files together. */
  'media.recent': command(
    z.object({ medium, before: runIdSchema.nullable(), limit: z.int().min(1).max(200) }),
    recentFilesSchema,
  ),
};
