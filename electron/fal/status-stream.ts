import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { parseJson } from '../../shared/json.ts';
import { assertNever, fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { Silence, clockOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import { open } from './http.ts';
import { readStatus, requestUrl } from './queue.ts';
import { causeOf } from './retry.ts';
import { serverEvents } from './server-events.ts';
import type { Reading } from './server-events.ts';

/**
 * Every change of a request as fal pushes it (fal-protocol §4.3); logs come as increments. Ends after COMPLETED, or
 * with one failure. `stallLimit` in milliseconds: silence for longer means the connection is dead without saying so.
 */
export async function* statusStream(
  connection: FalConnection,
  id: EndpointId,
  requestId: string,
  options: { readonly signal: AbortSignal; readonly stallLimit: number; readonly logs?: boolean },
): AsyncGenerator<Result<QueueStatus, AppError>, void> {
  const { stallLimit } = options;
  const clock = clockOf(connection);
  const silence = new Silence(clock, stallLimit);
  const done = new AbortController();
  try {
    const opened = await open(connection, {
      method: 'GET',
      url: `${requestUrl(connection, id, requestId)}/status/stream?logs=${options.logs === false ? 0 : 1}`,
      accept: 'text/event-stream',
      retry: 'never',
      signal: AbortSignal.any([options.signal, silence.signal, done.signal]),
    });
    silence.end();
    if (!opened.ok) {
      yield silence.signal.aborted && !options.signal.aborted ? fail(wentSilent(requestId)) : opened;
      return;
    }
    const { body, headers } = opened.value;
    if (body === null || !(headers.get('content-type') ?? '').includes('text/event-stream')) {
      yield fail(appError('protocol', 'fal did not push the status', { requestId }));
      return;
    }
    for await (const reading of serverEvents(body, stallLimit, clock)) {
      if (reading.kind !== 'event') {
        yield fail(options.signal.aborted ? appError('cancelled', 'Stopped') : errorOf(reading, requestId));
        return;
      }
      const json = parseJson(reading.event.data);
      const read = readStatus(json.ok ? json.value : reading.event.data, requestId);
      yield read;
      if (!read.ok || read.value.status === 'COMPLETED') return;
    }
    yield fail(appError('network', 'The status stream ended early', { requestId }));
  } finally {
    silence.end();
    done.abort();
  }
}

function errorOf(reading: Exclude<Reading, { kind: 'event' }>, requestId: string): AppError {
  switch (reading.kind) {
    case 'silent':
      return wentSilent(requestId);
    case 'broken':
      return appError('network', 'The status stream broke', { detail: causeOf(reading.cause), requestId });
    case 'oversize':
      return appError('protocol', 'A status is too large', { requestId });
    default:
      return assertNever(reading);
  }
}

const wentSilent = (requestId: string): AppError =>
  appError('network', 'The status stream went silent', { requestId });
