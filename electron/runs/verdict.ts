import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { failureOfStatus } from '../fal/failures.ts';

/** Passes by itself, or with a new key: asked again, however long it takes. */
export const isPassing = ({ kind }: AppError): boolean =>
  kind === 'network' || kind === 'auth' || kind === 'busy';

/** The failure that a completed status tells of; null where it tells of none. */
export function verdictOf(status: QueueStatus, requestId: string): AppError | null {
  return status.status === 'COMPLETED' && status.error != null
    ? failureOfStatus(status.error, status.error_type ?? null, requestId)
    : null;
}

export function lost(error: AppError, requestId: string): AppError {
  return appError('lost', 'fal no longer knows this run', {
    detail: error.detail,
    hint: 'Results are kept at fal for a limited time. The request itself is kept here and can be run again.',
    requestId,
  });
}
