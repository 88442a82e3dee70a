import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { parseJson } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import { clockOf, limitOf } from './clock.ts';
import type { Clock } from './clock.ts';
import type { FalConnection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { open } from './http.ts';
import type { HeadListener } from './http.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { causeOf } from './retry.ts';
import type { Output } from './run.ts';
import { pieces, serverEvents } from './server-events.ts';
import type { Piece, Reading } from './server-events.ts';
import { uploadInputFiles } from './storage/model-input.ts';
import type { ModelInput } from './storage/model-input.ts';

/** What a stream has brought when it is over. */
export interface Received {
  /** Null where fal did not name one. */
  readonly requestId: string | null;
  readonly events: number;
  /** The last event, by custom the result (fal-protocol §6); null where none came. */
  readonly last: Output;
}

/**
 * - `opened`  the model took the call
 * - `event`   what the model sent: JSON, or the text of an event that is none, such as `[DONE]`; bytes where the model
 *             does not send events at all. `name` is the event's, where it has one
 * - `ended`   the model is done; the last
 * - `failed`  it is not: what came until then stays; the last
 */
export type StreamEvent =
  | { readonly kind: 'opened'; readonly requestId: string | null }
  | { readonly kind: 'event'; readonly data: Output; readonly name: string | null }
  | ({ readonly kind: 'ended' } & Received)
  | ({ readonly kind: 'failed'; readonly error: AppError } & Received);

/**
 * Calls a model that answers bit by bit, past the queue (fal-protocol §6). Never sent again. To stop reading drops the
 * connection, and so do `signal` and `options.timeout`: it tells fal to stop the work. There is no limit on the wait for
 * the beginning but `options.timeout`; silence after it for longer than `options.stallTimeout` is a failure.
 * Files of the input go into fal's storage before, and no limit counts for them.
 */
export async function* stream(
  connection: FalConnection,
  endpoint: Endpoint,
  input: ModelInput,
  options: RequestOptions,
  signal: AbortSignal,
  head: HeadListener = () => undefined,
): AsyncGenerator<StreamEvent, void> {
  let received: Received = { requestId: null, events: 0, last: null };
  const prepared = prepare(connection.hosts, endpoint, options, 'stream');
  if (!prepared.ok) {
    yield { kind: 'failed', error: prepared.error, ...received };
    return;
  }
  const { url, headers, limit, stallLimit } = prepared.value;
  const body = await uploadInputFiles(connection, input, { signal, lifecycle: options.lifecycle });
  if (!body.ok) {
    yield { kind: 'failed', error: body.error, ...received };
    return;
  }
  if (signal.aborted) {
    yield { kind: 'failed', error: appError('cancelled', 'Stopped'), ...received };
    return;
  }
  const clock = clockOf(connection);
  const late = limit === null ? null : limitOf(clock, limit);
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal, ...(late === null ? [] : [late])]);
  /** The word for an ending that was ours, else the one given. */
  const why = (error: AppError): AppError => {
    if (signal.aborted) return givenUp(received);
    return late?.aborted === true && limit !== null ? tooLate(limit, received) : error;
  };
  try {
    const opened = await open(connection, {
      method: 'POST',
      url,
      body: body.value,
      headers,
      accept: 'text/event-stream, application/json',
      retry: 'never',
      patient: true,
      silence: stallLimit,
      signal: stop,
    });
    if (!opened.ok) {
      yield { kind: 'failed', error: why(opened.error), ...received };
      return;
    }
    head(opened.value.headers);
    received = { ...received, requestId: opened.value.headers.get('x-fal-request-id') };
    yield { kind: 'opened', requestId: received.requestId };
    for await (const reading of readingsOf(opened.value, stallLimit, clock)) {
      if (reading.kind !== 'data') {
        yield { kind: 'failed', error: why(errorOf(reading, stallLimit, received)), ...received };
        return;
      }
      const { data, name } = reading;
      received = { ...received, events: received.events + 1, last: data };
      yield { kind: 'event', data, name };
      if (stop.aborted) {
        yield { kind: 'failed', error: why(givenUp(received)), ...received };
        return;
      }
    }
    yield { kind: 'ended', ...received };
  } finally {
    done.abort();
  }
}

