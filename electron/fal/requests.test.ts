import { describe, expect, test } from 'vitest';
import { SYSTEM_CLOCK } from './clock.ts';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from './fal.fixture.ts';
import { submit } from './queue.ts';
import { listRequests } from './requests.ts';

const BIRD = idOf('acme/bird/turbo');
const SPAN = { from: Date.UTC(2026, 0, 1, 12), to: Date.UTC(2026, 0, 1, 13) };
const ID = 'r-1';

/** What is read of an answer, whatever it was asked for. */
async function read(body: unknown, status = 200) {
  const server = await serve((response) => json(response, status, body));
  return { seen: server.seen, listed: await listRequests(connectionTo(server.hosts), BIRD, SPAN, never()) };
}

describe('the list of requests (fal-protocol §12.2)', () => {
  test('from the real endpoint: id, time and what was sent', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird/turbo')] });
    const before = Date.now();
    const connection = connectionTo(fal.hosts);
    const { requestId } = value(await submit(connection, BIRD, { prompt: 'a wren', seed: 5 }, never()));
    const span = { from: before - 1000, to: before + 60_000 };
    const listed = value(await listRequests(connection, BIRD, span, never()));
    expect(listed).toEqual({
      requests: [{ requestId, sentAt: expect.any(Number), input: { prompt: 'a wren', seed: 5 } }],
      complete: true,
      ahead: expect.any(Number),
    });
    expect(listed.requests[0]?.sentAt).toBeGreaterThanOrEqual(before);
    expect(fal.requests().at(-1)).toMatchObject({ authorized: true, status: 200 });
  });

  test('how far fal’s clock is ahead is told by its answer', async () => {
    const now = Date.UTC(2026, 0, 1, 12);
    const clock = { ...SYSTEM_CLOCK, now: () => now };
    const dated = async (headers: Record<string, string>): Promise<number> => {
      const server = await serve((response) => {
        response.sendDate = false;
        json(response, 200, { items: [] }, headers);
      });
      const span = { from: 0, to: 1 };
      return value(await listRequests(connectionTo(server.hosts, { clock }), BIRD, span, never())).ahead;
    };
    expect(await dated({ date: 'Thu, 01 Jan 2026 13:00:00 GMT' })).toBe(3_600_000);
    expect(await dated({ date: 'soon' })).toBe(0);
    expect(await dated({})).toBe(0);
  });

  test('asks for the whole id, the time and the payloads', async () => {
    const { seen } = await read({ items: [] });
    expect(seen.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([
      'GET /api/v1/models/requests/by-endpoint?endpoint_id=acme/bird/turbo' +
        '&start=2026-01-01T12:00:00.000Z&end=2026-01-01T13:00:00.000Z&expand=payloads&limit=100',
    ]);
  });

  test.each<[string, unknown]>([
    ['items', { items: [{ request_id: ID, sent_at: '2026-01-01T12:30:00Z', json_input: { a: 1 } }] }],
    ['requests', { requests: [{ request_id: ID, created_at: '2026-01-01T12:30:00', input: { a: 1 } }] }],
    ['data', { data: [{ request_id: ID, sent_at: '2026-01-01T14:30:00+02:00', payload: { a: 1 } }] }],
    ['a bare list', [{ request_id: ID, sent_at: '2026-01-01T12:30:00.000Z', json_input: { a: 1 } }]],
  ])('is read under the name of %s', async (_name, body) => {
    const sentAt = Date.UTC(2026, 0, 1, 12, 30);
    expect((await read(body)).listed).toEqual({
      ok: true,
      value: {
        requests: [{ requestId: ID, sentAt, input: { a: 1 } }],
        complete: true,
        ahead: expect.any(Number),
      },
    });
  });

  test('what an entry does not tell is not known; one without an id leaves the list incomplete', async () => {
    const items = [{ request_id: ID, sent_at: 5, json_input: 'text' }, { id: 'nameless' }];
    expect((await read({ items })).listed).toEqual({
      ok: true,
      value: {
        requests: [{ requestId: ID, sentAt: null, input: undefined }],
        complete: false,
        ahead: expect.any(Number),
      },
    });
  });

  test('page after page, but not for ever', async () => {
    const server = await serve((response, { url }) => {
      const n = Number(URL.parse(url, 'http://x')?.searchParams.get('cursor') ?? 0);
      json(response, 200, { items: [{ request_id: `r-${n}` }], next_cursor: String(n + 1), has_more: true });
    });
    const listed = value(await listRequests(connectionTo(server.hosts), BIRD, SPAN, never()));
    expect(listed.requests.map(({ requestId }) => requestId)).toEqual(['r-0', 'r-1', 'r-2', 'r-3', 'r-4']);
    expect(listed.complete).toBe(false);
  });

  test.each([
    [401, { detail: 'No' }, 'auth', 'fal did not accept the key', /look again/],
    [403, { detail: 'Needs an admin key' }, 'auth', 'This key may not list requests', /admin scope/],
    [404, { detail: 'Not Found' }, 'not_found', 'fal keeps no list of this model’s requests', /^$/],
    [404, 'Not here', 'not_found', 'fal keeps no list of this model’s requests', /^$/],
    [200, { models: [] }, 'protocol', 'fal’s list of requests cannot be read', /^$/],
  ])('%i %j is why it could not be looked up', async (status, body, kind, title, hint) => {
    const { listed, seen } = await read(body, status);
    expect(listed).toMatchObject({ ok: false, error: { kind, title, hint: expect.stringMatching(hint) } });
    expect(seen).toHaveLength(1);
  });
});
