import { expect, test } from 'vitest';
import { ok } from '../../shared/result.ts';
import { json, serve, value } from '../fal/fal.fixture.ts';
import type { TinyServer } from '../fal/fal.fixture.ts';
import { stage } from './runs.fixture.ts';

/** A queue whose first request is answered by `first`, and each other with an output of its own at once. */
async function queue(first: { readonly status: number; readonly output: (server: TinyServer) => unknown }) {
  let sent = 0;
  const server: TinyServer = await serve((response, { method, url }) => {
    if (url.endsWith('/endless.png')) return void response.writeHead(200).write('some');
    if (method === 'POST') {
      sent += 1;
      return void json(response, 200, { request_id: `r-${sent}` });
    }
    const isFirst = url.includes('/r-1');
    if (!url.includes('/status')) json(response, 200, isFirst ? first.output(server) : { ok: true });
    else if (url.includes('/stream')) json(response, 404, { detail: 'Not Found' });
    else json(response, isFirst ? first.status : 200, { status: 'COMPLETED' });
  });
  return server;
}

test('files that never end keep no place, and a cancel leaves them at their address', async () => {
  const server = await queue({
    status: 200,
    output: ({ url }) => ({ image: { url: `${url}/endless.png` }, seed: 7 }),
  });
  const on = await stage(server.hosts, { most: 1 });
  const first = value(await on.service.start('acme/bird', {}));
  const second = value(await on.service.start('acme/bird', {}));
  await on.until(first.id, ({ state }) => state.kind === 'saving');
  expect((await on.over(second.id)).state).toEqual({ kind: 'succeeded' });
  expect(await on.service.cancel(first.id)).toEqual(ok(null));
  const run = await on.over(first.id);
  const url = `${server.url}/endless.png`;
  expect(run).toMatchObject({
    state: { kind: 'succeeded' },
    output: { image: { url }, seed: 7 },
    media: [{ kind: 'remote', url, error: { kind: 'cancelled', hint: expect.stringContaining('again') } }],
  });
  expect(await on.history.run(first.id)).toEqual(run);
});

test('a run whose key is refused keeps its place from others of that key only', async () => {
  const server = await queue({ status: 401, output: () => ({}) });
  const net = { profile: 'old' };
  const on = await stage(server.hosts, { most: 1, activeProfile: () => net.profile });
  const first = value(await on.service.start('acme/bird', {}));
  const second = value(await on.service.start('acme/bird', {}));
  net.profile = 'new';
  const third = value(await on.service.start('acme/bird', {}));
  await on.until(first.id, ({ state }) => 'trouble' in state && state.trouble?.kind === 'auth');
  expect((await on.over(third.id)).state).toEqual({ kind: 'succeeded' });
  const fourth = value(await on.service.start('acme/bird', {}));
  expect((await on.over(fourth.id)).state).toEqual({ kind: 'succeeded' });
  expect((await on.history.run(second.id))?.state.kind).toBe('waiting');
});
