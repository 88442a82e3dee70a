import { expect, onTestFinished, test } from 'vitest';
import { readEndpoint } from '../../electron/fal/endpoint.ts';
import { connectionTo, json, serve, startFal, value } from '../../electron/fal/fal.fixture.ts';
import { RealtimeConnection } from '../../electron/fal/realtime/realtime.ts';
import { officialSocket } from '../bench/official-socket.ts';
import { differences } from './differences.ts';
import { officialClient } from './official.ts';

/** What both clients ask for a live session, and the answer they have of it. */

/** An answer with its bytes as text, for which each client has a class of its own, and without the time it took. */
function told(answer: unknown): unknown {
  if (answer instanceof Uint8Array) return Buffer.from(answer).toString('base64');
  if (Array.isArray(answer)) return answer.map(told);
  return typeof answer === 'object' && answer !== null
    ? Object.fromEntries(
        Object.entries(answer).map(([name, part]) => [name, name === 'inference' ? typeof part : told(part)]),
      )
    : answer;
}

test('the token, the address, the first frame and its answer', async () => {
  const fal = await startFal();
  // Hands tokens through, so that the requests for them are seen whole.
  const desk = await serve((response, { url, headers, body }) => {
    const { authorization = '' } = headers;
    void fetch(url.replace('/rest', fal.hosts.rest), {
      method: 'POST',
      body,
      headers: { authorization, 'content-type': 'application/json' },
    }).then(async (answer) => json(response, answer.status, await answer.json()));
  });
  const hosts = { ...fal.hosts, rest: desk.hosts.rest };
  const own = globalThis.WebSocket;
  onTestFinished(() => void (globalThis.WebSocket = own));
  officialSocket(fal.hosts.ws);
  const endpoint = 'demo/hillside/realtime';
  const input = { prompt: 'a lake', n: 7, list: [1, 'ü'] };
  const answered = Promise.withResolvers<unknown>();
  const theirs = officialClient(hosts).realtime.connect(endpoint, {
    maxBuffering: 3,
    throttleInterval: 0,
    onResult: (answer) => answered.resolve(answer),
    onError: (error) => answered.reject(error),
  });
  theirs.send(input);
  const theirAnswer = await answered.promise;
  theirs.close();
  const settled = Promise.withResolvers<unknown>();
  const ours = value(
    RealtimeConnection.create(
      {
        connection: connectionTo(hosts),
        endpoint: value(readEndpoint(endpoint, hosts)),
        maxBuffering: 3,
      },
      {
        moved: () => undefined,
        answered: ({ output }) => settled.resolve(output),
        refused: (_input, error) => settled.reject(error),
        sent: () => undefined,
        dropped: () => undefined,
      },
    ),
  );
  onTestFinished(() => ours.close());
  ours.send({ mark: 1, body: input });
  expect(told(await settled.promise)).toEqual(told(theirAnswer));
  const [theirRequest, ourRequest] = desk.seen;
  if (theirRequest === undefined || ourRequest === undefined) throw new Error('not asked');
  expect(desk.seen).toHaveLength(2);
  expect(differences(theirRequest, ourRequest)).toEqual(['header user-agent']);
  const { tokens, sessions } = fal.live();
  expect(tokens.map(({ path, apps, lifetime }) => ({ path, apps, lifetime }))).toEqual([
    { path: 'tokens', apps: ['hillside'], lifetime: 120 },
    { path: 'tokens', apps: ['hillside'], lifetime: 120 },
  ]);
  const said = sessions.map(({ path, query, authorization, token, lastInput }) => ({
    path,
    query: [...new URLSearchParams(query)]
      .map(([name, text]) => (name === 'fal_jwt_token' ? name : `${name}=${text}`))
      .toSorted(),
    authorization,
    token,
    lastInput,
  }));
  expect(said).toHaveLength(2);
  expect(said[1]).toEqual(said[0]);
  expect(said[0]).toMatchObject({
    query: ['fal_jwt_token', 'max_buffering=3'],
    token: 'valid',
    lastInput: input,
  });
});
