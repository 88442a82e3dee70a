import { describe, expect, test } from 'vitest';
import { connectionTo, idOf, json, model, never, refusal, serve, startFal, value } from './fal.fixture.ts';
import { follow } from './follow.ts';
import { cancel, result, status, submit } from './queue.ts';

const REQUEST = 'aaaa-1';

/** Submits and waits for the end; the id of the finished request. */
async function finished(...[connection, id]: [ReturnType<typeof connectionTo>, ReturnType<typeof idOf>]) {
  const { requestId } = value(await submit(connection, id, {}, never()));
  for await (const _ of follow(connection, id, requestId, never()));
  return requestId;
}

describe('where requests go (fal-protocol §2.2)', () => {
  test('the sub-path is kept on submit and dropped for status, result and cancel', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird/v1.5/turbo')] });
    const connection = connectionTo(fal.hosts);
    const id = idOf('acme/bird/v1.5/turbo');
    const { requestId } = value(await submit(connection, id, { prompt: 'a' }, never()));
    await status(connection, id, requestId, never());
    await cancel(connection, id, requestId, never());
    for await (const _ of follow(connection, id, requestId, never()));
    await result(connection, id, requestId, never());
    const app = `/queue/acme/bird/requests/${requestId}`;
    expect(fal.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /queue/acme/bird/v1.5/turbo',
      `GET ${app}/status`,
      `PUT ${app}/cancel`,
      `GET ${app}/status/stream`,
      `GET ${app}`,
    ]);
    expect(fal.requests().every((request) => request.authorized)).toBe(true);
  });

  test('a namespace stays, and a strange request id cannot leave its place', async () => {
    const server = await serve((response) => json(response, 404, { status: 'NOT_FOUND' }));
    const connection = connectionTo(server.hosts);
    await status(connection, idOf('workflows/mia/poster/x'), '../../evil?x=1', never());
    expect(server.seen.map((request) => request.url)).toEqual([
      '/queue/workflows/mia/poster/requests/..%2F..%2Fevil%3Fx%3D1/status?logs=1',
    ]);
  });

  test('a submit whose answer is cut after its headers is known by the id they carry', async () => {
    const server = await serve((response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': 200,
        'x-fal-request-id': REQUEST,
      });
      response.write('{"request_id":', () => response.destroy());
    });
    const sent = await submit(connectionTo(server.hosts), idOf('acme/bird'), {}, never());
    expect(sent).toEqual({ ok: true, value: { requestId: REQUEST, position: null } });
    expect(server.seen).toHaveLength(1);
  });

  test('the body is the bare input, integers beyond 2^53 to their last digit', async () => {
    const server = await serve((response) => json(response, 200, { request_id: REQUEST, queue_position: 3 }));
    const sent = await submit(
      connectionTo(server.hosts),
      idOf('acme/bird'),
      { seed: 12345678901234567890n, prompt: 'ü' },
      never(),
    );
    expect(sent).toEqual({ ok: true, value: { requestId: REQUEST, position: 3 } });
    expect(server.seen[0]?.body).toBe('{"seed":12345678901234567890,"prompt":"ü"}');
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: 'Key demo:demo',
      'content-type': 'application/json',
      'user-agent': 'test/0',
    });
  });

  test('without a key none is sent, and fal says so in its own words', async () => {
    const fal = await startFal();
    const connection = connectionTo(fal.hosts, { credentials: () => null });
    expect(await submit(connection, idOf('demo/hillside'), { prompt: 'x' }, never())).toMatchObject({
      ok: false,
      error: { kind: 'auth', detail: 'Authentication is required to access this application' },
    });
    expect(fal.requests()).toMatchObject([{ status: 401, authorization: 'none' }]);
  });
});

describe('what an unreadable answer means', () => {
  test('a position that is no whole number is no position, and the id still counts', async () => {
    const server = await serve((response) =>
      json(response, 200, { request_id: REQUEST, queue_position: 'second' }),
    );
    expect(await submit(connectionTo(server.hosts), idOf('acme/bird'), {}, never())).toEqual({
      ok: true,
      value: { requestId: REQUEST, position: null },
    });
  });

  test.each([['{"ok":true}'], ['thank you'], ['']])(
    'a submit answered with %j is unconfirmed',
    async (body) => {
      const server = await serve((response) => response.end(body));
      expect(await submit(connectionTo(server.hosts), idOf('acme/bird'), {}, never())).toMatchObject({
        ok: false,
        error: { kind: 'unconfirmed' },
      });
      expect(server.seen).toHaveLength(1);
    },
  );

  test('a status that is not one is a protocol error that tells what came', async () => {
    const server = await serve((response) => json(response, 200, { status: 'FAILED' }));
    expect(await status(connectionTo(server.hosts), idOf('acme/bird'), REQUEST, never())).toMatchObject({
      ok: false,
      error: { kind: 'protocol', detail: '{"status":"FAILED"}', requestId: REQUEST },
    });
  });

  test('a result without a body is a protocol error', async () => {
    const server = await serve((response) => response.end());
    expect(await result(connectionTo(server.hosts), idOf('acme/bird'), REQUEST, never())).toMatchObject({
      ok: false,
      error: { kind: 'protocol', requestId: REQUEST },
    });
  });
});