/** Bytes in an answer that is one JSON value: pictures come as data URIs in it. */
const LARGEST = 256 * 2 ** 20;

type Data = { readonly kind: 'data'; readonly data: Output; readonly name: string | null };
/** `unreadable`: what was to be JSON is none. */
type Broken = Exclude<Reading, { kind: 'event' }> | { readonly kind: 'unreadable'; readonly text: string };

/** By the type of the answer: events, one JSON value, or whatever pieces come. */
async function* readingsOf(
  response: Response,
  stallLimit: number,
  clock: Clock,
): AsyncGenerator<Data | Broken, void> {
  const { body, headers } = response;
  if (body === null) return;
  const type = headers.get('content-type') ?? '';
  if (type.includes('text/event-stream')) {
    for await (const reading of serverEvents(body, stallLimit, clock))
      yield reading.kind === 'event' ? dataOf(reading.event.data, reading.event.event ?? null) : reading;
    return;
  }
  const whole: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces(body, stallLimit, clock)) {
    if (isBroken(piece)) {
      yield piece;
      return;
    }
    if (piece.kind === 'end') break;
    if (!type.includes('json')) {
      yield { kind: 'data', data: piece.bytes, name: null };
      continue;
    }
    length += piece.bytes.byteLength;
    if (length > LARGEST) {
      yield { kind: 'oversize' };
      return;
    }
    whole.push(piece.bytes);
  }
  if (whole.length === 0) return;
  const text = Buffer.concat(whole).toString('utf8');
  const parsed = parseJson(text);
  yield parsed.ok ? { kind: 'data', data: parsed.value, name: null } : { kind: 'unreadable', text };
}

const isBroken = (piece: Piece): piece is Extract<Piece, Broken> =>
  piece.kind === 'silent' || piece.kind === 'broken';

/** Not every event is JSON: language models end with `[DONE]`. */
function dataOf(text: string, name: string | null): Data {
  const parsed = parseJson(text);
  return { kind: 'data', data: parsed.ok ? parsed.value : text, name };
}

function errorOf(reading: Broken, stallLimit: number, { requestId, events }: Received): AppError {
  const hint = `${eventsKept(events)} The call may be billed; it is not sent again by itself.`;
  switch (reading.kind) {
    case 'silent':
      return appError('timeout', 'The stream went silent', {
        detail: `Nothing came for ${stallLimit / 1000} s. The connection was dropped, which tells fal to stop the work.`,
        hint,
        requestId,
      });
    case 'broken':
      return appError('lost', 'The stream was cut off', { detail: causeOf(reading.cause), hint, requestId });
    case 'oversize':
      return appError('protocol', 'What the model sent is too large', { hint, requestId });
    case 'unreadable':
      return appError('protocol', 'The model’s answer cannot be read', {
        detail: reading.text.slice(0, 300),
        hint,
        requestId,
      });
    default:
      return assertNever(reading);
  }
}

const givenUp = ({ requestId, events }: Received): AppError =>
  appError('cancelled', 'Stopped', {
    detail: 'The connection was dropped, which tells fal to stop the work.',
    hint: `${eventsKept(events)} What was done until then may be billed.`,
    requestId,
  });

const tooLate = (limit: number, { requestId, events }: Received): AppError =>
  appError('timeout', `The stream did not end within ${limit / 1000} s`, {
    detail: 'The connection was dropped, which tells fal to stop the work.',
    hint: `${eventsKept(events)} What was done until then may be billed.`,
    requestId,
  });

const eventsKept = (events: number): string =>
  events === 0
    ? 'Nothing had come.'
    : events === 1
      ? 'The one event that came is kept.'
      : `The ${events} events that came are kept.`;
