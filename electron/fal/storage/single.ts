import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { attempts } from './attempts.ts';
import { askPlace } from './place.ts';
import { sendBytes } from './send-bytes.ts';
import type { OpenSource } from './source.ts';

/** How an open file is sent, whichever way. */
export interface SendOptions {
  /** The header's JSON; null for none. */
  readonly lifecycle: string | null;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly stallLimit: number;
  /** Told how many bytes more have left, or, for a try that failed, how many less. */
  readonly moved: (bytes: number) => void;
}

/**
 * Puts a file into fal's storage with one request (fal-protocol §8.1). Tried again from the beginning each time: the
 * address to write to is good for one try, and for a while only.
 */
export function sendWhole(
  connection: FalConnection,
  source: OpenSource,
  { lifecycle, signal, stallLimit, moved }: SendOptions,
): Promise<Result<string, AppError>> {
  const { bytes, contentType } = source;
  return attempts(connection, signal, async () => {
    const place = await askPlace(connection, 'initiate', source, lifecycle, signal);
    if (!place.ok) return place;
    const { to, at } = place.value;
    let tried = 0;
    const put = await sendBytes({
      method: 'PUT',
      url: to,
      headers: { 'content-type': contentType, 'user-agent': connection.userAgent },
      body: bytes.pieces(0, bytes.size),
      length: bytes.size,
      agent: connection.agentFor?.(to),
      signal,
      stallLimit,
      moved: (more) => {
        tried += more;
        moved(more);
      },
    });
    if (put.ok) return ok(at.href);
    moved(-tried);
    return fail({ ...put.error, again: put.error.again || put.error.status === 403 });
  });
}
