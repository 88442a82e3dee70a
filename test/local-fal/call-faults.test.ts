import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { AUTH, call, dig, gatedModel, makeGate, text } from '../../electron/local-fal/testing.ts';
import type { TestFal } from './index.ts';
import { parseFault, startTestFal } from './index.ts';

const INPUT = { prompt: 'a lake', image_size: { width: 64, height: 64 }, seed: 1 };
let server: TestFal;
afterEach(() => server.close());

async function start(...faults: string[]): Promise<void> {
  server = await startTestFal({ pace: 0, faults });
}
const run = () => call(`${server.hosts.run}/demo/hillside`, { json: INPUT });
const submit = () => call(`${server.hosts.queue}/demo/hillside`, { json: INPUT });
const open = (): Promise<Response> =>
  fetch(`${server.hosts.run}/demo/hillside/stream`, {
    method: 'POST',
    headers: AUTH,
    body: JSON.stringify(INPUT),
  });

test('names are checked', async () => {
  await start();
  expect(parseFault('run-504-user:2')).toEqual({ name: 'run-504-user', value: '2' });
  for (const bad of ['run-418', 'run-429:x', 'stream-split:1', 'long-urls:1', 'stream-cut:x'])
    expect(() => parseFault(bad)).toThrow(`Unknown fault '${bad}'`);
});

describe('calls and submits that fail', () => {
  test.each([
    ['429', 429, 'concurrent_requests_limit'],
    ['499', 499, 'client_disconnected'],
    ['500', 500, 'runner_server_error'],
    ['504', 504, 'request_timeout'],
    ['504-user', 504, 'request_timeout'],
  ])('%s, once, in fal’s words', async (kind, status, type) => {
    await start(`run-${kind}`, `submit-${kind}`);
    for (const send of [run, submit]) {
      const failed = await send();
      expect(failed).toMatchObject({ status, body: { detail: expect.any(String), error_type: type } });
      expect(failed.headers.get('x-fal-error-type')).toBe(type);
      expect(failed.headers.get('x-fal-request-timeout-type')).toBe(kind === '504-user' ? 'user' : null);
      expect((await send()).status).toBe(200);
    }
  });

  test.each([['502'], ['504-gateway']])('%s, by something in between', async (kind) => {
    await start(`run-${kind}:2`);
    for (const _ of [1, 2])
      expect(await run()).toMatchObject({
        status: Number(kind.slice(0, 3)),
        body: expect.stringContaining('nginx'),
      });
    expect((await run()).status).toBe(200);
  });

  test('any use, and a date to come again at', async () => {
    await start('status-503-gateway', 'price-429-date', 'schema-page', 'initiate-cut');
    const path = 'acme/none/requests/x/status';
    expect((await call(`${server.hosts.queue}/${path}`)).status).toBe(503);
    expect((await call(`${server.hosts.queue}/${path}`)).status).toBe(404);
    const price = await call(`${server.hosts.api}/v1/models/pricing?endpoint_id=demo/hillside`);
    expect(Date.parse(price.headers.get('retry-after') ?? '')).toBeGreaterThan(Date.now());
    expect((await call(`${server.hosts.api}/v1/models`)).body).toContain('<h1>');
    const initiate = call(`${server.hosts.rest}/storage/upload/initiate`, { json: { file_name: 'a' } });
    await expect(initiate).rejects.toThrow('terminated');
  });

  test('silent: told of, and never answered', async () => {
    const silent: ServerResponse[] = [];
    server = await startTestFal({ pace: 0, faults: ['run-silent'], onSilent: (one) => silent.push(one) });
    const stop = new AbortController();
    const waiting = fetch(`${server.hosts.run}/demo/hillside`, { method: 'POST', signal: stop.signal });
    await vi.waitUntil(() => silent.length === 1);
    expect(silent[0]?.headersSent).toBe(false);
    stop.abort();
    await expect(waiting).rejects.toThrow('aborted');
  });

  test('stall-body: the head and the first half of what follows', async () => {
    await start('submit-stall-body');
    const stop = new AbortController();
    const response = await fetch(`${server.hosts.queue}/demo/hillside`, {
      method: 'POST',
      headers: { authorization: 'Key demo:demo' },
      body: '{"prompt":"a"}',
      signal: stop.signal,
    });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect([response.status, response.headers.get('x-stalled')]).toEqual([200, 'yes']);
    expect(new TextDecoder().decode(first?.value)).toMatch(/^\{"status":/);
    stop.abort();
    await expect(reader?.read()).rejects.toThrow('aborted');
  });

  test('malformed and lost', async () => {
    await start('run-malformed', 'submit-lost');
    expect(await run()).toMatchObject({ status: 200, body: '{"images": [' });
    await expect(submit()).rejects.toThrow('fetch failed');
    expect((await submit()).status).toBe(200);
  });
});

describe('streams', () => {
  test('split: each event in pieces, cut within its characters', async () => {
    const teller: LocalModel = {
      ...gatedModel('acme/teller', makeGate()),
      streams: true,
      async *run() {
        yield { kind: 'output', data: { text: 'ü🦩' } };
      },
    };
    server = await startTestFal({ pace: 0, faults: ['stream-split'], extraModels: [teller] });
    const { body } = await fetch(`${server.hosts.run}/acme/teller/stream`, { method: 'POST', headers: AUTH });
    const pieces: Buffer[] = [];
    for await (const chunk of body ?? []) pieces.push(Buffer.from(chunk));
    expect(Buffer.concat(pieces).toString()).toBe('data: {"text":"ü🦩"}\n\n');
    // One cut in the first letter, three in the second.
    expect(pieces.length).toBe(5);
  });

  test('comments before each event, [DONE] after the last', async () => {
    await start('stream-comments', 'stream-done');
    const blocks = (await (await open()).text()).split('\n\n');
    expect(blocks.slice(0, 2)).toEqual([': a comment', expect.stringMatching(/^data: \{/)]);
    expect(blocks.slice(-2)).toEqual(['data: [DONE]', '']);
  });

  test('cut after two events', async () => {
    await start('stream-cut:2');
    const { body } = await open();
    let seen = '';
    const reading = (async () => {
      for await (const chunk of body ?? []) seen += Buffer.from(chunk).toString();
    })();
    await expect(reading).rejects.toThrow('terminated');
    expect(seen.match(/^data: /gm)).toHaveLength(2);
  });

  test('stall: one event, then nothing until the reader leaves', async () => {
    await start('stream-stall');
    const { body } = await open();
    const reader = body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^data: /);
    const next = reader?.read().then(() => 'more');
    // A whole other stream passes in the meantime.
    server.setFaults([]);
    await (await open()).text();
    expect(await Promise.race([next, Promise.resolve('silence')])).toBe('silence');
    await reader?.cancel();
  });
});

test('long-urls: the whole id and /response, and they work', async () => {
  await start('long-urls');
  const { body } = await submit();
  const url = text(dig(body, 'response_url'));
  expect(url).toMatch(/\/queue\/demo\/hillside\/requests\/[^/]+\/response$/);
  await call(`${text(dig(body, 'status_url'))}/stream`);
  expect((await call(url)).status).toBe(200);
});
