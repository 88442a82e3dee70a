import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import { appOf } from './ids.ts';
import type { Gate } from './testing.ts';
import { AUTH, call, dig, eventsOf, gatedModel, makeGate, text } from './testing.ts';

let server: LocalFal;
let gate: Gate;
/** Open unless a test wants to see a request still queued. */
let door: Gate;

beforeEach(async () => {
  gate = makeGate();
  door = makeGate();
  door.open();
  server = await startLocalFal({
    pace: 0,
    hooks: { whileQueued: () => door.opened },
    extraModels: [gatedModel('acme/gate', gate), gatedModel('acme/gate/wide/open', gate)],
  });
});
afterEach(() => server.close());

async function submit(endpointId: string, json: unknown = {}, init: RequestInit = {}) {
  const reply = await call(`${server.hosts.queue}/${endpointId}`, { ...init, json });
  return { reply, id: text(dig(reply.body, 'request_id')), statusUrl: text(dig(reply.body, 'status_url')) };
}

function cancel(body: unknown) {
  return call(text(dig(body, 'cancel_url')), { method: 'PUT' });
}

/** Follows the status stream to its end; `onStart` is called when its first bytes are there. */
async function follow(statusUrl: string, logs = 1, onStart?: () => void): Promise<unknown[]> {
  const response = await fetch(`${statusUrl}/stream?logs=${logs}`, { headers: AUTH });
  let body = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    body += decoder.decode(chunk, { stream: true });
    onStart?.();
  }
  return eventsOf(body);
}

/** Resolves once the stream has told of this status: no polling, no sleeping. */
async function untilStatus(statusUrl: string, status: string): Promise<void> {
  const abort = new AbortController();
  const response = await fetch(`${statusUrl}/stream`, { headers: AUTH, signal: abort.signal });
  let seen = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    seen += decoder.decode(chunk, { stream: true });
    if (seen.includes(`"status":"${status}"`)) break;
  }
  abort.abort();
}

test('ids: which part the follow-up URLs carry', () => {
  expect(appOf('acme/bird/v1.5/turbo')).toBe('acme/bird');
  expect(appOf('workflows/mia/poster/a')).toBe('workflows/mia/poster');
  expect(appOf('comfy/mia/graph')).toBe('comfy/mia/graph');
});

describe('submit', () => {
  test('answers 200 with app-only URLs and the request id in a header', async () => {
    const { reply, id } = await submit('acme/gate/wide/open');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('x-fal-request-id')).toBe(id);
    const base = `${server.hosts.queue}/acme/gate/requests/${id}`;
    expect(reply.body).toMatchObject({
      status: 'IN_QUEUE',
      gateway_request_id: id,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
      queue_position: 0,
    });
  });

  test('wants a key', async () => {
    const url = `${server.hosts.queue}/acme/gate`;
    for (const authorization of ['', 'Key wrong', 'Bearer demo:demo', 'demo:demo']) {
      const reply = await call(url, { json: {}, headers: { authorization } });
      expect(reply.status).toBe(401);
      expect(dig(reply.body, 'detail')).toEqual(expect.any(String));
    }
  });

  test('unknown app: 404 at the gate; unknown path of a known app: taken, then 404', async () => {
    const unknown = await call(`${server.hosts.queue}/acme/nobody`, { json: {} });
    expect(unknown).toMatchObject({ status: 404, body: { detail: expect.any(String) } });

    const { statusUrl, reply } = await submit('acme/gate/nope');
    expect(reply.status).toBe(200);
    await follow(statusUrl);
    const result = await call(text(dig(reply.body, 'response_url')));
    expect(result).toMatchObject({ status: 404, body: { detail: 'Path /nope not found' } });
    expect(result.headers.get('x-fal-billable-units')).toBe('0');
  });

  test('broken JSON is a 422 with a detail list', async () => {
    const reply = await call(`${server.hosts.queue}/acme/gate`, { method: 'POST', body: '{"a":' });
    expect(reply.status).toBe(422);
    expect(dig(reply.body, 'detail', 0, 'type')).toBe('json_invalid');
  });

  test('fal_max_queue_length: 429 when more wait already', async () => {
    const first = await submit('acme/gate');
    await untilStatus(first.statusUrl, 'IN_PROGRESS');
    await submit('acme/gate');
    const refused = await call(`${server.hosts.queue}/acme/gate?fal_max_queue_length=0`, { json: {} });
    expect(refused.status).toBe(429);
    const taken = await call(`${server.hosts.queue}/acme/gate?fal_max_queue_length=1`, { json: {} });
    expect(taken.status).toBe(200);
  });
});

