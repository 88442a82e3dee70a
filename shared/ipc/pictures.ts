import * as z from 'zod';
import { jsonObject, runSchema } from '../runs/run.ts';
import { command } from './define.ts';

/** What a file tells of the request that it came of. */
export const fileRequestSchema = z.discriminatedUnion('kind', [
  /** It is a run of this computer. */
  z.object({ kind: z.literal('run'), run: runSchema }),
  /** It stands in the picture, by whomever it was written. */
  z.object({
    kind: z.literal('request'),
    endpointId: z.string(),
    input: jsonObject,
    /** As the model told it with the picture, in digits; null where it did not. */
    seed: z.string().nullable(),
    /** Files that stayed on the computer where it was made. */
    filesLeftOut: z.int(),
  }),
  z.object({ kind: z.literal('none') }),
]);
export type FileRequest = z.infer<typeof fileRequestSchema>;

export const pictureCommands = {
  /** The request of a file from anywhere, at most `MOST_INPUT_BYTES` (shared/media/input.ts); nothing of it is kept. */
  'pictures.request': command(z.object({ bytes: z.instanceof(Uint8Array) }), fileRequestSchema),
};