describe('the stored answer of a finished request (fal-protocol §4.4)', () => {
  test.each([
    [
      'a 422 with its fields',
      refusal(422, { detail: [{ loc: ['body', 'prompt'], msg: 'Too long', type: 'sequence_too_long' }] }),
      {
        kind: 'validation',
        detail: 'Too long',
        fields: [{ loc: ['body', 'prompt'], msg: 'Too long', type: 'sequence_too_long' }],
      },
    ],
    [
      'a 500 with an error_type',
      refusal(500, { detail: 'Out of memory', error_type: 'runner_server_error' }),
      { kind: 'request', detail: 'Out of memory' },
    ],
    ['a 503 that the app chose itself', refusal(503, { detail: 'GPU error' }), { detail: 'GPU error' }],
    [
      'a 504 of the start limit',
      refusal(504, { detail: 'Too late' }, { 'x-fal-request-timeout-type': 'user' }),
      { kind: 'timeout', detail: 'Too late' },
    ],
    [
      'a 499',
      refusal(499, { detail: 'Gone', error_type: 'client_cancelled' }),
      { kind: 'cancelled', detail: 'Gone' },
    ],
  ])('%s is read once and not asked for again: it cannot change', async (_name, error, expected) => {
    const throwing = model('acme/bird', () => {
      throw error;
    });
    const fal = await startFal({ extraModels: [throwing] });
    const connection = connectionTo(fal.hosts);
    const requestId = await finished(connection, idOf('acme/bird'));
    expect(await result(connection, idOf('acme/bird'), requestId, never())).toMatchObject({
      ok: false,
      error: { ...expected, requestId },
    });
    const asked = fal.requests().filter((request) => request.path.endsWith(requestId));
    expect(asked).toHaveLength(1);
  });

  test('an error the app chose, such as 429, is not mistaken for one that passes', async () => {
    const throwing = model('acme/bird', () => {
      throw refusal(429, { detail: 'Upstream is busy' });
    });
    const fal = await startFal({ extraModels: [throwing] });
    const connection = connectionTo(fal.hosts);
    const requestId = await finished(connection, idOf('acme/bird'));
    expect(await result(connection, idOf('acme/bird'), requestId, never())).toMatchObject({
      error: { kind: 'model', detail: 'Upstream is busy' },
    });
  });

  test('a gateway that is away does pass', async () => {
    const server = await serve((response) => {
      if (server.seen.length < 3) response.writeHead(502).end('<html>nginx</html>');
      else json(response, 200, { images: [] });
    });
    const read = await result(connectionTo(server.hosts), idOf('acme/bird'), REQUEST, never());
    expect(read).toEqual({ ok: true, value: { images: [] } });
    expect(server.seen).toHaveLength(3);
  });

  test('a gateway that stays away is trouble, not the end of the run', async () => {
    const server = await serve((response) => response.writeHead(502).end('<html>nginx</html>'));
    const read = await result(connectionTo(server.hosts), idOf('acme/bird'), REQUEST, never());
    expect(read).toMatchObject({ ok: false, error: { kind: 'busy', requestId: REQUEST } });
    expect(server.seen).toHaveLength(4);
  });
});

describe('cancel and its four answers (fal-protocol §4.5)', () => {
  test.each([
    [200, 'OK'],
    [202, 'CANCELLATION_REQUESTED'],
    [400, 'ALREADY_COMPLETED'],
    [404, 'NOT_FOUND'],
  ])('%i %s', async (code, word) => {
    const server = await serve((response) => json(response, code, { status: word }));
    const connection = connectionTo(server.hosts);
    expect(await cancel(connection, idOf('acme/bird/x'), REQUEST, never())).toEqual({
      ok: true,
      value: word,
    });
    expect(server.seen).toMatchObject([
      { method: 'PUT', url: `/queue/acme/bird/requests/${REQUEST}/cancel`, body: '' },
    ]);
  });

  test('a 2xx in other words counts as asked, anything else as not', async () => {
    const codes = [200, 403];
    const server = await serve((response) =>
      json(response, codes[server.seen.length - 1] ?? 500, { success: true }),
    );
    const connection = connectionTo(server.hosts);
    expect(await cancel(connection, idOf('acme/bird'), REQUEST, never())).toEqual({
      ok: true,
      value: 'CANCELLATION_REQUESTED',
    });
    expect(await cancel(connection, idOf('acme/bird'), REQUEST, never())).toMatchObject({
      ok: false,
      error: { kind: 'auth', requestId: REQUEST },
    });
  });
});
