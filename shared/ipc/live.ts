import * as z from 'zod';
import { runSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

const session = z.int().positive();

/** Live sessions. What goes to and fro in one travels on a port of its own (shared/realtime/messages.ts). */
export const liveCommands = {
  /**
   * Begins a session; an earlier one is closed. Nothing connects before the first input. Its port comes to the page as
   * `{ type: LIVE_PORT, session }` (shared/ipc/channels.ts). `maxBuffering` is 1 to 60, or null to leave it to the server (fal-protocol §7.2).
   */
  'live.open': command(
    z.object({ profileId: z.string(), endpointId: z.string(), maxBuffering: z.number().nullable() }),
    z.object({ session }),
  ),
  'live.close': command(z.object({ session }), nothing),
  /** Writes one of the last frames and its whole input to the history. */
  'live.keep': command(z.object({ session, frame: z.int().nonnegative() }), runSchema),
};
