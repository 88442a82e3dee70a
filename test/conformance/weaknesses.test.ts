import { spawn } from 'node:child_process';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { createFalClient } from '@fal-ai/client';
import { describe, expect, test, vi } from 'vitest';
import { readEndpoint } from '../../electron/fal/endpoint.ts';
import {
  connectionTo,
  idOf,
  impatientFetch,
  json,
  model,
  never,
  serve,
  startFal,
} from '../../electron/fal/fal.fixture.ts';
import type { Seen, TinyServer } from '../../electron/fal/fal.fixture.ts';
import { DEFAULT_BACKOFF } from '../../electron/fal/connection.ts';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import { submit } from '../../electron/fal/queue.ts';
import { run } from '../../electron/fal/run.ts';
import { stream } from '../../electron/fal/stream.ts';
import type { StreamEvent } from '../../electron/fal/stream.ts';
import { subscribe } from '../../electron/fal/subscribe.ts';
import type { SubscribeEvent, SubscribeOptions } from '../../electron/fal/subscribe.ts';
import { officialClient } from './official.ts';

/**
 * Where the official client fails, seen to fail, and ours beside it on the same server. Events held back for 16 ms and
 * results found by polling are in frozen-timers.test.ts.
 */

const TIMED_OUT = fileURLToPath(new URL('timed-out.ts', import.meta.url));
const BIRD = idOf('acme/bird');
const ID = 'acme/bird';

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}
const ourStream = (server: TinyServer, options = {}): Promise<StreamEvent[]> =>
  all(stream(connectionTo(server.hosts), BIRD, {}, options, never()));
const ourSubscribe = (server: TinyServer, options: SubscribeOptions = {}): Promise<SubscribeEvent[]> =>
  all(subscribe(connectionTo(server.hosts), BIRD, {}, options, never()));
const eventStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

/** Counts what comes while this runs. */
async function counted(server: TinyServer, act: () => Promise<unknown>): Promise<number> {
  const before = server.seen.length;
  await act();
  return server.seen.length - before;
}

/** A server that treats the first request of each client so, and answers every other. */
const atFirst = (what: (response: ServerResponse, request: Seen) => void): Promise<TinyServer> => {
  const met = new Set<string>();
  return serve((response, request) => {
    const who = request.headers['user-agent'] ?? '';
    if (met.has(who)) return json(response, 200, { request_id: 'r-1' });
    met.add(who);
    what(response, request);
  });
};

describe('a POST whose answer was lost', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['reset', (response) => void response.destroy()],
    ['a gateway’s 502', (response) => void response.writeHead(502).end('<html>')],
    ['a gateway’s 504', (response) => void response.writeHead(504).end('<html>')],
  ])('%s: theirs pays twice, ours asks', async (_name, lose) => {
    const server = await atFirst(lose);
    const official = officialClient(server.hosts);
    expect(await counted(server, () => official.run(ID, { input: {} }))).toBe(2);
    const connection = connectionTo(server.hosts);
    const ours = run(connection, BIRD, {}, {}, never());
    expect(await counted(server, () => ours)).toBe(1);
    expect(await ours).toMatchObject({ error: { kind: 'unconfirmed' } });
  });

  test('the same for a submit', async () => {
    const server = await atFirst((response) => void response.destroy());
    const official = officialClient(server.hosts);
    expect(await counted(server, () => official.queue.submit(ID, { input: {} }))).toBe(2);
    const ours = submit(connectionTo(server.hosts), BIRD, {}, never());
    expect(await counted(server, () => ours)).toBe(1);
    expect(await ours).toMatchObject({ error: { kind: 'unconfirmed' } });
  });

  test('a head that takes longer than Node’s fetch waits (300 s, here 100 ms)', async () => {
    await impatientFetch(100);
    const heldBack = Promise.withResolvers<void>();
    const server = await atFirst(
      (response) => void heldBack.promise.then(() => json(response, 200, { late: true })),
    );
    const official = officialClient(server.hosts);
    expect(await counted(server, () => official.run(ID, { input: {} }))).toBe(2);
    const ours = run(connectionTo(server.hosts), BIRD, {}, {}, never());
    // As long as that fetch has patience, and the wait goes on.
    await expect(fetch(`${server.hosts.run}/acme/bird`)).rejects.toThrow('fetch failed');
    heldBack.resolve();
    expect(await ours).toMatchObject({ ok: true, value: { data: { late: true } } });
    expect(server.seen).toHaveLength(4);
  });
});

