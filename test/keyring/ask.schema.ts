import * as z from 'zod';
import { backendKinds } from '../../electron/keychain/backend.ts';

/** What `keyring.test.ts` sends to `ask.ts`, and what comes back. */

export const orderSchema = z.object({
  /** The file with each key's place: what the history keeps for the app. */
  places: z.string(),
  /** Skips the question to the bus, so that keytar itself meets what is there. */
  unchecked: z.boolean(),
  /** The time limit of one call, where the app's own is not what is shown. */
  limitMs: z.number().optional(),
  steps: z.array(
    z.discriminatedUnion('do', [
      z.object({ do: z.literal('read'), account: z.string() }),
      z.object({ do: z.literal('write'), account: z.string(), secret: z.string() }),
      z.object({ do: z.literal('remove'), account: z.string() }),
      /** Stops another process, as a keyring that hangs in the middle of a session. */
      z.object({ do: z.literal('stop'), pid: z.number() }),
      z.object({ do: z.literal('readFile') }),
      /** The names of all entries of the app, past the keychain, which never asks for them. */
      z.object({ do: z.literal('accounts') }),
      /** Four calls at once past every guard: what the guards are there for. */
      z.object({ do: z.literal('unguarded') }),
    ]),
  ),
});
export type Order = z.infer<typeof orderSchema>;

const stateSchema = z.object({ backend: z.enum(backendKinds), why: z.string() });
export const reportSchema = z.object({
  opened: stateSchema,
  openMs: z.number(),
  answers: z.array(z.unknown()),
  changes: z.array(stateSchema),
  stuck: z.boolean(),
});
export type Report = z.infer<typeof reportSchema>;
