import { describe, expect, onTestFinished, test } from 'vitest';
import type { FalClient } from '@fal-ai/client';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { readEndpoint } from '../../electron/fal/endpoint.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import { connectionTo, json, never, serve, startFal, value } from '../../electron/fal/fal.fixture.ts';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import { cancel, result, status, submit } from '../../electron/fal/queue.ts';
import { RealtimeConnection } from '../../electron/fal/realtime/realtime.ts';
import { run } from '../../electron/fal/run.ts';
import { statusStream } from '../../electron/fal/status-stream.ts';
import { stream } from '../../electron/fal/stream.ts';
import { officialSocket } from '../bench/official-socket.ts';
import { differences } from './differences.ts';
import { officialClient } from './official.ts';

/** One request as both clients make it: method, address, body and headers are the same but for what is listed. */

/** Every part in which a request of ours differs on purpose. Each is named by the scenarios that show it, or fails. */
const INTENDED = {
  'header user-agent': 'each says its own name',
  'header accept-encoding': 'events that are packed would wait for one another',
  'header x-fal-queue-priority':
    'the official client always says `normal`, over a header of the caller’s; ours says what was asked for (fal-protocol §4.1)',
  'header content-type': 'the official client names the type of a body that it does not send',
  'header accept': 'ours asks for events where events come, and for JSON where JSON does',
  url: 'an address as endpoint gains a trailing slash in the official client (fal-protocol §2.3)',
} as const;
type Part = keyof typeof INTENDED;

interface Scenario {
  readonly name: string;
  readonly endpoint?: string;
  readonly official: (client: FalClient, endpoint: string) => Promise<unknown>;
  readonly ours: (connection: FalConnection, endpoint: Endpoint) => Promise<unknown>;
  readonly differs: readonly Part[];
}

const INPUT = { prompt: 'a wren, ü', seed: 7, nested: { list: [1, null, true] } };
const QUEUED = 'r-1/x';
const drained = async (events: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of events);
};

const scenarios: readonly Scenario[] = [
  {
    name: 'run',
    official: (client, id) => client.run(id, { input: INPUT }),
    ours: (connection, id) => run(connection, id, INPUT, {}, never()),
    differs: ['header user-agent'],
  },
  {
    name: 'run with a start time-out and a lifecycle',
    endpoint: 'acme/bird/v1.5/turbo',
    official: (client, id) =>
      client.run(id, { input: {}, startTimeout: 30, storageSettings: { expiresIn: '1d' } }),
    ours: (connection, id) =>
      run(connection, id, {}, { startTimeout: 30, lifecycle: { expiresIn: '1d' } }, never()),
    differs: ['header user-agent'],
  },
  {
    name: 'run of an id in the old form',
    endpoint: '12345-my-app',
    official: (client, id) => client.run(id, { input: {} }),
    ours: (connection, id) => run(connection, id, {}, {}, never()),
    differs: ['header user-agent'],
  },
  {
    name: 'run of an address',
    endpoint: `${FAL_HOSTS.run}/acme/bird`,
    official: (client, id) => client.run(id, { input: {} }),
    ours: (connection, id) => run(connection, id, {}, {}, never()),
    differs: ['header user-agent', 'url'],
  },
  {
    name: 'submit',
    endpoint: 'workflows/mia/poster/x',
    official: (client, id) => client.queue.submit(id, { input: INPUT }),
    ours: (connection, id) => submit(connection, id, INPUT, never()),
    differs: ['header user-agent', 'header x-fal-queue-priority'],
  },
  {
    name: 'submit with every option both have',
    official: (client, id) =>
      client.queue.submit(id, {
        input: INPUT,
        webhookUrl: 'https://me.example/hook?a=1&b=ü',
        priority: 'low',
        hint: 'same-runner',
        startTimeout: 1.5,
        headers: {
          'X-Fal-No-Retry': '1',
          'X-Fal-Store-IO': '0',
          'x-app-fal-disable-fallback': 'true',
          'X-Fal-Retry-Config': '{"server_error":{"retries":3}}',
          'X-Team': 'a',
        },
        storageSettings: {
          expiresIn: 90,
          initialAcl: { default: 'hide', rules: [{ user: 'mia', decision: 'allow' }] },
        },
      }),
    ours: (connection, id) =>
      submit(connection, id, INPUT, never(), undefined, {
        webhookUrl: 'https://me.example/hook?a=1&b=ü',
        priority: 'low',
        hint: 'same-runner',
        startTimeout: 1.5,
        noRetry: true,
        retryConfig: { server_error: { retries: 3 } },
        storeIo: false,
        disableFallback: true,
        headers: { 'X-Team': 'a' },
        lifecycle: {
          expiresIn: 90,
          initialAcl: { default: 'hide', rules: [{ user: 'mia', decision: 'allow' }] },
        },
      }),
    differs: ['header user-agent'],
  },
  ...[true, false].map((logs): Scenario => ({
    name: `status ${logs ? 'with' : 'without'} logs`,
    endpoint: 'acme/bird/turbo',
    official: (client, id) => client.queue.status(id, { requestId: encodeURIComponent(QUEUED), logs }),
    ours: (connection, id) => status(connection, id, QUEUED, never(), logs),
    differs: ['header user-agent', 'header content-type'],
  })),
  {
    name: 'status stream',
    endpoint: 'comfy/mia/graph/a',
    official: async (client, id) => {
      const events = await client.queue.streamStatus(id, {
        requestId: encodeURIComponent(QUEUED),
        logs: true,
      });
      return events.done();
    },
    ours: (connection, id) =>
      drained(statusStream(connection, id, QUEUED, { signal: never(), stallLimit: 5_000 })),
    differs: ['header accept', 'header accept-encoding', 'header content-type', 'header user-agent'],
  },
  {
    name: 'result',
    endpoint: 'acme/bird/turbo',
    official: (client, id) => client.queue.result(id, { requestId: encodeURIComponent(QUEUED) }),
    ours: (connection, id) => result(connection, id, QUEUED, never()),
    differs: ['header user-agent', 'header content-type'],
  },
  {
    name: 'cancel',
    endpoint: 'acme/bird/turbo',
    official: (client, id) => client.queue.cancel(id, { requestId: encodeURIComponent(QUEUED) }),
    ours: (connection, id) => cancel(connection, id, QUEUED, never()),
    differs: ['header user-agent', 'header content-type'],
  },
  ...['acme/bird', 'acme/bird/stream'].map((endpoint): Scenario => ({
    name: `stream of ${endpoint}`,
    endpoint,
    official: async (client, id) => (await client.stream(id, { input: INPUT })).done(),
    ours: (connection, id) => drained(stream(connection, id, INPUT, {}, never())),
    differs: ['header user-agent', 'header accept', 'header accept-encoding'],
  })),
];

