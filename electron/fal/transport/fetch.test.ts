import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { impatientFetch, json, serve } from '../fal.fixture.ts';
import { portOf } from '../../../test/network/fal-front.ts';
import { fetchBy, patientFetch } from './fetch.ts';

/** Answers everything with these very bytes, in one piece. */
async function sayer(bytes: string | Buffer): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.write(bytes));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${portOf(server.address())}`;
}

test('it waits for a head that Node’s own fetch gives up on', async () => {
  await impatientFetch(50);
  const late = Promise.withResolvers<void>();
  const server = await serve((response) => void late.promise.then(() => json(response, 200, { late: true })));
  const init = { method: 'POST', body: '{}' };
  const waiting = patientFetch()(`${server.url}/x`, init);
  await expect(fetch(`${server.url}/x`, init)).rejects.toMatchObject({
    cause: { code: 'UND_ERR_HEADERS_TIMEOUT' },
  });
  late.resolve();
  expect(await (await waiting).json()).toEqual({ late: true });
});

test('status, headers and body come as they are', async () => {
  const server = await serve((response) => {
    response.writeHead(499, { 'x-a': ['1', '2'], 'content-type': 'text/plain' }).end('grün');
  });
  const response = await patientFetch()(`${server.url}/x?y=1`, { method: 'PUT', headers: { 'x-b': '3' } });
  expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([
    499,
    '1, 2',
    'grün',
  ]);
  expect(server.seen).toMatchObject([{ method: 'PUT', url: '/x?y=1', headers: { 'x-b': '3' }, body: '' }]);
});

test.each([204, 304])('a %i has no body', async (status) => {
  const server = await serve((response) => response.writeHead(status).end());
  const response = await patientFetch()(server.url, {});
  expect([response.status, await response.text()]).toEqual([status, '']);
});

test('a redirect is an answer and not followed', async () => {
  const server = await serve((response) => response.writeHead(307, { location: '/elsewhere' }).end());
  expect((await patientFetch()(server.url, {})).status).toBe(307);
  expect(server.seen).toHaveLength(1);
});

test('a body that is cut fails, and one that is not read is let go', async () => {
  const closed = Promise.withResolvers<void>();
  const server = await serve((response, { url }) => {
    response.writeHead(200, { 'content-length': '100' });
    if (url === '/cut') return void response.write('abc', () => response.destroy());
    response.write('abc');
    response.once('close', closed.resolve);
  });
  await expect((await patientFetch()(`${server.url}/cut`, {})).text()).rejects.toThrow('aborted');
  await (await patientFetch()(`${server.url}/left`, {})).body?.cancel();
  await closed.promise;
});

test('an abort ends it before the head and within the body', async () => {
  const server = await serve((response, { url }) => {
    if (url === '/body') response.writeHead(200).write('abc');
  });
  const [head, body] = [new AbortController(), new AbortController()];
  const waiting = patientFetch()(`${server.url}/head`, { signal: head.signal });
  const response = await patientFetch()(`${server.url}/body`, { signal: body.signal });
  await vi.waitUntil(() => server.seen.length === 2);
  head.abort();
  body.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await expect(response.text()).rejects.toThrow('aborted');
  await expect(patientFetch()(server.url, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

test.each([
  ['as it is', '', (bytes: Buffer) => bytes],
  ['packed', 'content-encoding: gzip\r\n', (bytes: Buffer) => gzipSync(bytes, { level: 0 })],
])('an abort while a body that came whole, %s, is half read is no end of it', async (_name, head, pack) => {
  const body = pack(Buffer.alloc(48_000, 'a'));
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += 4_000) {
    const part = body.subarray(at, at + 4_000);
    chunks.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  const start = Buffer.from(`HTTP/1.1 200 OK\r\n${head}transfer-encoding: chunked\r\n\r\n`);
  const url = await sayer(Buffer.concat([start, ...chunks, Buffer.from('0\r\n\r\n')]));
  const stop = new AbortController();
  const { body: stream } = await patientFetch()(url, { signal: stop.signal });
  const reader = stream?.getReader();
  expect(await reader?.read()).toMatchObject({ done: false });
  stop.abort();
  await expect(reader?.closed).rejects.toThrow('aborted');
});

test.each(['600 Odd', '999 Odd', '101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other'])(
  'an answer that is none fails: %s',
  async (line) => {
    const url = await sayer(`HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`);
    await expect(patientFetch()(url, {})).rejects.toThrow('no answer');
  },
);

test('the owner’s agent is asked for each address', async () => {
  const server = await serve((response) => json(response, 200, {}));
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const asked: string[] = [];
  const fetching = patientFetch((url) => {
    asked.push(url.pathname);
    return agent;
  });
  await (await fetching(`${server.url}/a`, {})).text();
  expect(asked).toEqual(['/a']);
  expect(Object.keys(agent.freeSockets)).toHaveLength(1);
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('a body packed as %s is unpacked', async (way, pack) => {
  const server = await serve((response) =>
    response.writeHead(200, { 'content-encoding': way }).end(pack('grün '.repeat(1_000))),
  );
  const response = await fetchBy(() => undefined)(server.url);
  expect(await response.text()).toBe('grün '.repeat(1_000));
  expect(server.seen[0]?.headers['accept-encoding']).toContain('gzip');
  const { seen } = server;
  await fetchBy(() => undefined)(server.url, { headers: { range: 'bytes=3-' } });
  expect(seen[1]?.headers['accept-encoding']).toBeUndefined();
});

test('a packed body that is cut fails', async () => {
  const server = await serve((response) => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 9_999 }, (_, n) => String(n)).join()));
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
    response.write(packed.subarray(0, 2_000), () => response.destroy());
  });
  const response = await fetchBy(() => undefined)(server.url);
  await expect(response.text()).rejects.toThrow('aborted');
});

test('redirects are followed where asked for: reads, and so many', async () => {
  const server = await serve((response, { url }) => {
    if (url === '/end') return json(response, 200, { url });
    response
      .writeHead(url === '/found' ? 302 : 307, { location: url === '/round' ? '/round' : '/end' })
      .end();
  });
  const fetching = fetchBy(() => undefined);
  expect(await (await fetching(`${server.url}/found`)).json()).toEqual({ url: '/end' });
  expect((await fetching(`${server.url}/found`, { method: 'POST', body: '{}' })).status).toBe(302);
  expect((await fetching(`${server.url}/found`, { redirect: 'manual' })).status).toBe(302);
  await expect(fetching(`${server.url}/found`, { redirect: 'error' })).rejects.toThrow('redirect');
  expect(await (await fetching(`${server.url}/end`, { redirect: 'error' })).json()).toEqual({ url: '/end' });
  await expect(fetching(`${server.url}/round`)).rejects.toThrow('Too many redirects');
});

test('a limit for the head and for silence in the body', async () => {
  const server = await serve((response, { url }) => {
    if (url === '/body') response.writeHead(200).write('abc');
  });
  const fetching = fetchBy(() => undefined, 50);
  await expect(fetching(`${server.url}/head`)).rejects.toThrow('No answer within 0.05 s');
  await expect((await fetching(`${server.url}/body`)).text()).rejects.toThrow('Silent for 0.05 s');
});
