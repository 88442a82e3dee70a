import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import type { Gate } from './testing.ts';
import { call, dig, gatedModel, makeGate, text } from './testing.ts';

let server: LocalFal;
let gate: Gate;

beforeEach(async () => {
  gate = makeGate();
  server = await startLocalFal({
    pace: 0,
    hooks: { whileQueued: () => gate.opened },
    extraModels: [gatedModel('acme/gate', gate), gatedModel('acme/door', gate)],
  });
});
afterEach(() => server.close());

async function submit(endpointId: string, json: unknown = {}): Promise<string> {
  const { body } = await call(`${server.hosts.queue}/${endpointId}`, { json });
  return text(dig(body, 'request_id'));
}
const list = (query: Readonly<Record<string, string>>) =>
  call(`${server.hosts.api}/v1/models/requests/by-endpoint?${new URLSearchParams(query)}`);
const at = (ms: number): string => new Date(ms).toISOString();

function idsOf(body: unknown): unknown[] {
  const items = dig(body, 'items');
  return Array.isArray(items) ? items.map((item) => dig(item, 'request_id')) : [];
}

describe('the requests of an endpoint (fal-protocol §12.2)', () => {
  test('with their times, and their payloads when asked for', async () => {
    const before = Date.now();
    const id = await submit('acme/gate', { prompt: 'a wren' });
    await submit('acme/door');
    const plain = await list({ endpoint_id: 'acme/gate' });
    expect(plain.body).toEqual({
      items: [
        {
          request_id: id,
          endpoint_id: 'acme/gate',
          sent_at: expect.any(String),
          started_at: null,
          ended_at: null,
          status_code: null,
          duration: null,
        },
      ],
      next_cursor: null,
      has_more: false,
    });
    const sent = Date.parse(text(dig(plain.body, 'items', 0, 'sent_at')));
    expect(sent).toBeGreaterThanOrEqual(before);
    expect(sent).toBeLessThanOrEqual(Date.now());

    gate.open();
    const statusUrl = `${server.hosts.queue}/acme/gate/requests/${id}/status/stream`;
    await call(statusUrl);
    const full = await list({ endpoint_id: 'acme/gate', expand: 'payloads' });
    expect(dig(full.body, 'items', 0)).toMatchObject({
      status_code: 200,
      started_at: expect.any(String),
      ended_at: expect.any(String),
      duration: expect.any(Number),
      json_input: { prompt: 'a wren' },
      json_output: { echo: { prompt: 'a wren' } },
    });
    expect(idsOf((await list({ endpoint_id: 'acme/gate', status: 'success' })).body)).toEqual([id]);
    expect(idsOf((await list({ endpoint_id: 'acme/gate', status: 'error' })).body)).toEqual([]);
  });

  test('within a time whose end is outside, by id, and in pages', async () => {
    const ids = [await submit('acme/gate'), await submit('acme/gate'), await submit('acme/gate')];
    const sent = Date.parse(
      text(dig((await list({ endpoint_id: 'acme/gate' })).body, 'items', 0, 'sent_at')),
    );
    const within = async (start: number, end: number): Promise<unknown> =>
      idsOf((await list({ endpoint_id: 'acme/gate', start: at(start), end: at(end) })).body)[0];
    expect(await within(sent, sent + 1)).toBe(ids[0]);
    expect(await within(sent - 1, sent)).toBeUndefined();
    expect(await within(sent + 60_000, sent + 120_000)).toBeUndefined();
    expect(idsOf((await list({ endpoint_id: 'acme/gate', request_id: ids[1] ?? '' })).body)).toEqual([
      ids[1],
    ]);

    const first = await list({ endpoint_id: 'acme/gate', limit: '2' });
    expect(first.body).toMatchObject({ has_more: true, next_cursor: expect.any(String) });
    const cursor = text(dig(first.body, 'next_cursor'));
    const second = await list({ endpoint_id: 'acme/gate', limit: '2', cursor });
    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual(ids);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
  });

  test.each<[Readonly<Record<string, string>>]>([
    [{}],
    [{ endpoint_id: 'acme/gate', start: 'yesterday' }],
    [{ endpoint_id: 'acme/gate', status: 'fine' }],
    [{ endpoint_id: 'acme/gate', limit: '0' }],
  ])('%o is refused', async (query) => expect((await list(query)).status).toBe(422));

  test('only with the key', async () => {
    const url = `${server.hosts.api}/v1/models/requests/by-endpoint?endpoint_id=acme/gate`;
    expect((await call(url, { headers: { authorization: '' } })).status).toBe(401);
  });
});
