import { afterEach, describe, expect, test, vi } from 'vitest';
import { AUTH, call, dig, eventsOf, text } from '../../electron/local-fal/testing.ts';
import type { TestFal } from './index.ts';
import { parseFault, startTestFal } from './index.ts';

const JSON_INPUT = { prompt: 'a lake', image_size: { width: 64, height: 64 }, seed: 1 };
let server: TestFal;
afterEach(() => server.close());

async function start(...faults: string[]): Promise<void> {
  server = await startTestFal({ pace: 0, faults });
}

async function submit() {
  const { body } = await call(`${server.hosts.queue}/demo/hillside`, { json: JSON_INPUT });
  return { statusUrl: text(dig(body, 'status_url')), url: text(dig(body, 'response_url')) };
}

async function statesOf(statusUrl: string): Promise<unknown[]> {
  const events = eventsOf((await call(`${statusUrl}/stream`)).body);
  const states = events.map((event) => dig(event, 'status'));
  return states.filter((state, i) => state !== states[i - 1]);
}

/** The states as they come; stops reading at the first for which `enough` says so. */
async function watch(statusUrl: string, enough: (seen: string) => boolean): Promise<string> {
  const abort = new AbortController();
  const response = await fetch(`${statusUrl}/stream`, { headers: AUTH, signal: abort.signal });
  let seen = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    seen += decoder.decode(chunk, { stream: true });
    if (enough(seen)) break;
  }
  abort.abort();
  return seen;
}

test('names are checked', async () => {
  await start();
  expect(parseFault('slow:3000')).toEqual({ name: 'slow', value: '3000' });
  expect(parseFault('hold:queued')).toEqual({ name: 'hold:queued', value: null });
  for (const bad of ['slow:x', 'nope', 'hold:never', 'completed-error:1']) {
    expect(() => parseFault(bad)).toThrow(`Unknown fault '${bad}'`);
  }
  await expect(startTestFal({ faults: ['nope'] })).rejects.toThrow("Unknown fault 'nope'");
});

test('drop-mid-body: the first download breaks half-way, the rest can be had with Range', async () => {
  await start('drop-mid-body');
  const reply = await call(`${server.hosts.run}/demo/hillside`, { json: JSON_INPUT });
  const url = text(dig(reply.body, 'images', 0, 'url'));
  const size = Number(dig(reply.body, 'images', 0, 'file_size'));
  const response = await fetch(url);
  expect(response.headers.get('content-length')).toBe(String(size));
  let got = 0;
  const reading = (async () => {
    for await (const chunk of response.body ?? []) got += chunk.byteLength;
  })();
  await expect(reading).rejects.toThrow('terminated');
  expect(got).toBe(Math.floor(size / 2));
  const rest = await fetch(url, { headers: { range: `bytes=${got}-` } });
  expect([rest.status, (await rest.arrayBuffer()).byteLength]).toEqual([206, size - got]);

  server.setFaults(['drop-mid-body:always']);
  for (const _ of [1, 2]) await expect(fetch(url).then((r) => r.arrayBuffer())).rejects.toThrow('terminated');
});

test('submit-503: nothing is taken, then all is well', async () => {
  await start('submit-503:2');
  const url = `${server.hosts.queue}/demo/hillside`;
  for (const _ of [1, 2]) {
    const refused = await call(url, { json: JSON_INPUT });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('x-fal-request-id')).toBeNull();
  }
  expect((await call(url, { json: JSON_INPUT })).status).toBe(200);
});

test('completed-error', async () => {
  await start('completed-error');
  const { statusUrl, url } = await submit();
  await statesOf(statusUrl);
  expect((await call(statusUrl)).body).toMatchObject({
    status: 'COMPLETED',
    error: expect.any(String),
    error_type: 'runner_server_error',
  });
  const result = await call(url);
  expect(result).toMatchObject({
    status: 500,
    body: { detail: expect.any(String), error_type: 'runner_server_error' },
  });
});

test('no-status-stream and stream-drop leave polling alone', async () => {
  await start('no-status-stream');
  const { statusUrl } = await submit();
  expect((await call(`${statusUrl}/stream`)).status).toBe(404);
  expect((await call(statusUrl)).status).toBeLessThan(300);

  server.setFaults(['stream-drop', 'hold:queued']);
  const held = await submit();
  await expect(call(`${held.statusUrl}/stream`)).rejects.toThrow('terminated');
  expect((await call(held.statusUrl)).status).toBe(202);
});

test('back-to-queue, once', async () => {
  await start('back-to-queue', 'hold:queued');
  const { statusUrl } = await submit();
  const states = statesOf(statusUrl);
  await watch(statusUrl, (seen) => seen.includes('IN_QUEUE'));
  server.setFaults(['back-to-queue']);
  expect(await states).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
});

describe('holds', () => {
  test.each([
    ['hold:queued', 'IN_QUEUE'],
    ['hold:running', 'IN_PROGRESS'],
  ])('%s until released through the control route', async (fault, status) => {
    await start(fault);
    const { statusUrl, url } = await submit();
    await watch(statusUrl, (seen) => seen.includes(`"status":"${status}"`));
    expect(dig((await call(statusUrl)).body, 'status')).toBe(status);
    const put = await call(`${server.url}/_local/faults`, { method: 'PUT', json: [] });
    expect(put).toMatchObject({ status: 200, body: [] });
    await statesOf(statusUrl);
    expect((await call(url)).status).toBe(200);
  });

  test.each([
    ['hold:queued', 'IN_QUEUE', 200],
    ['hold:running', 'IN_PROGRESS', 202],
  ])('a request under %s can be cancelled', async (fault, status, expected) => {
    await start(fault);
    const { statusUrl, url } = await submit();
    await watch(statusUrl, (seen) => seen.includes(`"status":"${status}"`));
    expect((await call(`${url}/cancel`, { method: 'PUT' })).status).toBe(expected);
    await statesOf(statusUrl);
    expect((await call(url)).status).toBe(499);
  });
});

