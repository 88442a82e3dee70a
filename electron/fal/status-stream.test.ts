import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from './fal.fixture.ts';
import type { TinyServer } from './fal.fixture.ts';
import { submit } from './queue.ts';
import { statusStream } from './status-stream.ts';

const BIRD = idOf('acme/bird');
const HOUR = 3.6e6;
const inProgress = (message: string): string =>
  `data: ${JSON.stringify({ status: 'IN_PROGRESS', logs: [{ message }] })}\n\n`;
const COMPLETED = 'data: {"status":"COMPLETED","logs":null,"metrics":{"inference_time":0.5}}\n\n';

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

function streamOf(server: Pick<TinyServer, 'hosts'>, stallLimit = HOUR, signal = never()) {
  return statusStream(connectionTo(server.hosts), BIRD, 'r-1', { signal, stallLimit });
}

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}

test('every change in order, each log line once, the end after COMPLETED', async () => {
  const fal = await startFal({ faults: ['hold:queued'], extraModels: [model('acme/bird/x')] });
  const connection = connectionTo(fal.hosts);
  const { requestId } = value(await submit(connection, idOf('acme/bird/x'), {}, never()));
  const events: QueueStatus[] = [];
  for await (const event of statusStream(connection, BIRD, requestId, {
    signal: never(),
    stallLimit: HOUR,
  })) {
    events.push(value(event));
    fal.setFaults([]);
  }
  const kinds = events.map((event) => event.status);
  expect(kinds.filter((kind, i) => kind !== kinds[i - 1])).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
  expect(events.flatMap((event) => event.logs.map((entry) => entry.message))).toEqual(['one', 'two']);
  expect(fal.requests().at(-1)).toMatchObject({
    path: `/queue/acme/bird/requests/${requestId}/status/stream`,
    query: 'logs=1',
    authorized: true,
  });
});

test('text split inside a character arrives whole, comments and unknown fields are passed over', async () => {
  const bytes = Buffer.from(`: heartbeat\n\nid: 7\nevent: status\n${inProgress('fünf 🐦')}${COMPLETED}`);
  const server = await serve((response) => {
    begin(response);
    const write = (at: number): void => {
      if (at >= bytes.length) return void response.end();
      response.write(bytes.subarray(at, at + 1), () => setImmediate(write, at + 1));
    };
    write(0);
  });
  const events = (await all(streamOf(server))).map(value);
  expect(events.map((event) => event.logs[0]?.message)).toEqual(['fünf 🐦', undefined]);
  expect(server.seen[0]?.headers.accept).toBe('text/event-stream');
});

test('events are told as they come, not when the stream ends', async () => {
  let more: () => void = () => undefined;
  const server = await serve((response) => {
    begin(response);
    response.write(inProgress('a'));
    more = () => response.end(COMPLETED);
  });
  const events = streamOf(server);
  expect((await events.next()).value).toMatchObject({ ok: true, value: { status: 'IN_PROGRESS' } });
  more();
  expect((await events.next()).value).toMatchObject({
    ok: true,
    value: { status: 'COMPLETED', metrics: { inference_time: 0.5 } },
  });
  expect((await events.next()).done).toBe(true);
});

test('what comes after COMPLETED is not waited for, and the connection is let go', async () => {
  let closed: () => void = () => undefined;
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const server = await serve((response) => {
    begin(response);
    response.once('close', closed);
    response.write(COMPLETED);
  });
  expect(await all(streamOf(server))).toMatchObject([{ ok: true, value: { status: 'COMPLETED' } }]);
  await isClosed;
});

test.each([
  ['ends early', (response: ServerResponse) => response.end(), 'The status stream ended early'],
  ['is cut', (response: ServerResponse) => response.destroy(), 'The status stream broke'],
])('a stream that %s gives what it had, then a network error', async (_name, finish, title) => {
  let open: ServerResponse | null = null;
  const server = await serve((response) => {
    open = response;
    begin(response);
    response.write(inProgress('a'));
  });
  const events = streamOf(server);
  expect((await events.next()).value).toMatchObject({ ok: true, value: { status: 'IN_PROGRESS' } });
  // Only now: what a broken connection still had in its buffers may be lost with it.
  if (open !== null) finish(open);
  expect(await all(events)).toMatchObject([
    { ok: false, error: { kind: 'network', title, requestId: 'r-1' } },
  ]);
});

test.each([['[DONE]'], ['{"status":"FAILED"}']])('%j ends it as unreadable', async (data) => {
  const server = await serve((response) => {
    begin(response);
    response.write(`data: ${data}\n\n`);
  });
  expect(await all(streamOf(server))).toMatchObject([{ ok: false, error: { kind: 'protocol' } }]);
});

test('where there is no stream it says so at once, without asking twice', async () => {
  const server = await serve((response) => {
    if (server.seen.length === 1) json(response, 404, { detail: 'Not Found' });
    else json(response, 200, { status: 'COMPLETED' });
  });
  expect(await all(streamOf(server))).toMatchObject([{ ok: false, error: { kind: 'not_found' } }]);
  expect(server.seen).toHaveLength(1);
  expect(await all(streamOf(server))).toMatchObject([
    { ok: false, error: { kind: 'protocol', title: 'fal did not push the status' } },
  ]);
});

test('silence beyond the limit is an error: before the first byte, and between events', async () => {
  const silent = await serve(() => undefined);
  expect(await all(streamOf(silent, 20))).toMatchObject([{ ok: false, error: { kind: 'network' } }]);
  const stalling = await serve((response) => {
    begin(response);
    response.write(inProgress('a'));
  });
  // Long enough for a busy machine to bring the first event within it.
  expect(await all(streamOf(stalling, 1000))).toMatchObject([
    { ok: true, value: { status: 'IN_PROGRESS' } },
    { ok: false, error: { kind: 'network', title: 'The status stream went silent' } },
  ]);
});

test('a stop ends it at once', async () => {
  const abort = new AbortController();
  const server = await serve((response) => {
    begin(response);
    response.write(inProgress('a'));
  });
  const events = streamOf(server, HOUR, abort.signal);
  await events.next();
  abort.abort();
  expect(await all(events)).toMatchObject([{ ok: false, error: { kind: 'cancelled' } }]);
});
