import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { CancelWord, QueueStatus } from '../../shared/fal/queue.ts';
import type { JsonValue } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import { clockOf, limitOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { failureOfStatus } from './failures.ts';
import { follow } from './follow.ts';
import type { FollowOptions } from './follow.ts';
import { LogBook } from './log-book.ts';
import { cancel, result, submit } from './queue.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { uploadInputFiles } from './storage/model-input.ts';
import type { ModelInput } from './storage/model-input.ts';

/** `timeout` is for the whole, from the submit to the result. */
export interface SubscribeOptions extends RequestOptions {
  /** Whether log lines are told; false if not given. */
  readonly logs?: boolean;
  /** `stream`, with polling where there is none, if not given. */
  readonly mode?: 'stream' | 'poll';
  /**
   * Whether an abort cancels the request at fal too, with up to ten seconds for the answer that tells its id; false if not
   * given: it goes on, and can be attached to.
   */
  readonly cancelOnAbort?: boolean;
}

/**
 * - `queued`   fal took the request: from here on it can be found again by its id
 * - `status`   it stands otherwise than before, or has new log lines; `logs` are the new ones. May go from IN_PROGRESS
 *              back to IN_QUEUE (fal-protocol §4.6)
 * - `trouble`  fal cannot be asked just now; the asking goes on
 * - `done`     the output; the last
 * - `failed`   the last. `cancelled` is fal's word on the cancel where one was sent; null where it went unheard
 */
export type SubscribeEvent =
  | { readonly kind: 'queued'; readonly requestId: string; readonly position: number | null }
  | { readonly kind: 'status'; readonly status: QueueStatus }
  | { readonly kind: 'trouble'; readonly error: AppError }
  | { readonly kind: 'done'; readonly requestId: string; readonly data: JsonValue }
  | { readonly kind: 'failed'; readonly error: AppError; readonly cancelled?: CancelWord | null };

/** How often in a row fal may be out of reach; with the waits between, some five minutes. */
const MOST_TROUBLES = 20;
/** Milliseconds for what is still to be done when the time is over. */
const LAST_WORDS = 10_000;

/**
 * Puts a request into the queue and follows it to its end (fal-protocol §5). Never throws, and ends with its last event.
 * Files of the input go into fal's storage before, and no limit counts for them.
 */
export async function* subscribe(
  connection: FalConnection,
  endpoint: Endpoint,
  input: ModelInput,
  options: SubscribeOptions,
  signal: AbortSignal,
): AsyncGenerator<SubscribeEvent, void> {
  const ready = readyFor(connection, endpoint, options, signal);
  if (ready.kind === 'failed') return yield ready;
  const body = await uploadInputFiles(connection, input, { signal, lifecycle: options.lifecycle });
  if (!body.ok) return yield { kind: 'failed', error: body.error };
  const over = endOf(connection, ready);
  const patience = ready.cancelOnAbort ? afterwards(connection, signal) : signal;
  const sent = await submit(connection, endpoint, body.value, patience, signal, ready.request);
  if (!sent.ok) return yield { kind: 'failed', error: sent.error };
  yield { kind: 'queued', ...sent.value };
  yield* watch(connection, endpoint, sent.value.requestId, ready, over);
}

/** Aborts some time after the other: what fal is just taking can be cancelled by the id that it still gives. */
function afterwards(connection: FalConnection, signal: AbortSignal): AbortSignal {
  const over = new AbortController();
  const begin = (): void => void clockOf(connection).after(LAST_WORDS, () => over.abort());
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return over.signal;
}

/** Follows a request that was made elsewhere. */
export async function* attach(
  connection: FalConnection,
  endpoint: Endpoint,
  requestId: string,
  options: SubscribeOptions,
  signal: AbortSignal,
): AsyncGenerator<SubscribeEvent, void> {
  const ready = readyFor(connection, endpoint, options, signal);
  if (ready.kind === 'failed') return yield ready;
  yield* watch(connection, endpoint, requestId, ready, endOf(connection, ready));
}

interface Ready {
  readonly kind: 'ready';
  readonly request: RequestOptions;
  readonly follow: Required<FollowOptions>;
  readonly cancelOnAbort: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly limit: number | null;
}

function readyFor(
  connection: FalConnection,
  endpoint: Endpoint,
  { logs = false, mode = 'stream', cancelOnAbort = false, ...request }: SubscribeOptions,
  signal: AbortSignal,
): Ready | Extract<SubscribeEvent, { kind: 'failed' }> {
  const prepared = prepare(connection.hosts, endpoint, request, 'submit');
  if (!prepared.ok) return { kind: 'failed', error: prepared.error };
  const { limit, stallLimit } = prepared.value;
  return {
    kind: 'ready',
    request,
    follow: { logs, mode, stallLimit },
    cancelOnAbort,
    signal,
    limit,
  };
}

/** From now on the time counts; null where it does not. */
const endOf = (connection: FalConnection, { limit }: Ready): AbortSignal | null =>
  limit === null ? null : limitOf(clockOf(connection), limit);

async function* watch(
  connection: FalConnection,
  endpoint: Endpoint,
  requestId: string,
  ready: Ready,
  over: AbortSignal | null,
): AsyncGenerator<SubscribeEvent, void> {
  const { signal } = ready;
  const stop = over === null ? signal : AbortSignal.any([signal, over]);
  const book = new LogBook();
  let stood = '';
  let troubles = 0;
  for await (const told of follow(connection, endpoint, requestId, stop, ready.follow)) {
    switch (told.kind) {
      case 'status': {
        troubles = 0;
        // Asked for or not, a server may send them along.
        const logs = ready.follow.logs ? book.take(told.status.logs) : [];
        const stands = standOf(told.status);
        if (stands !== stood || logs.length > 0) yield { kind: 'status', status: { ...told.status, logs } };
        stood = stands;
        if (told.status.status === 'COMPLETED') {
          const outcome = await outcomeOf(connection, endpoint, requestId, told.status, stop);
          return yield stop.aborted && outcome.kind === 'failed'
            ? await stopped(connection, endpoint, requestId, ready)
            : outcome;
        }
        break;
      }
      case 'trouble':
        troubles += 1;
        // A key that is refused now will be refused in a minute.
        if (told.error.kind === 'auth' || troubles >= MOST_TROUBLES)
          return yield { kind: 'failed', error: { ...told.error, requestId, hint: GOES_ON } };
        yield told;
        break;
      case 'gone':
        return yield {
          kind: 'failed',
          error: appError('lost', 'fal no longer knows this request', {
            detail: told.error.detail,
            requestId,
          }),
        };
      default:
        assertNever(told);
    }
  }
  yield await stopped(connection, endpoint, requestId, ready);
}

const GOES_ON = 'The request goes on at fal; it can be followed again by its id.';

const standOf = (status: QueueStatus): string =>
  status.status === 'IN_QUEUE' ? `IN_QUEUE ${status.queue_position ?? ''}` : status.status;

/** What the request ended with. A COMPLETED that carries an error is a failure, whatever the result says (fal-protocol §5). */
async function outcomeOf(
  connection: FalConnection,
  endpoint: Endpoint,
  requestId: string,
  status: Extract<QueueStatus, { status: 'COMPLETED' }>,
  signal: AbortSignal,
): Promise<SubscribeEvent> {
  const output = await result(connection, endpoint, requestId, signal);
  // The result call replays the failure in full: its fields, its kind.
  const replayed = !output.ok && !isPassing(output.error);
  if (status.error != null && !replayed)
    return { kind: 'failed', error: failureOfStatus(status.error, status.error_type ?? null, requestId) };
  if (output.ok) return { kind: 'done', requestId, data: output.value };
  return replayed
    ? { kind: 'failed', error: { ...output.error, requestId } }
    : {
        kind: 'failed',
        error: { ...output.error, requestId, hint: 'The run is done; its result can be fetched by its id.' },
      };
}

const isPassing = ({ kind }: AppError): boolean =>
  kind === 'network' || kind === 'busy' || kind === 'cancelled' || kind === 'timeout';

/** The time is over, or the caller has left: what becomes of the request, which goes on by itself, is said. */
async function stopped(
  connection: FalConnection,
  endpoint: Endpoint,
  requestId: string,
  { signal, limit, cancelOnAbort }: Ready,
): Promise<SubscribeEvent> {
  const late = !signal.aborted && limit !== null;
  const [kind, title] = late
    ? (['timeout', `The request was not done within ${limit / 1000} s`] as const)
    : (['cancelled', 'Stopped'] as const);
  if (!late && !cancelOnAbort)
    return { kind: 'failed', error: appError(kind, title, { hint: GOES_ON, requestId }) };
  const clock = clockOf(connection);
  const said = await cancel(connection, endpoint, requestId, limitOf(clock, LAST_WORDS));
  // What is done is paid for, and there to be had.
  if (late && said.ok && said.value === 'ALREADY_COMPLETED') {
    const output = await result(connection, endpoint, requestId, limitOf(clock, LAST_WORDS));
    if (output.ok) return { kind: 'done', requestId, data: output.value };
  }
  const detail = said.ok
    ? BECAME[said.value]
    : `It was not cancelled: ${said.error.title}. ${said.error.detail}`;
  const hint = said.ok ? '' : GOES_ON;
  return {
    kind: 'failed',
    error: appError(kind, title, { detail, hint, requestId }),
    cancelled: said.ok ? said.value : null,
  };
}

/** fal-protocol §4.5. */
const BECAME: Readonly<Record<CancelWord, string>> = {
  OK: 'It was cancelled before it had begun.',
  CANCELLATION_REQUESTED: 'It was cancelled; the runner was told to stop, and may still finish.',
  ALREADY_COMPLETED: 'It was not cancelled: it had just ended.',
  NOT_FOUND: 'It was not cancelled: fal no longer knows it.',
};
