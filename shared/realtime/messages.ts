import * as z from 'zod';
import type { AppError } from '../fal/errors.ts';
import { jsonObject } from '../runs/run.ts';

/** Where a live session stands, as a person sees it. */
export type LiveState =
  /** Nothing is open and nothing costs anything; the next input opens the connection. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The connection was lost; it is tried again at `retryAt`, in milliseconds since 1970. */
  | { readonly kind: 'waiting'; readonly error: AppError; readonly retryAt: number }
  /** Given up; `retry` goes on. */
  | { readonly kind: 'failed'; readonly error: AppError };

/** One picture, ready to be painted. */
export interface LiveFrame {
  readonly kind: 'frame';
  /** Counts up through the session: a lower one is never painted after a higher. */
  readonly frame: number;
  /** The `mark` of the input it answers. */
  readonly mark: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Milliseconds from sending the input to its answer; null where the model answers one input many times. */
  readonly roundTrip: number | null;
  /** Seconds in the model, where the server tells. */
  readonly serverSeconds: number | null;
}

/** What main says on a session's port. Bytes are copied once, and never through JSON. */
export type FromMain =
  | { readonly kind: 'state'; readonly state: LiveState }
  | LiveFrame
  /** An answer without a picture: its JSON, cut where it is long. */
  | { readonly kind: 'text'; readonly mark: number; readonly text: string }
  /** The model refused an input, or an answer could not be read; the session goes on. */
  | { readonly kind: 'refused'; readonly mark: number | null; readonly error: AppError }
  /** So far: inputs sent, answers received, and what was lost or came faster than it could be painted. */
  | {
      readonly kind: 'counts';
      readonly sent: number;
      readonly received: number;
      readonly dropped: number;
    };

/** What the window says on a session's port. */
export const fromWindowSchema = z.discriminatedUnion('kind', [
  /** The request as it is now; an older one that still waits is replaced. Marks count up. */
  z.object({ kind: z.literal('input'), mark: z.int().nonnegative(), input: jsonObject }),
  /** This frame has been painted, or thrown away: the next one may come. */
  z.object({ kind: z.literal('painted'), frame: z.int().nonnegative() }),
  /** Try the connection again now. */
  z.object({ kind: z.literal('retry') }),
]);
export type FromWindow = z.infer<typeof fromWindowSchema>;
