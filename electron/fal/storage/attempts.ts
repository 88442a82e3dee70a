import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { clockOf } from '../clock.ts';
import type { FalConnection } from '../connection.ts';
import { waitBefore } from '../retry.ts';

/** `again`: a new try may end otherwise. */
export interface Failure {
  readonly error: AppError;
  readonly again: boolean;
  readonly retryAfter?: string | null;
  /** Of a server that answered. */
  readonly status?: number;
}

/** Tries until it goes well, cannot, or has been tried often enough (fal-protocol §10.5). A stop is never tried again. */
export async function attempts<T>(
  connection: Pick<FalConnection, 'backoff' | 'clock'>,
  signal: AbortSignal,
  once: () => Promise<Result<T, Failure>>,
): Promise<Result<T, AppError>> {
  const { backoff } = connection;
  const { now, pause } = clockOf(connection);
  for (let attempt = 0; ; attempt += 1) {
    if (signal.aborted) return fail(stopped());
    const tried = await once();
    if (tried.ok) return tried;
    const { error, again, retryAfter = null } = tried.error;
    if (signal.aborted) return fail(stopped());
    if (!again || attempt + 1 >= backoff.tries) return fail(error);
    await pause(waitBefore(attempt, backoff, retryAfter, now()), signal);
  }
}

export const stopped = (): AppError => appError('cancelled', 'Stopped');

export const mayPass = (status: number): boolean => status === 408 || status === 429 || status >= 500;
