import { appPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { cancelWords, queueStatusSchema, submitAnswerSchema } from '../../shared/fal/queue.ts';
import type { CancelWord, QueueStatus } from '../../shared/fal/queue.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { clockOf, limitOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { failureOf, isRedirect } from './failures.ts';
import { exchange, exchangeOk } from './http.ts';
import type { HeadListener } from './http.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { isReplay } from './retry.ts';
import { uploadInputFiles } from './storage/model-input.ts';
import type { ModelInput } from './storage/model-input.ts';

export interface Submitted {
  readonly requestId: string;
  /** Requests ahead; null where the server does not say. */
  readonly position: number | null;
}

/** Where a submitted request is followed: the endpoint's sub-path is dropped (fal-protocol §2.2). */
export function requestUrl(connection: FalConnection, id: EndpointId, requestId: string): string {
  return `${connection.hosts.queue}/${appPath(id)}/requests/${encodeURIComponent(requestId)}`;
}

/**
 * Puts a request into the queue (fal-protocol §4.1). Sent again only when it was certainly not taken;
 * a lost answer is `unconfirmed`, for the person to decide on, and so is one that `options.timeout` did not wait for.
 * Stopped by `signal` while it is on its way it is `cancelled`, and the hint says that fal may have it.
 * `stopTrying` ends it between two tries, as `cancelled`. Files of the input go into fal's storage before; either signal
 * stops them, and no limit counts for them.
 */
export async function submit(
  connection: FalConnection,
  id: Endpoint,
  input: ModelInput,
  signal: AbortSignal,
  stopTrying?: AbortSignal,
  options: RequestOptions = {},
): Promise<Result<Submitted, AppError>> {
  const prepared = prepare(connection.hosts, id, options, 'submit');
  if (!prepared.ok) return prepared;
  const { url, headers: own, limit } = prepared.value;
  const body = await uploadInputFiles(connection, input, {
    signal: stopTrying === undefined ? signal : AbortSignal.any([signal, stopTrying]),
    lifecycle: options.lifecycle,
  });
  if (!body.ok) return body;
  const answer = await exchange(connection, {
    method: 'POST',
    url,
    body: body.value,
    headers: own,
    retry: 'not-taken',
    signal: limit === null ? signal : AbortSignal.any([signal, limitOf(clockOf(connection), limit)]),
    ...(stopTrying === undefined ? {} : { stopTrying }),
  });
  if (!answer.ok)
    return limit !== null && answer.error.kind === 'timeout' ? fail(notAnswered(limit)) : answer;
  const { status, headers } = answer.value;
  // A gateway that gave up waiting says nothing of whether the queue took the request.
  const between = status === 502 || status === 504 || isRedirect(status);
  if (between && !headers.has('x-fal-request-timeout-type'))
    return fail({
      ...failureOf(answer.value),
      kind: 'unconfirmed',
      title: 'fal did not say whether it took the request',
      hint: 'It was not sent again, so that nothing is paid twice.',
    });
  if (status < 200 || status >= 300) return fail(failureOf(answer.value));
  const parsed = submitAnswerSchema.safeParse(answer.value.body);
  const named = headers.get('x-fal-request-id');
  if (!parsed.success && named !== null && named !== '') return ok({ requestId: named, position: null });
  if (!parsed.success)
    return fail(
      appError('unconfirmed', 'fal answered without a request id', {
        detail: describe(answer.value.body),
        hint: 'fal may have taken the request. It was not sent again, so that nothing is paid twice.',
      }),
    );
  return ok({ requestId: parsed.data.request_id, position: parsed.data.queue_position ?? null });
}

const notAnswered = (limit: number): AppError =>
  appError('unconfirmed', `fal did not answer within ${limit / 1000} s`, {
    hint: 'fal may have taken the request. It was not sent again, so that nothing is paid twice.',
  });

/** One look at a request, with all its logs so far (fal-protocol §4.2). */
export async function status(
  connection: FalConnection,
  id: EndpointId,
  requestId: string,
  signal: AbortSignal,
  logs = true,
): Promise<Result<QueueStatus, AppError>> {
  const url = `${requestUrl(connection, id, requestId)}/status?logs=${logs ? 1 : 0}`;
  const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', signal });
  return answer.ok ? readStatus(answer.value.body, requestId) : fail({ ...answer.error, requestId });
}

export function readStatus(body: unknown, requestId: string): Result<QueueStatus, AppError> {
  const parsed = queueStatusSchema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return fail(
    appError('protocol', 'The answer on the run cannot be read', {
      detail: describe(body),
      hint: 'The run goes on at fal.',
      requestId,
    }),
  );
}

/** The finished request's output, or the failure it ended with, replayed by fal (fal-protocol §4.4). */
export async function result(
  connection: FalConnection,
  id: EndpointId,
  requestId: string,
  signal: AbortSignal,
  head: HeadListener = () => undefined,
): Promise<Result<JsonValue, AppError>> {
  const answer = await exchange(connection, {
    method: 'GET',
    url: requestUrl(connection, id, requestId),
    retry: 'stored',
    signal,
  });
  if (!answer.ok) return fail({ ...answer.error, requestId });
  const { status: code, body, headers } = answer.value;
  head(headers);
  if (code < 200 || code >= 300) {
    const failure = { ...failureOf(answer.value), requestId };
    // A gateway in between says nothing of how the run ended; the app's own 429 or 503 is how it ended.
    if (!isReplay(headers) && !isJsonObject(body) && code >= 500) return fail({ ...failure, kind: 'busy' });
    return fail(isReplay(headers) && failure.kind === 'busy' ? { ...failure, ...MODEL_FAILED } : failure);
  }
  if (body !== undefined) return ok(body);
  return fail(
    appError('protocol', 'The result cannot be read', {
      detail: 'The body is not JSON.',
      hint: 'The run is done at fal; its result can be fetched again while fal keeps it.',
      requestId,
    }),
  );
}

const MODEL_FAILED = {
  kind: 'model',
  title: 'The model failed',
  hint: 'Your request is kept as you wrote it. Run again in a moment.',
} as const;

/** Asks fal to stop a request. Each of the four answers is a success: it says what became of the wish (fal-protocol §4.5). */
export async function cancel(
  connection: FalConnection,
  id: EndpointId,
  requestId: string,
  signal: AbortSignal,
): Promise<Result<CancelWord, AppError>> {
  const url = `${requestUrl(connection, id, requestId)}/cancel`;
  const answer = await exchange(connection, { method: 'PUT', url, retry: 'read', signal });
  if (!answer.ok) return fail({ ...answer.error, requestId });
  const { status: code, body } = answer.value;
  const said = isJsonObject(body) ? body['status'] : undefined;
  const word = cancelWords.find((known) => known === said);
  if (word !== undefined) return ok(word);
  return code >= 200 && code < 300
    ? ok('CANCELLATION_REQUESTED')
    : fail({ ...failureOf(answer.value), requestId });
}

function describe(body: unknown): string {
  return typeof body === 'string'
    ? body.slice(0, 300)
    : (JSON.stringify(body, (_k, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? 'empty').slice(
        0,
        300,
      );
}
