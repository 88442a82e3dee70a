import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { FalClient, InQueueQueueStatus, QueueStatus } from '@fal-ai/client';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { readEndpoint } from '../../electron/fal/endpoint.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import { connectionTo, json, never, serve, value } from '../../electron/fal/fal.fixture.ts';
import type { TinyServer } from '../../electron/fal/fal.fixture.ts';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import { cancel, result, status, submit } from '../../electron/fal/queue.ts';
import { run } from '../../electron/fal/run.ts';
import { statusStream } from '../../electron/fal/status-stream.ts';
import { stream } from '../../electron/fal/stream.ts';
import { subscribe } from '../../electron/fal/subscribe.ts';
import { differences } from './differences.ts';
import { officialClient } from './official.ts';

/** What both clients ask, part by part, and what they make of the answer: the same but for what is listed. */

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
const CALLED: readonly Part[] = ['header user-agent'];
const SUBMITTED: readonly Part[] = ['header user-agent', 'header x-fal-queue-priority'];
const READ: readonly Part[] = ['header user-agent', 'header content-type'];
const PUSHED: readonly Part[] = [...READ, 'header accept', 'header accept-encoding'];
const STREAMED: readonly Part[] = ['header user-agent', 'header accept', 'header accept-encoding'];

interface Scenario {
  readonly name: string;
  readonly endpoint?: string;
  /** Each ends with what it was told, in the same shape. */
  readonly official: (client: FalClient, endpoint: string) => Promise<unknown>;
  readonly ours: (connection: FalConnection, endpoint: Endpoint) => Promise<unknown>;
  /** Of each request. */
  readonly differs: readonly (readonly Part[])[];
}

const INPUT = { prompt: 'a wren, ü', seed: 7, nested: { list: [1, null, true] } };
const QUEUED = 'r-1/x';
async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** What a status says, in the fields both clients know. */
const stand = (status: object): object => ({
  status: Reflect.get(status, 'status'),
  position: Reflect.get(status, 'queue_position'),
  logs: Reflect.get(status, 'logs') ?? [],
  metrics: Reflect.get(status, 'metrics'),
});
const taken = async (answer: ReturnType<typeof submit>): Promise<object> => value(await answer);
const theirTaken = async (answer: Promise<InQueueQueueStatus>): Promise<object> => {
  const { request_id, queue_position } = await answer;
  return { requestId: request_id, position: queue_position };
};

interface Followed {
  readonly states: readonly string[];
  /** Every line once. */
  readonly lines: readonly string[];
  readonly data: unknown;
  readonly requestId: string;
}

async function theirSubscribe(
  client: FalClient,
  id: string,
  options: { mode: 'polling'; pollInterval: number } | { mode: 'streaming' },
): Promise<Followed> {
  const updates: QueueStatus[] = [];
  const onQueueUpdate = (update: QueueStatus): void => void updates.push(structuredClone(update));
  const { data, requestId }: { data: unknown; requestId: string } = await client.subscribe(id, {
    input: INPUT,
    logs: true,
    onQueueUpdate,
    ...options,
  });
  const last = updates.at(-1);
  return {
    states: updates.map(({ status }) => status),
    // Each update of theirs holds all lines so far.
    lines: last !== undefined && 'logs' in last ? last.logs.map(({ message }) => message) : [],
    data,
    requestId,
  };
}

async function ourSubscribe(
  connection: FalConnection,
  id: Endpoint,
  mode?: 'stream' | 'poll',
): Promise<Followed> {
  const events = await all(
    subscribe(connection, id, INPUT, mode === undefined ? { logs: true } : { logs: true, mode }, never()),
  );
  const stands = events.flatMap((event) => (event.kind === 'status' ? [event.status] : []));
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error(`Not done: ${JSON.stringify(last)}`);
  return {
    states: stands.map(({ status }) => status),
    lines: stands.flatMap(({ logs }) => logs.map(({ message }) => message)),
    data: last.data,
    requestId: last.requestId,
  };
}

