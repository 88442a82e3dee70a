import { afterEach, describe, expect, test, vi } from 'vitest';
import { decode, encode } from '@msgpack/msgpack';
import { Client, liveModel, Refusal, tokenFor } from '../../electron/local-fal/realtime/testing.ts';
import { AUTH, call, dig, text } from '../../electron/local-fal/testing.ts';
import type { TestFal } from './index.ts';
import { parseFault, startTestFal } from './index.ts';

let server: TestFal;
afterEach(() => server.close());

async function start(...faults: string[]): Promise<void> {
  const echo = liveModel('acme/echo', { mode: 'unary', answer: (input) => ({ ...input }) });
  const json = liveModel('acme/json', { mode: 'unary', codec: 'json', answer: (input) => ({ ...input }) });
  server = await startTestFal({ pace: 0, faults, extraModels: [echo, json] });
}

const open = (name = 'echo') => Client.open(`${server.hosts.ws}/acme/${name}/realtime`, AUTH);

async function statusOf(opening: Promise<Client>): Promise<number> {
  try {
    await (await opening).close();
    return 101;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}

test('names and values are checked', async () => {
  await start();
  expect(parseFault('live-close:4001:3')).toEqual({ name: 'live-close', value: '4001:3' });
  expect(parseFault('live-hold')).toEqual({ name: 'live-hold', value: null });
  for (const bad of [
    'live-close',
    'live-close:99',
    'live-refuse:500',
    'live-token:x',
    'live-slow',
    'live-hold:1',
  ]) {
    expect(() => parseFault(bad)).toThrow(`Unknown fault '${bad}'`);
  }
});

describe('closes', () => {
  test.each([1000, 1001, 1005, 1006, 1008, 1011, 1012, 1013, 4000, 4999])(
    '%d after the second answer',
    async (code) => {
      await start(`live-close:${code}:2`);
      const client = await open();
      expect(await client.ask({ n: 1 })).toEqual({ n: 1 });
      client.send({ n: 2 });
      // What breaks may take its last words with it.
      const last = code === 1006 ? { n: 2 } : await client.result();
      expect(last).toEqual({ n: 2 });
      expect((await client.closed).code).toBe(code);
      expect(server.live().sessions).toMatchObject([{ inputs: 2, answers: 2, lastInput: { n: 2 } }]);
    },
  );

  test('on demand, from here and from another process', async () => {
    await start();
    const clients = [await open(), await open()];
    expect(server.closeSessions(1012, 'restarting')).toBe(2);
    for (const client of clients) expect(await client.closed).toEqual({ code: 1012, reason: 'restarting' });
    const client = await open();
    const close = `${server.url}/_local/live/close`;
    expect((await call(close, { json: {} })).status).toBe(422);
    expect((await call(close, { json: { code: 4001, reason: 'no' } })).body).toBe(1);
    expect(await client.closed).toEqual({ code: 4001, reason: 'no' });
  });

  test('cut breaks what is open and what would open', async () => {
    await start();
    const client = await open();
    server.setFaults(['cut']);
    expect((await client.closed).code).toBe(1006);
    await expect(open()).rejects.toThrow('socket hang up');
    server.setFaults([]);
    expect(await statusOf(open())).toBe(101);
  });
});

describe('handshakes and tokens', () => {
  test.each([401, 403, 404, 503])('refused with %d, once', async (status) => {
    await start(`live-refuse:${status}:1`);
    expect([await statusOf(open()), await statusOf(open())]).toEqual([status, 101]);
    expect(server.live().sessions.map((session) => session.status)).toEqual([status, 101]);
  });

  test('the token endpoint fails, or wraps its token', async () => {
    const json = { allowed_apps: ['echo'], token_expiration: 120 };
    await start('live-token:500');
    const url = `${server.hosts.rest}/tokens/`;
    expect((await call(url, { json })).status).toBe(500);
    server.setFaults(['live-token:401']);
    expect((await call(url, { json })).status).toBe(401);
    expect(server.live().tokens).toEqual([]);
    server.setFaults(['live-token:detail']);
    expect((await call(url, { json })).body).toEqual({ detail: expect.any(String) });
    server.setFaults(['live-token:token']);
    expect((await call(url, { json })).body).toEqual({ token: expect.any(String) });
    expect(server.live().tokens).toMatchObject([
      { path: 'tokens', apps: ['echo'], lifetime: 120 },
      { apps: ['echo'] },
    ]);
  });

  test('the token endpoint never answers', async () => {
    await start('live-token:never');
    const abort = new AbortController();
    const asked = call(`${server.hosts.rest}/tokens/`, {
      json: { allowed_apps: ['echo'] },
      signal: abort.signal,
    });
    await vi.waitUntil(() => server.requests().length === 1);
    expect(server.requests()).toMatchObject([{ path: '/rest/tokens', status: null }]);
    abort.abort();
    await expect(asked).rejects.toThrow('aborted');
  });

  test('a token of short life opens once and not again; the session goes on', async () => {
    await start('live-expiry:800');
    const token = await tokenFor(server.hosts.rest, 'echo');
    const url = `${server.hosts.ws}/acme/echo/realtime?fal_jwt_token=${token}`;
    const client = await Client.open(url);
    await vi.waitUntil(async () => (await statusOf(Client.open(url))) === 401, {
      interval: 20,
      timeout: 5000,
    });
    expect(await client.ask({ n: 1 })).toEqual({ n: 1 });
    expect(server.live().sessions.at(-1)).toMatchObject({
      status: 401,
      token: 'expired',
      authorization: 'none',
    });
    await client.close();
  });

  test('unauthorized in the middle: once the token is old, or after N answers', async () => {
    await start('live-expiry:800', 'live-unauthorized');
    const token = await tokenFor(server.hosts.rest, 'echo');
    const client = await Client.open(`${server.hosts.ws}/acme/echo/realtime?fal_jwt_token=${token}`);
    expect(await client.ask({ n: 1 })).toEqual({ n: 1 });
    await vi.waitUntil(
      async () => {
        client.send({ n: 2 });
        const { binary, bytes } = await client.next();
        await client.control();
        return !binary && bytes.toString() === '{"status":"error","error":"Unauthorized"}';
      },
      { interval: 20, timeout: 5000 },
    );
    await client.close();
    server.setFaults(['live-unauthorized:1']);
    const other = await open();
    expect(await other.ask({ n: 1 })).toEqual({ n: 1 });
    other.send({ n: 2 });
    expect(await other.control()).toEqual({ status: 'error', error: 'Unauthorized' });
    await other.close();
  });
});

describe('answers', () => {
  test('held until the fault is taken off, and slow', async () => {
    await start('live-hold');
    const client = await open();
    client.send({ n: 1 });
    await vi.waitUntil(() => server.live().sessions[0]?.inputs === 1);
    expect(server.live().sessions).toMatchObject([{ answers: 0, closed: null }]);
    server.setFaults(['live-slow:120']);
    expect(await client.result()).toEqual({ n: 1 });
    await client.control();
    const began = performance.now();
    await client.ask({ n: 2 });
    expect(performance.now() - began).toBeGreaterThan(115);
    await client.close();
  });

  test('an input is swallowed', async () => {
    await start('live-drop:2');
    const client = await open();
    for (const n of [1, 2, 3]) client.send({ n });
    expect(await client.result()).toEqual({ n: 3 });
    expect(server.live().sessions).toMatchObject([{ inputs: 3, answers: 1 }]);
    await client.close();
  });

  test('malformed, then good again', async () => {
    await start('live-malformed');
    const client = await open();
    client.send({ n: 1 });
    const { binary, bytes } = await client.next();
    expect(binary).toBe(true);
    expect(() => decode(bytes)).toThrow(Error);
    await client.control();
    expect(await client.ask({ n: 2 })).toEqual({ n: 2 });
    await client.close();
    server.setFaults(['live-malformed']);
    const json = await open('json');
    json.sendText({});
    await expect(json.control()).rejects.toThrow('JSON');
    await json.close();
  });

  test.each([50_000_000, 70_000_000])('a frame of %d bytes is a good result', async (size) => {
    await start(`live-oversize:${size}`);
    const client = await open();
    client.send({ n: 1 });
    const { bytes } = await client.next();
    expect(bytes.byteLength).toBe(size);
    expect(decode(bytes)).toMatchObject({ n: 1 });
    await client.control();
    expect(await client.ask({ n: 2 })).toEqual({ n: 2 });
    await client.close();
  });

  test('unknown control messages, other errors, a failing model', async () => {
    await start('live-control');
    const client = await open();
    client.send({ n: 1 });
    expect([await client.control(), await client.control(), await client.result()]).toEqual([
      { type: 'x-fal-queue', position: 2 },
      { type: 'x-fal-message', action: 'metrics', metrics: { load: 0.5 } },
      { n: 1 },
    ]);
    await client.control();
    server.setFaults(['live-status-error']);
    client.send({ n: 2 });
    expect(await client.control()).toEqual({ status: 'error', error: expect.any(String) });
    await client.control();
    server.setFaults(['live-error']);
    client.send({ n: 3 });
    expect(await client.control()).toMatchObject({ error: 'INTERNAL_ERROR', reason: 'CUDA out of memory' });
    expect((await client.closed).code).toBe(1000);
  });

  test('any message to every session, from here and from another process', async () => {
    await start();
    const client = await open();
    expect(server.tellSessions({ type: 'x-fal-new' })).toBe(1);
    expect(await client.control()).toEqual({ type: 'x-fal-new' });
    expect((await call(`${server.url}/_local/live/send`, { json: { status: 'error' } })).body).toBe(1);
    expect(await client.control()).toEqual({ status: 'error' });
    await client.close();
  });

  test('idle limits of any length', async () => {
    await start('live-idle:30');
    const client = await open();
    expect(await client.control()).toMatchObject({ error: 'TIMEOUT' });
    expect((await client.closed).code).toBe(1000);
  });
});

test('what the server saw, also for another process', async () => {
  await start();
  const token = await tokenFor(server.hosts.rest, 'echo', 60);
  const client = await Client.open(
    `${server.hosts.ws}/acme/echo/realtime?fal_jwt_token=${token}&max_buffering=3`,
  );
  client.socket.send(encode({ image: Uint8Array.of(1, 2), seed: 2n ** 60n }, { useBigInt64: true }));
  await client.result();
  await client.close();
  await statusOf(Client.open(`${server.hosts.ws}/acme/echo/realtime`));
  await vi.waitUntil(() => server.live().sessions[0]?.closed);
  const { body } = await call(`${server.url}/_local/live`);
  expect(body).toEqual(server.live());
  expect(body).toMatchObject({
    tokens: [{ token, apps: ['echo'], lifetime: 60 }],
    sessions: [
      {
        path: '/ws/acme/echo/realtime',
        query: expect.stringContaining('max_buffering=3'),
        token: 'valid',
        status: 101,
        endpoint: 'acme/echo',
        inputs: 1,
        lastInput: { image: { $bytes: 2 }, seed: { $integer: (2n ** 60n).toString() } },
        answers: 1,
        closed: { code: 1000, reason: '' },
      },
      { status: 401, token: 'none', endpoint: null, inputs: 0, closed: null },
    ],
  });
  expect(text(dig(body, 'tokens', 0, 'path'))).toBe('tokens');
  expect((await call(`${server.url}/_local/live`, { method: 'DELETE' })).body).toEqual({
    tokens: [],
    sessions: [],
  });
});
