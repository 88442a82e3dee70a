import { Agent } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  connectionTo,
  deadAddress,
  hostsAt,
  idOf,
  json,
  model,
  never,
  serve,
  startFal,
} from './fal.fixture.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Clock } from './clock.ts';
import { run } from './run.ts';

const BIRD = idOf('acme/bird');
const OUT = { images: [{ url: 'https://v3.fal.media/x.png' }], seed: 12345678901234567890n };

describe('a direct call (fal-protocol §3)', () => {
  test('posts the bare input to the whole id and gives the output with its request id', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-fal-request-id': 'r-1' });
      response.end('{"seed":12345678901234567890}');
    });
    const options = { hint: 'h', startTimeout: 5, storeIo: false, path: 'turbo' };
    const out = await run(connectionTo(server.hosts), BIRD, { seed: OUT.seed }, options, never());
    expect(out).toEqual({ ok: true, value: { requestId: 'r-1', data: { seed: OUT.seed } } });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/run/acme/bird/turbo',
        body: '{"seed":12345678901234567890}',
        headers: {
          authorization: 'Key demo:demo',
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': 'test/0',
          'x-fal-runner-hint': 'h',
          'x-fal-request-timeout': '5',
          'x-fal-store-io': '0',
        },
      },
    ]);
  });

  test('against the local server', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', (input) => ({ echo: input }))] });
    expect(await run(connectionTo(fal.hosts), BIRD, { a: 1 }, {}, never())).toMatchObject({
      value: { requestId: expect.stringMatching(/.+/), data: { echo: { a: 1 } } },
    });
    expect(await run(connectionTo(fal.hosts), idOf('acme/bird/nope'), {}, {}, never())).toMatchObject({
      error: { kind: 'not_found', detail: 'Path /nope not found' },
    });
  });

  test.each([
    ['text/html', '<b>ü</b>', '<b>ü</b>'],
    ['text/plain', '', ''],
    ['application/octet-stream', '\u0001', new Uint8Array([1])],
    ['application/json', 'null', null],
  ])('an answer of type %s', async (type, text, data) => {
    const server = await serve((response) => response.writeHead(200, { 'content-type': type }).end(text));
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toEqual({
      ok: true,
      value: { requestId: null, data },
    });
  });

  test.each(['{"images":', ''])('JSON that is none, %j, is named with its request id', async (text) => {
    const server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'x-fal-request-id': 'r-1' }).end(text),
    );
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({
      error: { kind: 'protocol', requestId: 'r-1' },
    });
  });
});

const NOT_TAKEN = { detail: 'No runner', error_type: 'runner_scheduling_failure' };

