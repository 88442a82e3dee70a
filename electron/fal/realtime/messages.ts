import * as z from 'zod';
import { decodeFrame, isWireObject } from './codec.ts';
import type { WireObject } from './codec.ts';

/**
 * What a server's frame means (fal-protocol §7.4).
 * - `answer`        the model's output for one input
 * - `timings`       seconds the model took
 * - `unauthorized`  the token counts no more
 * - `idle`          the server ends an idle session; a normal close follows
 * - `refused`       an error in place of an answer; after `x-fal-error` the server closes
 * - `noise`         a control message nobody knows: never an answer
 * - `unreadable`
 */
export type ServerMessage =
  | { readonly kind: 'answer'; readonly output: WireObject }
  | { readonly kind: 'timings'; readonly seconds: number }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string; readonly closes: boolean }
  | { readonly kind: 'noise' }
  | { readonly kind: 'unreadable' };

const timings = z.object({
  type: z.literal('x-fal-message'),
  action: z.literal('timings'),
  timing: z.number(),
});
const failure = z.object({
  type: z.literal('x-fal-error'),
  error: z.string().catch('UNKNOWN'),
  reason: z.string().catch(''),
});
const statusError = z.object({ status: z.literal('error'), error: z.unknown() });
const control = z.object({ type: z.string().startsWith('x-fal-') });

export function readMessage(data: Uint8Array | string): ServerMessage {
  const value = decodeFrame(data);
  if (!isWireObject(value)) return { kind: 'unreadable' };
  // Nearly all are answers, and to fail at four schemas takes six times as long as to decode a picture.
  if (typeof value['type'] !== 'string' && value['status'] !== 'error')
    return { kind: 'answer', output: value };
  const timed = timings.safeParse(value);
  if (timed.success) return { kind: 'timings', seconds: timed.data.timing };
  const failed = failure.safeParse(value);
  if (failed.success) {
    const { error, reason } = failed.data;
    return error === 'TIMEOUT' ? { kind: 'idle' } : { kind: 'refused', code: error, reason, closes: true };
  }
  if (control.safeParse(value).success) return { kind: 'noise' };
  const status = statusError.safeParse(value);
  if (status.success) {
    const { error } = status.data;
    if (error === 'Unauthorized') return { kind: 'unauthorized' };
    const reason = typeof error === 'string' ? error : wordsOf(error);
    return { kind: 'refused', code: 'error', reason, closes: false };
  }
  return { kind: 'answer', output: value };
}

const MOST_WORDS = 500;

/** Whatever was put in the place of a sentence; integers of 64 bits and bytes are none of JSON's. */
function wordsOf(value: unknown): string {
  const plain = (_key: string, inner: unknown): unknown =>
    typeof inner === 'bigint' ? inner.toString() : inner instanceof Uint8Array ? '…' : inner;
  return (JSON.stringify(value, plain) ?? '').slice(0, MOST_WORDS);
}
