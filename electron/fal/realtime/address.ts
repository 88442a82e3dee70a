import { fullPath } from '../../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../../shared/fal/endpoint-id.ts';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

export interface AddressOptions {
  /** Inputs the server may keep waiting, 1 to 60; left to the server where absent (fal-protocol §7.2). */
  readonly maxBuffering?: number | undefined;
  /** In place of `/realtime`. */
  readonly path?: string | undefined;
}

export const MOST_BUFFERING = 60;

/** `<ws>/<full id>/realtime`, the path not doubled for an id that ends with it (fal-protocol §2.3, §7.2). */
export function realtimeAddress(
  base: string,
  endpoint: EndpointId,
  { maxBuffering, path }: AddressOptions,
): Result<string, AppError> {
  if (
    maxBuffering !== undefined &&
    (!Number.isInteger(maxBuffering) || maxBuffering < 1 || maxBuffering > MOST_BUFFERING)
  )
    return fail(
      appError('input', `Buffering is a whole number from 1 to ${MOST_BUFFERING}`, {
        detail: String(maxBuffering),
        hint: 'Nothing was opened. Change it, or leave it to the server.',
      }),
    );
  const id = fullPath(endpoint);
  const own = path ?? 'realtime';
  const address = id === own || id.endsWith(`/${own}`) ? id : `${id}/${own.replace(/^\/+/, '')}`;
  const query = maxBuffering === undefined ? '' : `?max_buffering=${maxBuffering}`;
  return ok(`${base}/${address}${query}`);
}
