import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { clockOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import { status } from './queue.ts';
import { waitBefore } from './retry.ts';
import { statusStream } from './status-stream.ts';

/** What following a request tells: how it stands, or why fal cannot be asked just now. */
export type Followed =
  | { readonly kind: 'status'; readonly status: QueueStatus }
  /** Passing trouble: the asking goes on. */
  | { readonly kind: 'trouble'; readonly error: AppError }
  /** fal no longer knows the request; nothing more comes. */
  | { readonly kind: 'gone'; readonly error: AppError };

export interface FollowOptions {
  /** `poll` never asks for the status stream; `stream` polls only where there is none. */
  readonly mode?: 'stream' | 'poll';
  /** Whether fal sends log lines along: all so far at each poll, the new ones over the stream. True if not given. */
  readonly logs?: boolean;
  /** Milliseconds without a byte after which the status stream counts as dead; 60,000 if not given. */
  readonly stallLimit?: number;
}

/**
 * Follows a request to its end: pushed by the status stream where there is one, polled where there is not
 * (fal-protocol §4.3, §4.6). Never gives up on a network that is away: the request goes on at fal.
 * Ends after COMPLETED, after `gone`, or silently when aborted.
 */
export async function* follow(
  connection: FalConnection,
  id: EndpointId,
  requestId: string,
  signal: AbortSignal,
  { mode = 'stream', logs = true, stallLimit = 60_000 }: FollowOptions = {},
): AsyncGenerator<Followed, void> {
  const { pause } = clockOf(connection);
  let push = mode === 'stream';
  let failures = 0;
  while (!signal.aborted) {
    if (push) {
      let told = false;
      for await (const event of statusStream(connection, id, requestId, {
        signal,
        stallLimit,
        logs,
      })) {
        if (signal.aborted) return;
        if (event.ok) {
          told = true;
          failures = 0;
          yield { kind: 'status', status: event.value };
          if (event.value.status === 'COMPLETED') return;
        }
      }
      // A stream that never said a word is not offered here; one that broke is worth opening again.
      push = told;
    }
    const polled = await status(connection, id, requestId, signal, logs);
    if (signal.aborted) return;
    if (polled.ok) {
      failures = 0;
      yield { kind: 'status', status: polled.value };
      if (polled.value.status === 'COMPLETED') return;
      // Before the stream is opened again, too: one that always breaks must not become a loop without rest.
      if (!(await pause(connection.pollInterval, signal))) return;
    } else if (polled.error.kind === 'not_found') {
      yield { kind: 'gone', error: polled.error };
      return;
    } else {
      yield { kind: 'trouble', error: polled.error };
      // After a break the stream may well be there again.
      push = mode === 'stream';
      if (!(await pause(waitBefore(failures, connection.backoff, null), signal))) return;
      failures += 1;
    }
  }
}