describe('streams', () => {
  test('characters split between pieces', async () => {
    const server = await serve(async (response) => {
      const bytes = Buffer.from('data: "ü"\n\n');
      eventStream(response).write(bytes.subarray(0, 8));
      await sleep(20);
      response.end(bytes.subarray(8));
    });
    const events = await officialClient(server.hosts).stream(ID, { input: {} });
    expect(await events.done()).toContain('\ufffd');
    expect((await ourStream(server)).at(-1)).toMatchObject({ kind: 'ended', last: 'ü' });
  });

  test('silence beyond the limit', async () => {
    const server = await serve(async (response) => {
      eventStream(response).write('data: 1\n\n');
      await sleep(300);
      response.end('data: 2\n\n');
    });
    const events = await officialClient(server.hosts).stream(ID, { input: {}, timeout: 50 });
    expect(await events.done()).toBe(2);
    expect((await ourStream(server, { stallTimeout: 0.15 })).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'timeout' },
      last: 1,
    });
  });

  test('[DONE]', async () => {
    const server = await serve(
      (response) => void eventStream(response).end('data: {"p":1}\n\ndata: [DONE]\n\n'),
    );
    const events = await officialClient(server.hosts).stream(ID, { input: {} });
    await expect(events.done()).rejects.toThrow('JSON');
    expect((await ourStream(server)).at(-1)).toMatchObject({ kind: 'ended', events: 2, last: '[DONE]' });
  });
});

