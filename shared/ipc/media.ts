import * as z from 'zod';
import { command } from './define.ts';

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

export const mediaCommands = {
  /** Takes a file of the person's own into the store, at most `MOST_INPUT_BYTES` (shared/media/input.ts). */
  'media.add': command(z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }), mediaFactsSchema),
  /** Null where the file is not kept here, or not any more. */
  'media.facts': command(z.object({ sha256 }), mediaFactsSchema.nullable()),
};
