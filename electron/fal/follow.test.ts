import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { connectionTo, idOf, json, model, never, serve, startFal, stop, value } from './fal.fixture.ts';
import { follow } from './follow.ts';
import type { Followed } from './follow.ts';
import { submit } from './queue.ts';

const BIRD = idOf('acme/bird');

/** A word for each event: the status, or the kind of error. */
const word = (event: Followed): string =>
  event.kind === 'status' ? event.status.status : `${event.kind}: ${event.error.kind}`;

/** Without repetitions: how often a state is told again is the server's business. */
async function storyOf(events: AsyncIterable<Followed>): Promise<string[]> {
  const words: string[] = [];
  for await (const event of events) if (words.at(-1) !== word(event)) words.push(word(event));
  return words;
}

async function begin(faults: readonly string[]) {
  const fal = await startFal({ faults, extraModels: [model('acme/bird')] });
  const connection = connectionTo(fal.hosts);
  const { requestId } = value(await submit(connection, BIRD, {}, never()));
  return { fal, connection, requestId };
}

const events = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(text);
};
const isStream = (url: string): boolean => url.includes('/status/stream');

test('one stream is enough where it holds', async () => {
  const { fal, connection, requestId } = await begin([]);
  const story = await storyOf(follow(connection, BIRD, requestId, never()));
  expect(story.at(-1)).toBe('COMPLETED');
  expect(fal.requests().filter((request) => request.method === 'GET')).toMatchObject([
    { path: `/queue/acme/bird/requests/${requestId}/status/stream` },
  ]);
});

test('back from IN_PROGRESS to IN_QUEUE is passed on (fal-protocol §4.6)', async () => {
  const { fal, connection, requestId } = await begin(['back-to-queue', 'hold:queued']);
  const following = follow(connection, BIRD, requestId, never());
  expect((await following.next()).value).toMatchObject({ status: { status: 'IN_QUEUE' } });
  fal.setFaults(['back-to-queue']);
  expect(await storyOf(following)).toEqual(['IN_PROGRESS', 'IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
});

test('without a stream it polls to the end and asks for the stream no more', async () => {
  const { fal, connection, requestId } = await begin(['no-status-stream', 'hold:running']);
  const following = follow(connection, BIRD, requestId, never());
  for await (const event of following) if (word(event) === 'IN_PROGRESS') break;
  fal.setFaults(['no-status-stream']);
  expect(await storyOf(follow(connection, BIRD, requestId, never()))).toContain('COMPLETED');
  const streams = fal.requests().filter((request) => isStream(request.path));
  // One for each of the two followings.
  expect(streams.map((request) => request.status)).toEqual([404, 404]);
});

test('a stream that drops is opened again, and the story goes on', async () => {
  const { fal, connection, requestId } = await begin(['stream-drop', 'hold:running']);
  const words: string[] = [];
  for await (const event of follow(connection, BIRD, requestId, never())) {
    words.push(word(event));
    if (words.filter((told) => told === 'IN_PROGRESS').length === 3) fal.setFaults([]);
  }
  expect(words.at(-1)).toBe('COMPLETED');
  expect(fal.requests().filter((request) => isStream(request.path)).length).toBeGreaterThan(1);
});

test('a stream that always drops does not hammer the server: each round waits', async () => {
  const queued = 'data: {"status":"IN_QUEUE"}\n\n';
  const server = await serve((response, request) => {
    if (isStream(request.url)) events(response, queued);
    else json(response, 202, { status: 'IN_QUEUE' });
  });
  const abort = new AbortController();
  const connection = connectionTo(server.hosts, { pollInterval: 3.6e6 });
  const following = follow(connection, BIRD, 'r-1', abort.signal);
  await following.next();
  await following.next();
  const waiting = following.next();
  // Several round trips to the same server: time enough for a loop without a wait to show itself.
  for (let i = 0; i < 5; i += 1) await fetch(`${server.url}/ping`).then((response) => response.text());
  expect(server.seen.filter((request) => request.url !== '/ping')).toHaveLength(2);
  abort.abort();
  expect((await waiting).done).toBe(true);
});

test('a server that goes away is trouble, its return is the story going on', async () => {
  const completed = 'data: {"status":"COMPLETED"}\n\n';
  const first = await serve((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"status":"IN_PROGRESS"}\n\n');
  });
  const following = follow(connectionTo(first.hosts), BIRD, 'r-1', never());
  expect(word(told(await following.next()))).toBe('IN_PROGRESS');
  await stop(first.server);
  expect(told(await following.next())).toMatchObject({ kind: 'trouble', error: { kind: 'network' } });
  const second = await serve((response) => events(response, completed), Number(new URL(first.url).port));
  expect(await storyOf(following)).toContain('COMPLETED');
  expect(second.seen.length).toBeGreaterThan(0);
});

test('a key that is refused is trouble too: it may be changed', async () => {
  const fal = await startFal({ extraModels: [model('acme/bird')] });
  let key = 'demo:demo';
  const connection = connectionTo(fal.hosts, { credentials: () => key });
  const { requestId } = value(await submit(connection, BIRD, {}, never()));
  key = 'wrong';
  const following = follow(connection, BIRD, requestId, never());
  expect(word(told(await following.next()))).toBe('trouble: auth');
  key = 'demo:demo';
  expect((await storyOf(following)).at(-1)).toBe('COMPLETED');
});

test('a request that fal does not know is gone, and that is the last word', async () => {
  const fal = await startFal();
  const story = await storyOf(follow(connectionTo(fal.hosts), BIRD, 'nobody', never()));
  expect(story).toEqual(['gone: not_found']);
});

test('a stop ends it silently', async () => {
  const { connection, requestId } = await begin(['hold:queued']);
  const abort = new AbortController();
  const following = follow(connection, BIRD, requestId, abort.signal);
  await following.next();
  abort.abort();
  expect(await storyOf(following)).toEqual([]);
});

function told(next: IteratorResult<Followed, void>): Followed {
  if (next.done === true) throw new Error('ended');
  return next.value;
}
