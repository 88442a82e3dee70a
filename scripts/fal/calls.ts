import type { FalConnection } from '../../electron/fal/connection.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import { cancel, result, status, submit } from '../../electron/fal/queue.ts';
import { run } from '../../electron/fal/run.ts';
import { stream } from '../../electron/fal/stream.ts';
import { attach, subscribe } from '../../electron/fal/subscribe.ts';
import type { SubscribeEvent } from '../../electron/fal/subscribe.ts';
import type { JsonObject } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import type { Invocation } from './arguments.ts';
import type { Ending, Output } from './output.ts';
import { statusOf } from './output.ts';

export interface Call {
  readonly connection: FalConnection;
  readonly endpoint: Endpoint;
  readonly invocation: Invocation;
  readonly output: Output;
  readonly signal: AbortSignal;
}

export async function callRun(call: Call, input: JsonObject): Promise<Ending> {
  const { connection, endpoint, output, signal } = call;
  const done = await run(connection, endpoint, input, requestOptions(call), signal);
  if (!done.ok) return done.error;
  output.result(done.value.requestId, done.value.data);
  return null;
}

export async function callStream(call: Call, input: JsonObject): Promise<Ending> {
  const { connection, endpoint, output, signal } = call;
  for await (const event of stream(connection, endpoint, input, requestOptions(call), signal)) {
    switch (event.kind) {
      case 'opened':
        break;
      case 'event':
        output.data(event.data);
        break;
      case 'ended':
        output.result(event.requestId, event.last);
        break;
      case 'failed':
        return event.error;
      default:
        assertNever(event);
    }
  }
  return null;
}

export async function callSubmit(call: Call, input: JsonObject): Promise<Ending> {
  const { connection, endpoint, output, signal } = call;
  const sent = await submit(connection, endpoint, input, signal, undefined, requestOptions(call));
  if (!sent.ok) return sent.error;
  const { requestId, position } = sent.value;
  output.status(requestId, { status: 'IN_QUEUE', queue_position: position, logs: [] });
  output.result(requestId, { request_id: requestId, queue_position: position });
  return null;
}

/** With a request id it follows what was submitted elsewhere. */
export async function callSubscribe(call: Call, input: JsonObject): Promise<Ending> {
  const { connection, endpoint, invocation, signal } = call;
  const { requestId, options } = invocation;
  return requestId === null
    ? told(call, subscribe(connection, endpoint, input, options, signal), '')
    : told(call, attach(connection, endpoint, requestId, options, signal), requestId);
}

async function told({ output }: Call, events: AsyncIterable<SubscribeEvent>, id: string): Promise<Ending> {
  let requestId = id;
  for await (const event of events) {
    switch (event.kind) {
      case 'queued':
        requestId = event.requestId;
        output.status(requestId, { status: 'IN_QUEUE', queue_position: event.position, logs: [] });
        break;
      case 'status':
        output.status(requestId, event.status);
        break;
      case 'trouble':
        // It may pass, and the lines are for what is known; what does not pass is the error at the end.
        break;
      case 'done':
        output.result(event.requestId, event.data);
        break;
      case 'failed':
        return event.error;
      default:
        assertNever(event);
    }
  }
  return null;
}

export async function callStatus({
  connection,
  endpoint,
  invocation,
  output,
  signal,
}: Call): Promise<Ending> {
  const id = invocation.requestId ?? '';
  const asked = await status(connection, endpoint, id, signal, invocation.options.logs === true);
  if (!asked.ok) return asked.error;
  output.status(id, invocation.options.logs === true ? asked.value : { ...asked.value, logs: [] });
  output.result(id, statusOf(asked.value));
  return null;
}

export async function callResult({
  connection,
  endpoint,
  invocation,
  output,
  signal,
}: Call): Promise<Ending> {
  const id = invocation.requestId ?? '';
  const stored = await result(connection, endpoint, id, signal);
  if (!stored.ok) return stored.error;
  output.result(id, stored.value);
  return null;
}

export async function callCancel({
  connection,
  endpoint,
  invocation,
  output,
  signal,
}: Call): Promise<Ending> {
  const id = invocation.requestId ?? '';
  const said = await cancel(connection, endpoint, id, signal);
  if (!said.ok) return said.error;
  output.result(id, { status: said.value });
  return null;
}

/** Without what only following takes. */
function requestOptions({ invocation }: Call) {
  const { logs: _logs, mode: _mode, cancelOnAbort: _cancel, ...options } = invocation.options;
  return options;
}