const scenarios: readonly Scenario[] = [
  {
    name: 'run',
    official: (client, id) => client.run(id, { input: INPUT }),
    ours: async (connection, id) => value(await run(connection, id, INPUT, {}, never())),
    differs: [CALLED],
  },
  {
    name: 'run with a start time-out and a lifecycle',
    endpoint: 'acme/bird/v1.5/turbo',
    official: (client, id) =>
      client.run(id, { input: {}, startTimeout: 30, storageSettings: { expiresIn: '1d' } }),
    ours: async (connection, id) =>
      value(await run(connection, id, {}, { startTimeout: 30, lifecycle: { expiresIn: '1d' } }, never())),
    differs: [CALLED],
  },
  {
    name: 'run of an id in the old form',
    endpoint: '12345-my-app',
    official: (client, id) => client.run(id, { input: {} }),
    ours: async (connection, id) => value(await run(connection, id, {}, {}, never())),
    differs: [CALLED],
  },
  {
    name: 'run of an address',
    endpoint: `${FAL_HOSTS.run}/acme/bird`,
    official: (client, id) => client.run(id, { input: {} }),
    ours: async (connection, id) => value(await run(connection, id, {}, {}, never())),
    differs: [[...CALLED, 'url']],
  },
  {
    name: 'submit',
    endpoint: 'workflows/mia/poster/x',
    official: (client, id) => theirTaken(client.queue.submit(id, { input: INPUT })),
    ours: (connection, id) => taken(submit(connection, id, INPUT, never())),
    differs: [SUBMITTED],
  },
  {
    name: 'submit with every option both have',
    official: (client, id) =>
      theirTaken(
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
      ),
    ours: (connection, id) =>
      taken(
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
      ),
    differs: [CALLED],
  },
  ...[true, false].map((logs): Scenario => ({
    name: `status ${logs ? 'with' : 'without'} logs`,
    endpoint: 'acme/bird/turbo',
    official: async (client, id) =>
      stand(await client.queue.status(id, { requestId: encodeURIComponent(QUEUED), logs })),
    ours: async (connection, id) => stand(value(await status(connection, id, QUEUED, never(), logs))),
    differs: [READ],
  })),
  {
    name: 'status stream',
    endpoint: 'comfy/mia/graph/a',
    official: async (client, id) => {
      const events = await client.queue.streamStatus(id, {
        requestId: encodeURIComponent(QUEUED),
        logs: true,
      });
      const told: object[] = [];
      events.on('data', (event: QueueStatus) => void told.push(stand(event)));
      await events.done();
      return told;
    },
    ours: async (connection, id) => {
      const told = await all(statusStream(connection, id, QUEUED, { signal: never(), stallLimit: 5_000 }));
      return told.map((event) => stand(value(event)));
    },
    differs: [PUSHED],
  },
  {
    name: 'result',
    endpoint: 'acme/bird/turbo',
    official: async (client, id) =>
      (await client.queue.result(id, { requestId: encodeURIComponent(QUEUED) })).data,
    ours: async (connection, id) => value(await result(connection, id, QUEUED, never())),
    differs: [READ],
  },
  {
    name: 'cancel',
    endpoint: 'acme/bird/turbo',
    official: (client, id) => client.queue.cancel(id, { requestId: encodeURIComponent(QUEUED) }),
    // Theirs tells that it went well and no more; ours also which of the four words came.
    ours: async (connection, id) =>
      value(await cancel(connection, id, QUEUED, never())) === 'OK' ? undefined : 'another word',
    differs: [READ],
  },
  {
    name: 'subscribe by polling',
    endpoint: 'acme/bird/turbo',
    official: (client, id) => theirSubscribe(client, id, { mode: 'polling', pollInterval: 1 }),
    ours: (connection, id) => ourSubscribe(connection, id, 'poll'),
    differs: [SUBMITTED, READ, READ, READ, READ],
  },
  {
    name: 'subscribe by the status stream',
    endpoint: 'acme/bird/turbo',
    official: (client, id) => theirSubscribe(client, id, { mode: 'streaming' }),
    ours: (connection, id) => ourSubscribe(connection, id, 'stream'),
    differs: [SUBMITTED, PUSHED, READ],
  },
  ...['acme/bird', 'acme/bird/stream'].map((endpoint): Scenario => ({
    name: `stream of ${endpoint}`,
    endpoint,
    official: async (client, id) => {
      const events = await client.stream(id, { input: INPUT });
      const told: unknown[] = [];
      events.on('data', (event: unknown) => void told.push(event));
      return { last: await events.done(), told, requestId: events.requestId };
    },
    ours: async (connection, id) => {
      const events = await all(stream(connection, id, INPUT, {}, never()));
      const told = events.flatMap((event) => (event.kind === 'event' ? [event.data] : []));
      const end = events.at(-1);
      if (end?.kind !== 'ended') throw new Error(`Not ended: ${JSON.stringify(end)}`);
      return { last: end.last, told, requestId: end.requestId };
    },
    differs: [STREAMED],
  })),
];

