import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { clockOf, limitOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { failureOfCall } from './failures.ts';
import { exchange } from './http.ts';
import type { HeadListener, HttpAnswer } from './http.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { uploadInputFiles } from './storage/model-input.ts';
import type { ModelInput } from './storage/model-input.ts';

/** A model's output: JSON nearly always, text or bytes where the model chose another type (fal-protocol §3). */
export type Output = JsonValue | Uint8Array;

export interface RunOutput {
  /** Null where fal did not name one. */
  readonly requestId: string | null;
  readonly data: Output;
}

/**
 * Calls a model directly, past the queue, and waits for its output (fal-protocol §3), without a limit on
 * its beginning but `options.timeout`; two minutes of silence in its midst are an end. Sent again only where fal says that no runner had it; where that is not known the error is
 * `unconfirmed`. Dropping the connection, by the limit or `signal`, tells fal to stop the work.
 * Files of the input go into fal's storage before, and no limit counts for them.
 */
export async function run(
  connection: FalConnection,
  endpoint: Endpoint,
  input: ModelInput,
  options: RequestOptions,
  signal: AbortSignal,
  head: HeadListener = () => undefined,
): Promise<Result<RunOutput, AppError>> {
  const prepared = prepare(connection.hosts, endpoint, options, 'run');
  if (!prepared.ok) return prepared;
  const { url, headers, limit } = prepared.value;
  const body = await uploadInputFiles(connection, input, { signal, lifecycle: options.lifecycle });
  if (!body.ok) return body;
  const answer = await exchange(connection, {
    method: 'POST',
    url,
    body: body.value,
    headers,
    retry: 'direct',
    patient: true,
    signal: limit === null ? signal : AbortSignal.any([signal, limitOf(clockOf(connection), limit)]),
  });
  if (!answer.ok)
    return limit !== null && answer.error.kind === 'timeout'
      ? fail(tooLate(limit, answer.error.requestId))
      : answer;
  const { status, headers: answered } = answer.value;
  head(answered);
  return status >= 200 && status < 300 ? outputOf(answer.value) : fail(failureOfCall(answer.value));
}

function outputOf({ headers, body, raw }: HttpAnswer): Result<RunOutput, AppError> {
  const requestId = headers.get('x-fal-request-id');
  if (body !== undefined) return ok({ requestId, data: body });
  const type = headers.get('content-type') ?? '';
  // A body that was cut, or a promise of JSON that is not kept.
  if (raw === undefined || type === '' || type.includes('json'))
    return fail(
      appError('protocol', 'The model’s answer cannot be read', {
        detail:
          raw === undefined
            ? 'It was cut off, or is too large.'
            : new TextDecoder().decode(raw).slice(0, 300),
        hint: 'The call was made, and may be billed.',
        requestId,
      }),
    );
  return ok({ requestId, data: type.startsWith('text/') ? new TextDecoder().decode(raw) : raw });
}

const tooLate = (limit: number, requestId: string | null): AppError =>
  appError('timeout', `The model did not answer within ${limit / 1000} s`, {
    detail: 'The connection was dropped, which tells fal to stop the work.',
    hint: 'What was done until then may be billed. Allow more time, or use the queue.',
    requestId,
  });
