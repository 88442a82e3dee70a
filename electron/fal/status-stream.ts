import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { parseJson } from '../../shared/json.ts';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { open } from './http.ts';
import { readStatus, requestUrl } from './queue.ts';
import { causeOf } from './retry.ts';

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
  const stall = new AbortController();
  const signal = AbortSignal.any([options.signal, stall.signal]);
  let timer = setTimeout(() => stall.abort(), options.stallLimit);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), options.stallLimit);
  };
  try {
    const url = `${requestUrl(connection, id, requestId)}/status/stream?logs=${options.logs === false ? 0 : 1}`;
    const opened = await open(connection, {
      method: 'GET',
      url,
      accept: 'text/event-stream',
      retry: 'never',
      signal,
    });
    if (!opened.ok) {
      yield stall.signal.aborted && !options.signal.aborted ? fail(wentSilent(requestId)) : opened;
      return;
    }
    const { body, headers } = opened.value;
    if (body === null || !(headers.get('content-type') ?? '').includes('text/event-stream')) {
      await body?.cancel();
      yield fail(appError('protocol', 'fal did not push the status', { requestId }));
      return;
    }
    // Any byte counts as a sign of life, heartbeat comments too.
    const watched = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        alive();
        controller.enqueue(chunk);
      },
    });
    const messages = body
      .pipeThrough(watched)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    for await (const message of messages) {
      const json = parseJson(message.data);
      const read = readStatus(json.ok ? json.value : message.data, requestId);
      yield read;
      if (!read.ok || read.value.status === 'COMPLETED') return;
    }
    yield fail(appError('network', 'The status stream ended early', { requestId }));
  } catch (error) {
    if (options.signal.aborted) yield fail(appError('cancelled', 'Stopped'));
    else if (stall.signal.aborted) yield fail(wentSilent(requestId));
    else yield fail(appError('network', 'The status stream broke', { detail: causeOf(error), requestId }));
  } finally {
    clearTimeout(timer);
    stall.abort();
  }
}

const wentSilent = (requestId: string): AppError =>
  appError('network', 'The status stream went silent', { requestId });
