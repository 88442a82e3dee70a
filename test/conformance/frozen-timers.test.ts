import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectionTo, idOf, json, never, serve } from '../../electron/fal/fal.fixture.ts';
import { stream } from '../../electron/fal/stream.ts';
import { subscribe } from '../../electron/fal/subscribe.ts';
import { officialClient } from './official.ts';

/**
 * Where the official client waits for a timer though the news is there: with timers that stand still, theirs never hears of
 * it and ours does. How long each takes is for `npm run bench`.
 */

const BIRD = idOf('acme/bird');
const ID = 'acme/bird';

function freeze(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Everything that needs no timer has happened. */
async function settle(): Promise<void> {
  for (let n = 0; n < 20; n += 1) await turn();
}

const eventStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

test('an event that has come is handed on after 16 ms: theirs; at once: ours', async () => {
  const server = await serve((response) => void eventStream(response).write('data: 1\n\n'));
  freeze();
  const events = await officialClient(server.hosts).stream(ID, { input: {} });
  const come = Promise.withResolvers<void>();
  events.on('data', () => come.resolve());
  let handedOn = false;
  const first = events[Symbol.asyncIterator]().next();
  void first.then(() => (handedOn = true));
  await come.promise;
  await settle();
  expect(handedOn).toBe(false);
  vi.advanceTimersByTime(16);
  expect(await first).toMatchObject({ value: 1 });
  events.abort();

  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  for await (const event of stream(connectionTo(server.hosts), BIRD, {}, {}, stop.signal)) {
    if (event.kind !== 'event') continue;
    expect(event).toMatchObject({ data: 1 });
    break;
  }
});

test('a result that is there is found at the next poll: theirs; told by the status stream: ours', async () => {
  const done = Promise.withResolvers<void>();
  let isDone = false;
  void done.promise.then(() => (isDone = true));
  const polled = Promise.withResolvers<void>();
  const streamed = Promise.withResolvers<void>();
  const state = (): object => ({
    request_id: 'r-1',
    status: isDone ? 'COMPLETED' : 'IN_PROGRESS',
    logs: null,
  });
  const server = await serve((response, { method, url }) => {
    if (method === 'POST') json(response, 200, { request_id: 'r-1' });
    else if (url.includes('/status/stream')) {
      eventStream(response).write(`data: ${JSON.stringify(state())}\n\n`);
      streamed.resolve();
      void done.promise.then(() => response.end(`data: ${JSON.stringify(state())}\n\n`));
    } else if (url.includes('/status')) {
      json(response, 200, state());
      polled.resolve();
    } else json(response, 200, { n: 1 });
  });
  freeze();
  let found = false;
  const theirs = officialClient(server.hosts).subscribe(ID, { input: {} });
  void theirs.then(() => (found = true));
  await polled.promise;
  const ours = (async () => {
    let last: unknown;
    for await (const event of subscribe(connectionTo(server.hosts), BIRD, {}, {}, never())) last = event;
    return last;
  })();
  await streamed.promise;
  await settle();
  done.resolve();
  expect(await ours).toMatchObject({ kind: 'done', data: { n: 1 } });
  expect(found).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(await theirs).toMatchObject({ data: { n: 1 } });
});
