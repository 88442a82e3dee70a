import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import type { TestFal, TestFalOptions } from '../../test/local-fal/index.ts';
import { startTestFal } from '../../test/local-fal/index.ts';
import { ModelError } from '../local-fal/index.ts';
import type { LocalModel, RunContext, RunEvent } from '../local-fal/index.ts';
import type { FalConnection } from './connection.ts';
import type { FalHosts } from './hosts.ts';
import { fetchBy } from './transport/fetch.ts';

/** What the tests of the client and of the services share; nothing the app ships imports it. */

/** The app's own way to the network, where nothing stands between. */
export const directly = fetchBy(() => undefined);

/** A connection whose waits are a millisecond: the rules are the same, only nobody sleeps. */
export function connectionTo(hosts: FalHosts, over: Partial<FalConnection> = {}): FalConnection {
  return {
    hosts,
    credentials: () => 'demo:demo',
    fetch: directly,
    backoff: { tries: 4, base: 1, cap: 2 },
    pollInterval: 1,
    userAgent: 'test/0',
    ...over,
  };
}

/** The fal-compatible server without waits; gone when the test is over. */
export async function startFal(options: TestFalOptions = {}): Promise<TestFal> {
  const server = await startTestFal({ pace: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** One of more than a mebibyte is not kept: `10485760 bytes`. */
  readonly body: string;
}
export interface TinyServer {
  readonly url: string;
  readonly hosts: FalHosts;
  /** Every request, its body read to the end, before the handler was asked. */
  readonly seen: Seen[];
  readonly server: Server;
}

/** A server of a few lines for what the local fal does not do: `answer` writes, cuts or ignores. */
export async function serve(
  answer: (response: ServerResponse, request: Seen, message: IncomingMessage) => void,
  port = 0,
): Promise<TinyServer> {
  const seen: Seen[] = [];
  const server = createServer((message, response) => {
    let [chunks, bytes]: [Buffer[], number] = [[], 0];
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      chunks = bytes > 2 ** 20 ? [] : [...chunks, chunk];
    });
    message.on('end', () => {
      const { method = '', url = '', headers } = message;
      const body = bytes > 2 ** 20 ? `${bytes} bytes` : Buffer.concat(chunks).toString('utf8');
      const request = { method, url, headers, body };
      seen.push(request);
      answer(response, request, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => stop(server));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  return { url, hosts: hostsAt(url), seen, server };
}

export async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export function hostsAt(url: string): FalHosts {
  const base = (name: string): string => `${url}/${name}`;
  return {
    queue: base('queue'),
    run: base('run'),
    ws: base('ws').replace('http:', 'ws:'),
    rest: base('rest'),
    api: base('api'),
    cdn: base('cdn'),
    site: base('site'),
  };
}

/** An address where nobody listens, and nobody did in this test. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await stop(server);
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function idOf(text: string): EndpointId {
  const id = parseEndpointId(text);
  if (id === null) throw new Error(`${text} is no endpoint id`);
  return id;
}

export const never = (): AbortSignal => new AbortController().signal;

/** A model that answers with what its `run` gives, or fails with the HTTP answer it throws. */
export function model(
  endpointId: string,
  run: (input: unknown, context: RunContext) => unknown = () => ({}),
): LocalModel {
  return {
    endpointId,
    metadata: {
      display_name: endpointId,
      category: 'test',
      description: '',
      tags: ['a'],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: { unit_price: 0.5, unit: 'images', currency: 'USD' },
    streams: false,
    openapi: () => ({ openapi: '3.0.4', info: { title: endpointId } }),
    validate: () => null,
    async *run(input, context): AsyncGenerator<RunEvent> {
      yield { kind: 'log', message: 'one' };
      await context.pause(1);
      yield { kind: 'log', message: 'two' };
      yield { kind: 'output', data: await run(input, context) };
    },
  };
}

/** Thrown inside a model: fal replays this very answer to whoever asks for the result. */
export function refusal(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ModelError {
  return new ModelError('The model failed', 'some_type', { status, body, headers });
}

/**
 * For this test Node's own fetch waits for an answer's head no longer than so, in place of 300 s. undici keeps its agent
 * where every copy of it looks.
 */
export async function impatientFetch(limit: number): Promise<void> {
  // The first call of all puts the agent there.
  await fetch('data:,');
  const place = Symbol.for('undici.globalDispatcher.1');
  const own: unknown = Reflect.get(globalThis, place);
  if (typeof own !== 'object' || own === null) throw new Error('Node keeps its agent elsewhere');
  Reflect.set(globalThis, place, Reflect.construct(own.constructor, [{ headersTimeout: limit }]));
  onTestFinished(() => void Reflect.set(globalThis, place, own));
}

/** The value of a result that must be a success. */
export function value<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(`Not a success: ${JSON.stringify(result.error)}`);
  return result.value;
}