describe('a call is sent again only where no runner had it', () => {
  test.each<[string, number, unknown, Record<string, string>, number]>([
    ['429', 429, { detail: 'Too many' }, {}, 2],
    ['503 that no runner was found for', 503, NOT_TAKEN, {}, 2],
    ['the same, told in a header', 503, {}, { 'x-fal-error-type': 'runner_connection_refused' }, 2],
    ['503 by a runner that was lost', 503, { detail: 'x', error_type: 'runner_disconnected' }, {}, 1],
    ['503 without a word', 503, {}, {}, 1],
    ['503 that fal says is final', 503, NOT_TAKEN, { 'x-fal-retryable': 'false' }, 1],
    ['500', 500, {}, {}, 1],
    ['500 that fal would try again', 500, {}, { 'x-fal-retryable': 'true' }, 1],
    ['502', 502, {}, {}, 1],
    ['504', 504, {}, {}, 1],
  ])('%s', async (_name, code, body, headers, times) => {
    const server = await serve((response) => {
      if (server.seen.length === 1) json(response, code, body, { ...headers, 'retry-after': '0' });
      else json(response, 200, {});
    });
    // Only Retry-After makes a second try come before the test is over.
    const connection = connectionTo(server.hosts, { backoff: { tries: 4, base: 3.6e6, cap: 3.6e6 } });
    expect((await run(connection, BIRD, {}, {}, never())).ok).toBe(times === 2);
    expect(server.seen).toHaveLength(times);
  });

  test('a refused connection is, and is known for what it is in the end', async () => {
    const connection = connectionTo(hostsAt(await deadAddress()));
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject({
      error: { kind: 'network', hint: expect.stringContaining('Nothing was sent') },
    });
  });

  test.each([[502], [503], [504]])('a gateway’s %i leaves it unconfirmed', async (code) => {
    const server = await serve((response) => response.writeHead(code).end('<html>nginx</html>'));
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({
      error: { kind: 'unconfirmed', detail: `HTTP ${code}` },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[number, unknown, Record<string, string>, string]>([
    [502, { detail: 'x', error_type: 'runner_incomplete_response' }, {}, 'request'],
    [503, { detail: 'GPU' }, { 'x-fal-request-id': 'r-1' }, 'busy'],
    [504, { detail: 'x' }, { 'x-fal-request-timeout-type': 'user' }, 'timeout'],
    [499, { detail: 'x', error_type: 'client_cancelled' }, {}, 'cancelled'],
    [401, { detail: 'Who?' }, {}, 'auth'],
    [422, { detail: [{ loc: ['body', 'a'], msg: 'm', type: 't' }] }, {}, 'validation'],
  ])('fal’s own %i is what became of it', async (code, body, headers, kind) => {
    const server = await serve((response) => json(response, code, body, headers));
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({ error: { kind } });
  });

  test.each([
    ['before its head', false],
    ['in the middle', true],
  ])('an answer lost %s', async (_name, head) => {
    const server = await serve((response, _request, message) => {
      if (!head) return message.socket.resetAndDestroy();
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"images":', () => response.destroy());
    });
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({
      error: { kind: 'unconfirmed' },
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('an answer that has begun and stays behind', () => {
  /** Once the head is here, `then` is called: with the limits that were set until then, by their milliseconds. */
  function atTheHead(then: (limits: ReadonlyMap<number, () => void>) => void): Clock {
    const limits = new Map<number, () => void>();
    const after = (ms: number, over: () => void): (() => void) => {
      limits.set(ms, over);
      if (ms === 120_000) setImmediate(() => then(limits));
      return () => undefined;
    };
    return { ...SYSTEM_CLOCK, after };
  }
  const half = (headers: Record<string, string> = { 'x-fal-request-id': 'r-1' }) =>
    serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).write('{"images":');
    });

  test('is stopped at once, and the request named', async () => {
    const abort = new AbortController();
    const { hosts } = await half();
    const connection = connectionTo(hosts, { clock: atTheHead(() => abort.abort()) });
    expect(await run(connection, BIRD, {}, {}, abort.signal)).toMatchObject({
      error: { kind: 'cancelled', requestId: 'r-1', hint: expect.stringContaining('may be billed') },
    });
  });

  test('ends with the time that is set, and the request is named', async () => {
    const { hosts } = await half();
    const connection = connectionTo(hosts, { clock: atTheHead((limits) => limits.get(600_000)?.()) });
    expect(await run(connection, BIRD, {}, { timeout: 600 }, never())).toMatchObject({
      error: { kind: 'timeout', requestId: 'r-1', title: 'The model did not answer within 600 s' },
    });
  });

  test.each([
    [{ 'x-fal-request-id': 'r-1' }, { kind: 'protocol', requestId: 'r-1' }],
    [{}, { kind: 'unconfirmed', detail: 'nothing came for 120 s' }],
  ])('with %o is given up after two minutes of silence', async (headers, error) => {
    const { hosts } = await half(headers);
    const connection = connectionTo(hosts, { clock: atTheHead((limits) => limits.get(120_000)?.()) });
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject({ error });
  });
});

describe('how long it waits', () => {
  test('an abort drops the connection at once, and with it the work', async () => {
    const abort = new AbortController();
    const closed = Promise.withResolvers<void>();
    const server = await serve((response) => response.once('close', closed.resolve));
    const running = run(connectionTo(server.hosts), BIRD, {}, {}, abort.signal);
    await vi.waitUntil(() => server.seen.length === 1);
    abort.abort();
    expect(await running).toMatchObject({
      error: { kind: 'cancelled', hint: expect.stringContaining('may be billed') },
    });
    await closed.promise;
  });

  test('an abort ends the wait between two tries', async () => {
    const abort = new AbortController();
    const server = await serve((response) => {
      json(response, 429, {}, { 'retry-after': '50' });
      response.once('close', () => abort.abort());
    });
    const running = run(connectionTo(server.hosts), BIRD, {}, {}, abort.signal);
    await vi.waitUntil(() => server.seen.length === 1);
    abort.abort();
    expect(await running).toMatchObject({ error: { kind: 'cancelled' } });
  });

  test('a limit of one’s own', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response) => response.once('close', closed.resolve));
    expect(await run(connectionTo(server.hosts), BIRD, {}, { timeout: 0.05 }, never())).toMatchObject({
      error: { kind: 'timeout', title: 'The model did not answer within 0.05 s' },
    });
    await closed.promise;
  });

  test('the owner’s way to the network is taken', async () => {
    const server = await serve((response) => json(response, 200, { a: 1 }));
    // Nobody is known by that name but to the owner.
    const agent = new Agent({
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    onTestFinished(() => agent.destroy());
    const asked: string[] = [];
    const url = server.url.replace('127.0.0.1', 'nowhere.invalid');
    const connection = connectionTo(hostsAt(url), {
      agentFor: (to) => {
        asked.push(to.href);
        return agent;
      },
    });
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject({ value: { data: { a: 1 } } });
    expect(asked).toEqual([`${url}/run/acme/bird`]);
  });
});