describe('followed requests', () => {
  /** Taken at once, and then as `status` says. */
  const queue = (status: (response: ServerResponse) => void): Promise<TinyServer> =>
    serve((response, { method, url }) => {
      if (method === 'POST') json(response, 200, { request_id: 'r-1' });
      else if (method === 'PUT') json(response, 200, { status: 'OK' });
      else if (url.includes('/status/stream')) response.writeHead(404).end();
      else if (url.includes('/status')) status(response);
      else json(response, 200, { half: 'done' });
    });

  test('COMPLETED with an error', async () => {
    const server = await queue((response) => json(response, 200, { status: 'COMPLETED', error: 'Crashed' }));
    expect(await officialClient(server.hosts).subscribe(ID, { input: {} })).toMatchObject({
      data: { half: 'done' },
    });
    expect((await ourSubscribe(server)).at(-1)).toMatchObject({
      kind: 'failed',
      error: { detail: 'Crashed' },
    });
  });

  test('a time-out while a poll is on its way', async () => {
    let slow = 150;
    const server = await queue((response) => {
      void sleep(slow).then(() => json(response, 202, { status: 'IN_PROGRESS', response_url: 'x' }));
    });
    let told = 0;
    const theirs = officialClient(server.hosts).subscribe(ID, {
      input: {},
      timeout: 50,
      pollInterval: 10,
      onQueueUpdate: () => (told += 1),
    });
    await expect(theirs).rejects.toThrow('timed out');
    await vi.waitUntil(() => told >= 2, { timeout: 5_000 });
    // Theirs goes on until the request is done.
    const polls = () => server.seen.filter(({ method }) => method === 'GET').length;
    slow = 3.6e6;
    await sleep(250);
    const before = polls();
    const events = await ourSubscribe(server, { timeout: 0.5, mode: 'poll' });
    expect(events.at(-1)).toMatchObject({ kind: 'failed', cancelled: 'OK', error: { kind: 'timeout' } });
    expect(server.seen.at(-1)?.method).toBe('PUT');
    await sleep(100);
    expect(polls()).toBe(before + 1);
  });

  test('a time-out while the status is pushed: theirs ends the whole program', async () => {
    const server = await serve((response, { method, url }) => {
      if (method === 'POST') json(response, 200, { request_id: 'r-1' });
      else if (method === 'PUT') json(response, 200, { status: 'OK' });
      else if (url.includes('/status/stream'))
        eventStream(response).write('data: {"status":"IN_PROGRESS","response_url":"x"}\n\n');
      else response.writeHead(404).end();
    });
    const child = spawn(process.execPath, [TIMED_OUT, server.hosts.queue], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, code] = await Promise.all([
      Promise.all([readAll(child.stdout), readAll(child.stderr)]),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    expect(said).toEqual(['', expect.stringContaining('Client timed out waiting for the request')]);
    expect(code).toBe(1);
    const events = await ourSubscribe(server, { timeout: 0.2, mode: 'stream' });
    expect(events.at(-1)).toMatchObject({ kind: 'failed', cancelled: 'OK', error: { kind: 'timeout' } });
  });

  test('IN_PROGRESS back to IN_QUEUE', async () => {
    const fal = await startFal({ extraModels: [model(ID)], faults: ['back-to-queue'] });
    const states: string[] = [];
    await officialClient(fal.hosts).subscribe(ID, {
      input: {},
      onQueueUpdate: ({ status }) => void states.push(status),
    });
    // It looks twice a second.
    expect(states.join()).not.toContain('IN_PROGRESS,IN_QUEUE');
    fal.setFaults(['back-to-queue', 'hold:queued']);
    const ours: string[] = [];
    for await (const event of subscribe(connectionTo(fal.hosts), BIRD, {}, {}, never())) {
      if (event.kind !== 'status') continue;
      ours.push(event.status.status);
      fal.setFaults(['back-to-queue']);
    }
    expect(ours.join()).toContain('IN_PROGRESS,IN_QUEUE');
  });
});

describe('what the server says', () => {
  test.each([
    [401, 'Unauthorized', 'This key was revoked'],
    [403, 'Forbidden', 'The account is locked'],
    [422, 'Unprocessable Entity', 'A prompt is needed'],
  ])('the text of a %i', async (code, reason, detail) => {
    const server = await serve((response) => json(response, code, { detail }));
    await expect(officialClient(server.hosts).run(ID, { input: {} })).rejects.toMatchObject({
      message: reason,
    });
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({ error: { detail } });
  });

  test('X-Fal-Retryable: false', async () => {
    const type = { 'x-fal-error-type': 'runner_scheduling_failure', 'x-fal-retryable': 'false' };
    const server = await atFirst((response) => json(response, 503, {}, type));
    const official = officialClient(server.hosts);
    expect(await counted(server, () => official.run(ID, { input: {} }))).toBe(2);
    expect(await counted(server, () => run(connectionTo(server.hosts), BIRD, {}, {}, never()))).toBe(1);
  });

  test('Retry-After', async () => {
    const times: number[] = [];
    const server = await atFirst((response) => json(response, 429, {}, { 'retry-after': '1' }));
    server.server.on('request', () => times.push(performance.now()));
    await officialClient(server.hosts).run(ID, { input: {} });
    const connection = connectionTo(server.hosts, { backoff: DEFAULT_BACKOFF });
    await run(connection, BIRD, {}, {}, never());
    const [first = 0, second = 0, third = 0, fourth = 0] = times;
    expect(second - first).toBeLessThan(990);
    expect(fourth - third).toBeGreaterThanOrEqual(990);
  });
});

test('an address that looks like fal’s as endpoint', async () => {
  const sent: [string, string | null][] = [];
  const recording: typeof fetch = (input, init) => {
    sent.push([String(input), new Headers(init?.headers).get('authorization')]);
    return Promise.resolve(Response.json({}));
  };
  const official = createFalClient({ credentials: 'demo:demo', fetch: recording });
  await official.run('https://evilfal.run/acme/bird', { input: {} });
  await official.run('http://fal.run/acme/bird', { input: {} });
  expect(sent).toEqual([
    ['https://evilfal.run/acme/bird/', 'Key demo:demo'],
    ['http://fal.run/acme/bird/', 'Key demo:demo'],
  ]);
  for (const address of ['https://evilfal.run/acme/bird', 'http://fal.run/acme/bird'])
    expect(readEndpoint(address, FAL_HOSTS)).toMatchObject({ ok: false, error: { kind: 'input' } });
});