/** How a request stands at each look: all log lines so far, and those that are new. */
const STANDS: readonly { told: object; lines: readonly string[]; fresh: readonly string[] }[] = [
  { told: { status: 'IN_QUEUE', queue_position: 2 }, lines: [], fresh: [] },
  { told: { status: 'IN_PROGRESS' }, lines: ['one'], fresh: ['one'] },
  {
    told: { status: 'COMPLETED', metrics: { inference_time: 1.5 } },
    lines: ['one', 'two'],
    fresh: ['two'],
  },
];
const logged = (url: string, lines: readonly string[]): object => ({
  request_id: 'r-1',
  response_url: 'x',
  logs: url.includes('logs=1')
    ? lines.map((message) => ({ message, level: 'INFO', timestamp: '2026-01-01T00:00:00Z' }))
    : null,
});

/** Answers each request with what its client needs to be done; a status stands further at each look of one client. */
function recorder(): Promise<TinyServer> {
  const looks = new Map<string, number>();
  const named = { 'x-fal-request-id': 'r-1' };
  const events = (response: ServerResponse, list: readonly object[]): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...named });
    response.end(list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  };
  return serve((response, { url, method, headers }) => {
    const who = headers['user-agent'] ?? '';
    if (url.includes('/status/stream'))
      events(
        response,
        STANDS.map(({ told, fresh }) => ({ ...told, ...logged(url, fresh) })),
      );
    else if (url.includes('/status')) {
      const look = looks.get(who) ?? 0;
      looks.set(who, look + 1);
      const { told, lines } = STANDS[Math.min(look, 2)] ?? { told: {}, lines: [] };
      json(response, 200, { ...told, ...logged(url, lines) });
    } else if (url.endsWith('/stream')) events(response, [{ part: 1 }, { part: 2, text: 'ü' }]);
    else if (method === 'PUT') json(response, 200, { status: 'OK' });
    else if (method === 'POST' && url.startsWith('/queue'))
      json(response, 200, { status: 'IN_QUEUE', request_id: 'r-1', queue_position: 2 }, named);
    else json(response, 200, { images: [{ url: 'x', n: 1.5 }], text: 'ü', none: null }, named);
  });
}

describe('the same request', () => {
  const shown = new Set<string>();

  test.each(scenarios)('$name', async ({ endpoint = 'acme/bird', official, ours, differs }) => {
    const server = await recorder();
    const theirs = await official(officialClient(server.hosts), endpoint);
    const asked = server.seen.length;
    expect(await ours(connectionTo(server.hosts), value(readEndpoint(endpoint, server.hosts)))).toEqual(
      theirs,
    );
    expect([asked, server.seen.length]).toEqual([differs.length, 2 * differs.length]);
    const found = server.seen.slice(0, asked).map((request, i) => {
      const own = server.seen[asked + i];
      return own === undefined ? ['not sent'] : differences(request, own);
    });
    expect(found).toEqual(differs.map((parts) => parts.toSorted()));
    for (const part of differs.flat()) shown.add(part);
  });

  test('every difference on the list is seen', () => {
    expect(Object.keys(INTENDED).filter((part) => !shown.has(part))).toEqual([]);
  });
});

test('subscribe, each as it does of itself: theirs polls, ours follows the status stream', async () => {
  const server = await recorder();
  const theirs = await officialClient(server.hosts).subscribe('acme/bird', { input: INPUT, pollInterval: 1 });
  const asked = server.seen.length;
  const ours = await ourSubscribe(connectionTo(server.hosts), value(readEndpoint('acme/bird', server.hosts)));
  expect({ data: ours.data, requestId: ours.requestId }).toEqual(theirs);
  const said = server.seen.map(({ method, url }) => `${method} ${url.replace('/queue/acme/bird', '')}`);
  const look = 'GET /requests/r-1/status?logs=0';
  expect(said.slice(0, asked)).toEqual(['POST ', look, look, look, 'GET /requests/r-1']);
  expect(said.slice(asked)).toEqual(['POST ', 'GET /requests/r-1/status/stream?logs=1', 'GET /requests/r-1']);
});

test('headers as large as fal lets them be are read', async () => {
  const names = { 'x-fal-request-id': 'r-1', 'x-fal-runner-hints': 'h'.repeat(16_000) };
  const server = await serve((response) => json(response, 200, { n: 1 }, names));
  const theirs = await officialClient(server.hosts).run('acme/bird', { input: {} });
  expect(theirs).toEqual({ data: { n: 1 }, requestId: 'r-1' });
  const endpoint = value(readEndpoint('acme/bird', server.hosts));
  expect(value(await run(connectionTo(server.hosts), endpoint, {}, {}, never()))).toEqual(theirs);
});
