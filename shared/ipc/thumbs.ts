import * as z from 'zod';
import { MOST_SMALL_BYTES } from '../media/small.ts';
import { command, nothing } from './define.ts';

export const thumbCommands = {
  /** Keeps the small picture of a file of this computer, a WebP made by the window; null where there can be none. */
  'thumbs.put': command(
    z.object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.byteLength <= MOST_SMALL_BYTES, 'is too large')
        .nullable(),
    }),
    nothing,
  ),
};