/** Answers each request with what its client needs to be done. */
const recorder = () =>
  serve((response, { url, method }) => {
    if (/\/stream$|\/stream\?/.test(url)) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {"status":"COMPLETED"}\n\n');
    } else if (url.includes('/status')) json(response, 200, { status: 'COMPLETED', response_url: 'x' });
    else if (method === 'PUT') json(response, 200, { status: 'OK' });
    else json(response, 200, { request_id: 'r-1' });
  });

describe('the same request', () => {
  const shown = new Set<string>();

  test.each(scenarios)('$name', async ({ endpoint = 'acme/bird', official, ours, differs }) => {
    const server = await recorder();
    await official(officialClient(server.hosts), endpoint);
    await ours(connectionTo(server.hosts), value(readEndpoint(endpoint, server.hosts)));
    expect(server.seen).toHaveLength(2);
    const [theirs, own] = server.seen;
    if (theirs === undefined || own === undefined) throw new Error('not sent');
    expect(differences(theirs, own)).toEqual(differs.toSorted());
    for (const part of differs) shown.add(part);
  });

  test('every difference on the list is seen', () => {
    expect(Object.keys(INTENDED).filter((part) => !shown.has(part))).toEqual([]);
  });
});

test('realtime: the token, the address and the first frame', async () => {
  const fal = await startFal();
  const own = globalThis.WebSocket;
  onTestFinished(() => void (globalThis.WebSocket = own));
  officialSocket(fal.hosts.ws);
  const endpoint = 'demo/hillside/realtime';
  const input = { prompt: 'a lake', n: 7, list: [1, 'ü'] };
  const answered = Promise.withResolvers<void>();
  const theirs = officialClient(fal.hosts).realtime.connect(endpoint, {
    maxBuffering: 3,
    throttleInterval: 0,
    onResult: () => answered.resolve(),
    onError: () => answered.resolve(),
  });
  theirs.send(input);
  await answered.promise;
  theirs.close();
  const settled = Promise.withResolvers<void>();
  const ours = value(
    RealtimeConnection.create(
      {
        connection: connectionTo(fal.hosts),
        endpoint: value(readEndpoint(endpoint, fal.hosts)),
        maxBuffering: 3,
      },
      {
        moved: () => undefined,
        answered: () => settled.resolve(),
        refused: () => settled.resolve(),
        sent: () => undefined,
        dropped: () => undefined,
      },
    ),
  );
  onTestFinished(() => ours.close());
  ours.send({ mark: 1, body: input });
  await settled.promise;
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