test('drop-submit: taken, and the answer is lost', async () => {
  await start('drop-submit');
  const url = `${server.hosts.queue}/demo/hillside`;
  await expect(call(url, { json: JSON_INPUT })).rejects.toThrow('fetch failed');
  expect((await call(url, { json: JSON_INPUT })).status).toBe(200);
  expect(server.requests().map(({ method }) => method)).toEqual(['POST', 'POST']);
});

test('requests-403: this key may not list requests', async () => {
  await start('requests-403');
  const url = `${server.hosts.api}/v1/models/requests/by-endpoint?endpoint_id=demo/hillside`;
  expect(await call(url)).toMatchObject({ status: 403, body: { detail: expect.any(String) } });
  server.setFaults([]);
  expect((await call(url)).status).toBe(200);
});

test('lose-submit: not taken, and no answer; hold:lookup: the list of requests waits', async () => {
  await start('lose-submit', 'hold:lookup');
  await expect(call(`${server.hosts.queue}/demo/hillside`, { json: JSON_INPUT })).rejects.toThrow('fetch');
  const listed = call(`${server.hosts.api}/v1/models/requests/by-endpoint?endpoint_id=demo/hillside`);
  await vi.waitUntil(() => server.requests().length === 2);
  expect(server.requests().at(-1)).toMatchObject({ method: 'GET', status: null });
  server.setFaults([]);
  expect(await listed).toMatchObject({ status: 200, body: { items: [] } });
});

test('hold:submit, hold:result and hold:media: the answers wait', async () => {
  await start('hold:submit');
  const held = submit();
  await vi.waitUntil(() => server.requests().length === 1);
  expect(server.requests()).toMatchObject([{ method: 'POST', status: null }]);
  server.setFaults(['hold:result', 'hold:media']);
  const { statusUrl, url } = await held;
  await statesOf(statusUrl);
  const result = call(url);
  await vi.waitUntil(() => server.requests().length === 3);
  expect(server.requests().at(-1)).toMatchObject({ method: 'GET', status: null });
  server.setFaults(['hold:media']);
  const file = fetch(text(dig((await result).body, 'images', 0, 'url')));
  await vi.waitUntil(() => server.requests().length === 4);
  expect(server.requests().at(-1)).toMatchObject({ status: null });
  server.setFaults([]);
  expect((await file).status).toBe(200);
});

test('hold:upload: the bytes wait, downloads do not', async () => {
  await start('hold:upload');
  const initiate = await call(`${server.hosts.rest}/storage/upload/initiate?storage_type=fal-cdn-v3`, {
    json: { content_type: 'text/plain', file_name: 'a.txt' },
  });
  const url = text(dig(initiate.body, 'file_url'));
  const put = fetch(text(dig(initiate.body, 'upload_url')), { method: 'PUT', body: 'held' });
  await vi.waitUntil(() => server.requests().length === 2);
  expect((await fetch(url)).status).toBe(404);
  server.setFaults([]);
  expect((await put).status).toBe(200);
  expect(await (await fetch(url)).text()).toBe('held');
});

test('cut: open connections break, and new ones, until it is taken off', async () => {
  await start('hold:queued');
  const { statusUrl } = await submit();
  const streaming = call(`${statusUrl}/stream`);
  await watch(statusUrl, (seen) => seen.includes('IN_QUEUE'));
  server.setFaults(['hold:queued', 'cut']);
  await expect(streaming).rejects.toThrow('terminated');
  await expect(call(statusUrl)).rejects.toThrow('fetch failed');
  server.setFaults([]);
  expect((await call(statusUrl)).status).toBeLessThan(300);
});

test('control: bad lists change nothing, requests are counted', async () => {
  await start('slow:1');
  const faults = `${server.url}/_local/faults`;
  for (const json of [['nope'], 'slow', [5]]) {
    expect((await call(faults, { method: 'PUT', json })).status).toBe(422);
  }
  expect((await call(faults)).body).toEqual(['slow:1']);
  await submit();
  await call(`${server.hosts.queue}/demo/hillside`, { json: {}, headers: { authorization: '' } });
  await call(`${server.hosts.api}/v1/models?limit=1`);
  const { body } = await call(`${server.url}/_local/requests`);
  expect(body).toMatchObject([
    {
      method: 'POST',
      path: '/queue/demo/hillside',
      status: 200,
      authorized: true,
      endpoint: 'demo/hillside',
    },
    { method: 'POST', path: '/queue/demo/hillside', status: 401, authorized: false, authorization: 'none' },
    { method: 'GET', path: '/api/v1/models', query: 'limit=1', status: 200, endpoint: null },
  ]);
  expect((await call(`${server.url}/_local/requests`, { method: 'DELETE' })).body).toEqual([]);
  expect(server.requests()).toEqual([]);
});
