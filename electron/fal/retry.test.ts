import { describe, expect, test } from 'vitest';
import { connectionTo, deadAddress, hostsAt, idOf, json, never, serve, startFal } from './fal.fixture.ts';
import { status, submit } from './queue.ts';
import { run } from './run.ts';
import { causeOf, pause, retryAfterIn, retryStatus, waitBefore, wasNotSent } from './retry.ts';

const BIRD = idOf('acme/bird');
const taken = { request_id: 'r-1', queue_position: 0 };

describe('a submit is sent again when it was certainly not taken', () => {
  test('a refused connection', async () => {
    let tries = 0;
    const connection = connectionTo(hostsAt(await deadAddress()), {
      fetch: (...args) => {
        tries += 1;
        return fetch(...args);
      },
    });
    expect(await submit(connection, BIRD, {}, never())).toMatchObject({
      ok: false,
      error: { kind: 'network', hint: expect.stringContaining('Nothing was sent') },
    });
    expect(tries).toBe(4);
  });

  test.each([[429], [503]])('a %i, after the time the server asks for', async (code) => {
    const server = await serve((response) => {
      if (server.seen.length < 3) json(response, code, { detail: 'no' }, { 'retry-after': '0' });
      else json(response, 200, taken);
    });
    // Without Retry-After this would wait for an hour.
    const connection = connectionTo(server.hosts, { backoff: { tries: 4, base: 3.6e6, cap: 3.6e6 } });
    expect(await submit(connection, BIRD, { a: 1 }, never())).toMatchObject({ ok: true });
    expect(server.seen.map((request) => request.body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  });

  test('a 503 that stays is busy, and fal says in its own words why', async () => {
    const fal = await startFal({
      faults: ['submit-503:9'],
    });
    const impatient = connectionTo(fal.hosts, { backoff: { tries: 1, base: 1, cap: 1 } });
    expect(await submit(impatient, idOf('demo/hillside'), {}, never())).toMatchObject({
      ok: false,
      error: { kind: 'request', detail: 'No runner could be scheduled' },
    });
    expect(fal.requests()).toHaveLength(1);
  });
});

describe('a submit is never sent twice when it may have been taken', () => {
  test('the connection is reset after the request was read', async () => {
    const server = await serve((_response, _request, message) => message.socket.resetAndDestroy());
    expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({
      ok: false,
      error: { kind: 'unconfirmed' },
    });
    expect(server.seen.map((request) => request.method)).toEqual(['POST']);
  });

  test('the answer is cut in the middle', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"request_id":"r', () => response.destroy());
    });
    expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({
      error: { kind: 'unconfirmed' },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([[502], [504]])('a gateway answers %i', async (code) => {
    const server = await serve((response) => response.writeHead(code).end('<html>bad gateway</html>'));
    expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({
      ok: false,
      error: { kind: 'unconfirmed', detail: `HTTP ${code}` },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('something in between redirects', async () => {
    const server = await serve((response) => response.writeHead(307, { location: '/queue/x' }).end());
    const connection = connectionTo(server.hosts);
    const unsure = { ok: false, error: { kind: 'unconfirmed', detail: 'HTTP 307 to /queue/x' } };
    expect(await submit(connection, BIRD, {}, never())).toMatchObject(unsure);
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject(unsure);
    expect(server.seen).toHaveLength(2);
  });

  test('a 504 of the person’s own start limit is a time-out, known for certain', async () => {
    const server = await serve((response) =>
      json(response, 504, { detail: 'late' }, { 'x-fal-request-timeout-type': 'user' }),
    );
    expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({
      error: { kind: 'timeout' },
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    [500, {}],
    [401, {}],
    [422, {}],
    [503, { 'x-fal-retryable': 'false' }],
  ])('a %i %o is final', async (code, headers) => {
    const server = await serve((response) => json(response, code, { detail: 'no' }, headers));
    expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({ ok: false });
    expect(server.seen).toHaveLength(1);
  });
});

describe('reading may be repeated', () => {
  test.each([[429], [500], [502], [503], [504]])('after a %i', async (code) => {
    const server = await serve((response) => {
      if (server.seen.length === 1) response.writeHead(code).end();
      else json(response, 202, { status: 'IN_PROGRESS' });
    });
    expect(await status(connectionTo(server.hosts), BIRD, 'r-1', never())).toMatchObject({ ok: true });
    expect(server.seen).toHaveLength(2);
  });

  test('after a reset', async () => {
    const server = await serve((response, _request, message) => {
      if (server.seen.length === 1) message.socket.resetAndDestroy();
      else json(response, 202, { status: 'IN_PROGRESS' });
    });
    expect(await status(connectionTo(server.hosts), BIRD, 'r-1', never())).toMatchObject({ ok: true });
  });
});

describe('a person’s stop', () => {
  test('ends the wait before the next try at once, and nothing more is sent', async () => {
    const abort = new AbortController();
    const server = await serve((response) => json(response, 503, {}, { 'retry-after': '50' }));
    const connection = connectionTo(server.hosts, {
      // The whole answer is here before the stop: only the wait is left to be ended.
      fetch: async (...args) => {
        const { status, headers, body } = await fetch(...args);
        const text = await new Response(body).text();
        setImmediate(() => abort.abort());
        return new Response(text, { status, headers });
      },
    });
    expect(await submit(connection, BIRD, {}, abort.signal)).toMatchObject({
      ok: false,
      error: { kind: 'cancelled' },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('of a submit that is on its way says that fal may have it', async () => {
    const abort = new AbortController();
    const server = await serve(() => abort.abort());
    expect(await submit(connectionTo(server.hosts), BIRD, {}, abort.signal)).toMatchObject({
      error: { kind: 'cancelled', hint: expect.stringContaining('fal’s list of requests') },
    });
  });

  test('of a read takes nothing with it', async () => {
    const abort = new AbortController();
    const server = await serve(() => abort.abort());
    expect(await status(connectionTo(server.hosts), BIRD, 'r-1', abort.signal)).toMatchObject({
      error: { kind: 'cancelled', detail: '', hint: '', requestId: 'r-1' },
    });
  });

  test('a limit of our own that passes is called a time-out', async () => {
    const server = await serve(() => undefined);
    expect(await status(connectionTo(server.hosts), BIRD, 'r-1', AbortSignal.timeout(1))).toMatchObject({
      ok: false,
      error: { kind: 'timeout' },
    });
  });

  test('pause tells whether it was slept through', async () => {
    expect(await pause(0, never())).toBe(true);
    expect(await pause(3.6e6, AbortSignal.abort())).toBe(false);
  });
});

describe('the rules as a table', () => {
  const none = new Headers();
  test.each([
    ['not-taken', 429, none, true],
    ['not-taken', 503, none, true],
    ['not-taken', 502, none, false],
    ['not-taken', 504, none, false],
    ['not-taken', 500, none, false],
    ['read', 500, none, true],
    ['read', 504, none, true],
    ['read', 504, new Headers({ 'x-fal-request-timeout-type': 'user' }), false],
    ['read', 503, new Headers({ 'x-fal-retryable': 'false' }), false],
    ['read', 404, none, false],
    ['never', 503, none, false],
    ['stored', 503, none, true],
    ['stored', 503, new Headers({ 'x-fal-request-id': 'r-1' }), false],
    ['stored', 500, new Headers({ 'x-fal-error-type': 'internal_error' }), false],
  ] as const)('%s, %i, %o: %s', (rule, code, headers, expected) => {
    expect(retryStatus(rule, code, headers)).toBe(expected);
  });

  test.each([
    ['7', 'Thu, 01 Jan 2026 00:00:00 GMT', '7'],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 'Thu, 01 Jan 2026 00:00:00 GMT', '5'],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 'Thu, 01 Jan 2026 00:00:05 GMT', '0'],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 'yesterday', 'Thu, 01 Jan 2026 00:00:05 GMT'],
    ['soon', 'Thu, 01 Jan 2026 00:00:00 GMT', 'soon'],
  ])('Retry-After %s, told at %s, is %s', (asked, date, expected) => {
    expect(retryAfterIn(new Headers({ 'retry-after': asked, date }))).toBe(expected);
  });

  test('Retry-After in seconds or as a date, within a minute; else the growing wait with its quarter of chance', () => {
    const backoff = { tries: 4, base: 100, cap: 250 };
    expect(waitBefore(0, backoff, '1.5')).toBe(1500);
    expect(waitBefore(0, backoff, '9999')).toBe(60_000);
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(waitBefore(0, backoff, 'Thu, 01 Jan 2026 00:00:03 GMT', now)).toBe(3000);
    expect(waitBefore(0, backoff, 'Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    for (const [n, wait] of [100, 200, 250, 250].entries()) {
      const waited = waitBefore(n, backoff, 'soon');
      expect(waited).toBeGreaterThanOrEqual(wait * 0.75);
      expect(waited).toBeLessThanOrEqual(wait * 1.25);
    }
  });

  test('the cause chain is walked, and several addresses must all have failed before sending', () => {
    const coded = (code: string, syscall = 'connect'): Error =>
      Object.assign(new Error(`says ${code}`), { code, syscall });
    const cut = new TypeError('fetch failed', { cause: coded('EHOSTUNREACH', 'read') });
    expect(wasNotSent(cut)).toBe(false);
    const refused = new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });
    expect(wasNotSent(refused)).toBe(true);
    expect(causeOf(refused)).toBe('says ECONNREFUSED');
    expect(wasNotSent(new TypeError('fetch failed', { cause: coded('ECONNRESET') }))).toBe(false);
    const several = (...codes: string[]): AggregateError =>
      new AggregateError(codes.map((code) => coded(code)));
    expect(wasNotSent(new Error('x', { cause: several('ECONNREFUSED', 'ENETUNREACH') }))).toBe(true);
    expect(wasNotSent(new Error('x', { cause: several('ECONNREFUSED', 'ECONNRESET') }))).toBe(false);
    expect(wasNotSent('text')).toBe(false);
  });
});
