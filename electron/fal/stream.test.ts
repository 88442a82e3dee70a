import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { connectionTo, deadAddress, hostsAt, idOf, json, never, serve, startFal } from './fal.fixture.ts';
import type { TinyServer } from './fal.fixture.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { stream } from './stream.ts';
import type { StreamEvent } from './stream.ts';

const BIRD = idOf('acme/bird');

const read = (server: TinyServer, options: RequestOptions = {}, signal = never()) =>
  stream(connectionTo(server.hosts), BIRD, { prompt: 'a' }, options, signal);

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const list: StreamEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const datas = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.kind === 'event' ? [event.data] : []));

const begin = (response: ServerResponse, type = 'text/event-stream'): ServerResponse =>
  response.writeHead(200, { 'content-type': type, 'x-fal-request-id': 'r-1' });

/** A server whose answer is this text, in pieces of so many bytes, each sent by itself. */
const saying = (text: string, size = Infinity) =>
  serve(async (response) => {
    begin(response);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size)
      await new Promise<void>((sent) => void response.write(bytes.subarray(at, at + size), () => sent()));
    response.end();
  });

describe('what a model streams (fal-protocol §6)', () => {
  test('each event, and the last once more when it is over', async () => {
    const server = await saying('data: {"p":1}\n\nevent: done\nid: 7\ndata: {"p":2}\n\n');
    expect(await all(read(server, { hint: 'h' }))).toEqual([
      { kind: 'opened', requestId: 'r-1' },
      { kind: 'event', data: { p: 1 }, name: null },
      { kind: 'event', data: { p: 2 }, name: 'done' },
      { kind: 'ended', requestId: 'r-1', events: 2, last: { p: 2 } },
    ]);
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/run/acme/bird/stream',
        body: '{"prompt":"a"}',
        headers: {
          authorization: 'Key demo:demo',
          accept: 'text/event-stream, application/json',
          'x-fal-runner-hint': 'h',
        },
      },
    ]);
  });

  test('characters split between pieces stay whole', async () => {
    const text = 'Grüße, 世界 🦩';
    const server = await saying(`data: ${JSON.stringify({ text })}\n\n`, 1);
    expect(datas(await all(read(server)))).toEqual([{ text }]);
  });

  test.each([
    ['a text that is not JSON', 'data: {"p":1}\n\ndata: [DONE]\n\n', [{ p: 1 }, '[DONE]']],
    ['comments', ': a\n\n:b\ndata: 1\n\n: c\n\n', [1]],
    ['values that are nothing', 'data: 0\n\ndata: ""\n\ndata: false\n\ndata: null\n\n', [0, '', false, null]],
    ['several lines of one event', 'data: {"a":\ndata: 1}\n\n', [{ a: 1 }]],
    ['other line ends', 'data: 1\r\n\r\ndata: 2\r\r', [1, 2]],
    ['fields nobody knows', 'retry: x\nnope: 1\ndata: 1\n\n', [1]],
    ['a last event without its empty line', 'data: 1\n\ndata: {"a":2}', [1, { a: 2 }]],
    ['integers beyond 2^53', 'data: {"seed":12345678901234567890}\n\n', [{ seed: 12345678901234567890n }]],
    ['nothing', '', []],
  ])('%s', async (_name, text, expected) => {
    const events = await all(read(await saying(text)));
    expect(datas(events)).toEqual(expected);
    expect(events.at(-1)).toMatchObject({
      kind: 'ended',
      events: expected.length,
      last: expected.at(-1) ?? null,
    });
  });

  test('an event is passed on when it is here, not when the next one is', async () => {
    let response: ServerResponse | undefined;
    const server = await serve((answer) => {
      response = begin(answer);
      response.write('data: 1\n\n');
    });
    const reading = read(server);
    await reading.next();
    expect((await reading.next()).value).toMatchObject({ data: 1 });
    response?.end('data: 2\n\n');
    expect(datas(await all(reading))).toEqual([2]);
  });

  test('a promise of JSON that is not kept is no success', async () => {
    const server = await serve((response) => begin(response, 'application/json').end('{"images": ['));
    expect((await all(read(server))).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'protocol', detail: '{"images": [' },
    });
  });

  test('an answer that is no stream: one JSON value, or bytes as they come', async () => {
    const whole = await serve((response) => begin(response, 'application/json').end('{"a":"ü"}'));
    expect(datas(await all(read(whole)))).toEqual([{ a: 'ü' }]);
    const bytes = await serve((response) => begin(response, 'audio/mpeg').end(Buffer.from([1, 2])));
    expect(datas(await all(read(bytes)))).toEqual([new Uint8Array([1, 2])]);
  });

  test.each<[string, string, RequestOptions]>([
    ['acme/bird/stream', '/run/acme/bird/stream', {}],
    ['acme/bird', '/run/acme/bird/live', { path: '/live' }],
    ['acme/bird', '/run/acme/bird', { path: '' }],
  ])('%s is called at %s', async (id, url, options) => {
    const server = await saying('');
    await all(stream(connectionTo(server.hosts), idOf(id), {}, options, never()));
    expect(server.seen).toMatchObject([{ url }]);
  });

  test('against the local server', async () => {
    const fal = await startFal();
    const input = { prompt: 'a lake', image_size: { width: 64, height: 64 } };
    const events = await all(stream(connectionTo(fal.hosts), idOf('demo/hillside'), input, {}, never()));
    expect(events.length).toBeGreaterThan(3);
    expect(events.at(-1)).toMatchObject({ kind: 'ended', last: { images: [expect.anything()] } });
  });
});

