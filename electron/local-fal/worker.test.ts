import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { dig, text } from './testing.ts';

test('the worker tells its hosts, serves, and ends when told', async () => {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { pace: 0 } });
  const [message]: unknown[] = await once(worker, 'message');
  expect(dig(message, 'type')).toBe('ready');
  const url = text(dig(message, 'hosts', 'url'));
  expect((await fetch(url)).status).toBe(200);
  const ended = once(worker, 'exit');
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  worker.postMessage({ type: 'close' });
  expect((await ended)[0]).toBe(0);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