describe('status', () => {
  test('one runner an endpoint: the others count down; low priority goes last', async () => {
    const first = await submit('acme/gate');
    await untilStatus(first.statusUrl, 'IN_PROGRESS');
    const low = await submit('acme/gate', {}, { headers: { 'x-fal-queue-priority': 'low' } });
    const normal = await submit('acme/gate');
    expect(dig((await call(normal.statusUrl)).body, 'queue_position')).toBe(1);
    expect(dig((await call(low.statusUrl)).body, 'queue_position')).toBe(2);
    gate.open();
    await follow(low.statusUrl);
    expect(dig((await call(normal.statusUrl)).body, 'status')).toBe('COMPLETED');
  });

  test('202 until COMPLETED, `logs` always there, cumulative, full id and trailing slash tolerated', async () => {
    door = makeGate();
    const { id, statusUrl } = await submit('acme/gate/wide/open');
    const queued = await call(statusUrl);
    expect(queued).toMatchObject({
      status: 202,
      body: { status: 'IN_QUEUE', logs: null, queue_position: 0 },
    });
    door.open();
    await untilStatus(statusUrl, 'IN_PROGRESS');
    expect(await call(statusUrl)).toMatchObject({ status: 202, body: { status: 'IN_PROGRESS', logs: null } });
    gate.open();
    await follow(statusUrl);
    const done = await call(`${server.hosts.queue}/acme/gate/wide/open/requests/${id}/status/?logs=true`);
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      status: 'COMPLETED',
      metrics: { inference_time: expect.any(Number) },
      logs: [{ message: 'waiting', level: 'INFO', source: 'USER' }, { message: 'done' }],
    });
    expect(dig(done.body, 'error')).toBeUndefined();
  });

  test('stream: every state in order, logs as increments, the end after COMPLETED', async () => {
    door = makeGate();
    gate.open();
    const { statusUrl } = await submit('acme/gate');
    const events = await follow(statusUrl, 1, () => door.open());
    const states = events.map((event) => dig(event, 'status'));
    expect([...new Set(states)]).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
    const logs = events.flatMap((event) => {
      const list = dig(event, 'logs');
      return Array.isArray(list) ? list.map((entry) => dig(entry, 'message')) : [];
    });
    expect(logs).toEqual(['waiting', 'done']);
    // Once more, after the end.
    const again = await follow(statusUrl);
    expect(again.map((event) => dig(event, 'status'))).toEqual(['COMPLETED']);
  });

  test('without logs no event tells of them', async () => {
    gate.open();
    const { statusUrl } = await submit('acme/gate');
    const events = await follow(statusUrl, 0);
    expect(events.every((event) => dig(event, 'logs') === null)).toBe(true);
  });

  test('start limit: COMPLETED with request_timeout, the result a 504 of the user', async () => {
    const blocking = await submit('acme/gate');
    await untilStatus(blocking.statusUrl, 'IN_PROGRESS');
    const { statusUrl, reply } = await submit(
      'acme/gate',
      {},
      { headers: { 'x-fal-request-timeout': '0.15' } },
    );
    const events = await follow(statusUrl);
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', error_type: 'request_timeout' });
    const result = await call(text(dig(reply.body, 'response_url')));
    expect(result.status).toBe(504);
    expect(result.headers.get('x-fal-request-timeout-type')).toBe('user');
    expect(result.headers.get('x-fal-error-type')).toBe('request_timeout');
  });
});

describe('result and cancel', () => {
  test('400 before the end, then the output as the model gave it', async () => {
    const { reply } = await submit('acme/gate', { a: 1 });
    const url = text(dig(reply.body, 'response_url'));
    expect(await call(url)).toMatchObject({ status: 400, body: { detail: 'Request is still in progress' } });
    gate.open();
    await follow(text(dig(reply.body, 'status_url')));
    expect(await call(url)).toMatchObject({ status: 200, body: { echo: { a: 1 } } });
    expect((await call(`${url}/response`)).status).toBe(200);
  });

  test('unknown ids and foreign apps are NOT_FOUND', async () => {
    const { id } = await submit('acme/gate');
    for (const path of [`acme/gate/requests/none`, `demo/hillside/requests/${id}`]) {
      const reply = await call(`${server.hosts.queue}/${path}`);
      expect(reply).toMatchObject({ status: 404, body: { status: 'NOT_FOUND' } });
      expect((await call(`${server.hosts.queue}/${path}/cancel`, { method: 'PUT' })).status).toBe(404);
    }
  });

  test('cancel while queued, while running, and too late', async () => {
    const running = await submit('acme/gate');
    await untilStatus(running.statusUrl, 'IN_PROGRESS');
    const queued = await submit('acme/gate');

    expect(await cancel(queued.reply.body)).toMatchObject({ status: 200, body: { status: 'OK' } });
    expect(await cancel(running.reply.body)).toMatchObject({
      status: 202,
      body: { status: 'CANCELLATION_REQUESTED' },
    });
    const events = await follow(running.statusUrl);
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', error_type: 'client_cancelled' });
    for (const { reply } of [running, queued]) {
      expect((await call(text(dig(reply.body, 'response_url')))).status).toBe(499);
      expect(await cancel(reply.body)).toMatchObject({ status: 400, body: { status: 'ALREADY_COMPLETED' } });
    }
  });
});