describe('what goes wrong is named, and what came is kept', () => {
  test('a connection cut in the middle', async () => {
    const server = await serve((response) => {
      begin(response).write('data: 1\n\ndata: 2\n\ndata: {"half', () => response.destroy());
    });
    const events = await all(read(server));
    expect(datas(events)).toEqual([1, 2]);
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'lost', title: 'The stream was cut off', requestId: 'r-1' },
      requestId: 'r-1',
      events: 2,
      last: 2,
    });
    expect(server.seen).toHaveLength(1);
  });

  test('silence beyond the limit, and the connection is dropped', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response) => {
      begin(response).write('data: 1\n\n');
      response.once('close', closed.resolve);
    });
    const events = await all(read(server, { stallTimeout: 0.2 }));
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'timeout', title: 'The stream went silent', hint: expect.stringContaining('is kept') },
      last: 1,
    });
    await closed.promise;
  });

  test('comments are a sign of life; a reader that takes its time is not silence', async () => {
    const server = await serve(async (response) => {
      begin(response);
      for (let beat = 0; beat < 12; beat += 1) {
        response.write(': beat\n\n');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      response.write('data: 1\n\n');
      response.end('data: 2\n\n');
    });
    const reading = read(server, { stallTimeout: 0.25 });
    await reading.next();
    expect((await reading.next()).value).toMatchObject({ data: 1 });
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(datas(await all(reading))).toEqual([2]);
  });

  test('the wait for the beginning is no silence', async () => {
    const late = Promise.withResolvers<void>();
    const server = await serve(
      (response) => void late.promise.then(() => begin(response).end('data: 1\n\n')),
    );
    const reading = all(read(server, { stallTimeout: 0.01 }));
    await vi.waitUntil(() => server.seen.length === 1);
    setTimeout(late.resolve, 60);
    expect(datas(await reading)).toEqual([1]);
  });

  test('a limit of one’s own', async () => {
    const server = await serve((response) => begin(response).write('data: 1\n\n'));
    expect((await all(read(server, { timeout: 0.5 }))).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'timeout', title: 'The stream did not end within 0.5 s' },
      last: 1,
    });
  });

  test.each<[number, unknown, string, string]>([
    [404, { detail: 'Path /stream not found' }, 'not_found', 'Path /stream not found'],
    [422, { detail: [{ loc: ['body', 'prompt'], msg: 'Too long', type: 'x' }] }, 'validation', 'Too long'],
    [503, { detail: 'No', error_type: 'runner_scheduling_failure' }, 'request', 'No'],
    [502, null, 'unconfirmed', 'HTTP 502'],
  ])('a %i in the server’s own words, asked once', async (code, body, kind, detail) => {
    const server = await serve((response) => json(response, code, body));
    expect(await all(read(server))).toMatchObject([{ kind: 'failed', error: { kind, detail }, last: null }]);
    expect(server.seen).toHaveLength(1);
  });

  test('a failure whose body stays behind is told after the silence that is allowed', async () => {
    const server = await serve((response) => {
      response.writeHead(502, { 'content-type': 'text/html', 'content-length': 100 }).write('<html>');
    });
    expect(await all(read(server, { stallTimeout: 0.05 }))).toMatchObject([
      { kind: 'failed', error: { kind: 'unconfirmed', detail: 'HTTP 502' } },
    ]);
  });

  test('a JSON answer that goes on and on is refused', async () => {
    const much = Buffer.alloc(2 ** 24, 32);
    const server = await serve((response) => {
      begin(response, 'application/json');
      const more = (): void => void (response.destroyed || response.write(much, more));
      more();
    });
    expect((await all(read(server))).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'protocol', title: 'What the model sent is too large', requestId: 'r-1' },
    });
  }, 60_000);

  test('nobody there, or an answer lost before its head', async () => {
    const nobody = stream(connectionTo(hostsAt(await deadAddress())), BIRD, {}, {}, never());
    expect(await all(nobody)).toMatchObject([{ kind: 'failed', error: { kind: 'network' } }]);
    const server = await serve((_response, _request, message) => message.socket.resetAndDestroy());
    expect(await all(read(server))).toMatchObject([{ kind: 'failed', error: { kind: 'unconfirmed' } }]);
    expect(server.seen).toHaveLength(1);
  });

  test('options that cannot be sent', async () => {
    const server = await saying('');
    expect(await all(read(server, { stallTimeout: -1 }))).toMatchObject([
      { kind: 'failed', error: { kind: 'input' } },
    ]);
    expect(server.seen).toEqual([]);
  });
});

describe('who stops', () => {
  test('an abort ends it at once and drops the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response) => {
      begin(response).write('data: 1\n\n');
      response.once('close', closed.resolve);
    });
    const abort = new AbortController();
    const reading = read(server, {}, abort.signal);
    await reading.next();
    await reading.next();
    const next = reading.next();
    abort.abort();
    expect((await next).value).toMatchObject({
      kind: 'failed',
      error: { kind: 'cancelled', requestId: 'r-1', hint: expect.stringContaining('may be billed') },
      last: 1,
    });
    await closed.promise;
  });

  test('what is stopped before it began is not sent', async () => {
    const server = await saying('');
    expect(await all(read(server, {}, AbortSignal.abort()))).toMatchObject([
      { kind: 'failed', error: { kind: 'cancelled', hint: '' } },
    ]);
    expect(server.seen).toEqual([]);
  });

  test.each(['opened', 'event'] as const)('a reader that leaves at %s drops it too', async (kind) => {
    const answered = Promise.withResolvers<ServerResponse>();
    const server = await serve((response) => {
      begin(response).write('data: 1\n\n');
      answered.resolve(response);
    });
    for await (const event of read(server)) if (event.kind === kind) break;
    const response = await answered.promise;
    if (!response.destroyed) await once(response, 'close');
    expect(response.destroyed).toBe(true);
  });
});
