import { createHash } from 'node:crypto';
import { appendFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionTo, deadAddress, hostsAt, json, never, serve, startFal, value } from '../fal.fixture.ts';
import type { TinyServer } from '../fal.fixture.ts';
import { BYTES, aFile, folder, storage } from './storage.fixture.ts';
import { upload } from './upload.ts';

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A storage that answers the bytes when it has read their head, and reads no more. */
async function early(status: number, body: string): Promise<TinyServer> {
  const deaf = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', () => {
        socket.pause().write(`HTTP/1.1 ${status} Early\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      });
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void deaf.close());
  const address = deaf.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const at = `http://127.0.0.1:${address.port}/a`;
  return serve((response) => json(response, 200, { upload_url: at, file_url: at }));
}

const local = { signal: never() };

test('the file is asked a place for with the key, put there without it, and can be read at the answer', async () => {
  const fal = await startFal();
  const url = value(await upload(connectionTo(fal.hosts), await aFile(), local));
  const got = await fetch(url);
  expect(got.headers.get('content-type')).toBe('image/png');
  expect(shaOf(new Uint8Array(await got.arrayBuffer()))).toBe(shaOf(BYTES));
  const [initiate, put] = fal.requests();
  expect(initiate).toMatchObject({
    method: 'POST',
    path: '/rest/storage/upload/initiate',
    query: 'storage_type=fal-cdn-v3',
    authorized: true,
  });
  expect(put).toMatchObject({ method: 'PUT', status: 200, authorization: 'none' });
});

test('its length, type and name are told', async () => {
  const server = await storage(200);
  value(await upload(connectionTo(server.hosts), await aFile(), local));
  const [initiate, put] = server.seen;
  expect(JSON.parse(initiate?.body ?? '')).toEqual({ content_type: 'image/png', file_name: 'wren.png' });
  expect(put?.headers).toMatchObject({
    'content-length': String(BYTES.length),
    'content-type': 'image/png',
    'user-agent': 'test/0',
  });
  expect(put?.headers['transfer-encoding']).toBeUndefined();
  expect(put?.headers.authorization).toBeUndefined();
});

test.each([
  ['a broken connection', 'cut'],
  ['a server in trouble', 503],
  ['an address that has expired', 403],
] as const)('%s: tried again, at a new place', async (_, trouble) => {
  const server = await storage(trouble, trouble, 200);
  expect(value(await upload(connectionTo(server.hosts), await aFile(), local))).toBe(`${server.url}/files/2`);
  expect(server.seen.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
    'POST /rest/storage/upload/initiate',
    'PUT /put/0',
    'POST /rest/storage/upload/initiate',
    'PUT /put/1',
    'POST /rest/storage/upload/initiate',
    'PUT /put/2',
  ]);
});

test('a connection that goes silent counts as broken', async () => {
  const server = await storage('silence', 200);
  const sent = await upload(connectionTo(server.hosts), await aFile(), { ...local, stallLimit: 50 });
  expect(value(sent)).toBe(`${server.url}/files/1`);
});

test('tries come to an end, and the error says what was told last', async () => {
  const server = await storage(500);
  const sent = await upload(connectionTo(server.hosts), await aFile(), local);
  expect(sent).toMatchObject({
    ok: false,
    error: { kind: 'request', title: 'fal did not take the file', detail: 'storage words' },
  });
  expect(server.seen.filter(({ method }) => method === 'PUT')).toHaveLength(4);
  const nobody = await upload(connectionTo(hostsAt(await deadAddress())), await aFile(), local);
  expect(nobody).toMatchObject({
    ok: false,
    error: { kind: 'network', detail: expect.stringContaining('127.0.0.1') },
  });
});

test('what cannot pass is not tried again: a refusal, a key that is not accepted', async () => {
  const server = await storage(413);
  expect(await upload(connectionTo(server.hosts), await aFile(), local)).toMatchObject({ ok: false });
  expect(server.seen).toHaveLength(2);
  const fal = await startFal({ key: 'other:key' });
  const sent = await upload(connectionTo(fal.hosts), await aFile(), local);
  expect(sent).toMatchObject({ ok: false, error: { kind: 'auth' } });
  expect(fal.requests()).toHaveLength(1);
});

test('the bytes follow nobody elsewhere', async () => {
  const elsewhere = await serve((response) => response.end());
  const server: TinyServer = await serve((response, { method }) => {
    const at = `${server.url}/a`;
    if (method === 'POST') json(response, 200, { upload_url: at, file_url: at });
    else response.writeHead(307, { location: `${elsewhere.url}/b` }).end();
  });
  expect(await upload(connectionTo(server.hosts), await aFile(), local)).toMatchObject({
    error: { kind: 'request', detail: `HTTP 307 to ${elsewhere.url}/b` },
  });
  expect(elsewhere.seen).toEqual([]);
});

test.each([
  ['plain http', 'http://files.example/put', 'https://files.example/a'],
  ['another kind of address', 'file:///etc/passwd', 'https://files.example/a'],
  ['a file that is nowhere on the web', 'https://files.example/put', 'ftp://files.example/a'],
  ['an address with a password', 'https://a:b@files.example/put', 'https://files.example/a'],
  ['no address at all', '', ''],
])('not a byte goes to %s', async (_, upload_url, file_url) => {
  const server = await serve((response) => json(response, 200, { upload_url, file_url }));
  const sent = await upload(connectionTo(server.hosts), await aFile(), local);
  expect(sent).toMatchObject({ ok: false, error: { kind: 'protocol' } });
  expect(server.seen).toHaveLength(1);
});

test('this computer is no place for files unless the profile lives on it', async () => {
  const server = await storage(200);
  const hosts = { ...server.hosts, rest: 'https://rest.fal.ai' };
  const connection = connectionTo(hosts, {
    fetch: (url, init) => fetch(String(url).replace(hosts.rest, server.hosts.rest), init),
  });
  const sent = await upload(connection, await aFile(), local);
  expect(sent).toMatchObject({ ok: false, error: { kind: 'protocol' } });
  expect(server.seen.map(({ method }) => method)).toEqual(['POST']);
});

test('a stop is obeyed at once, also in the middle of the bytes', async () => {
  const stop = new AbortController();
  const server: TinyServer = await serve((response, { method }) => {
    if (method === 'POST')
      return json(response, 200, { upload_url: `${server.url}/put`, file_url: `${server.url}/a` });
    stop.abort();
  });
  const sent = await upload(connectionTo(server.hosts), await aFile(), { ...local, signal: stop.signal });
  expect(sent).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(
    await upload(connectionTo(server.hosts), await aFile(), { ...local, signal: stop.signal }),
  ).toMatchObject({
    ok: false,
    error: { kind: 'cancelled' },
  });
  expect(server.seen).toHaveLength(2);
});

test('a path is called as its file; 40 MiB leave piece by piece, and that is told', async () => {
  const fal = await startFal();
  const dir = await folder();
  await writeFile(join(dir, 'wren.bin'), Buffer.alloc(40 * 2 ** 20, 'x'));
  const told: (readonly [number, number])[] = [];
  const url = value(
    await upload(
      connectionTo(fal.hosts),
      { kind: 'path', path: join(dir, 'wren.bin') },
      { ...local, progress: (sent, total) => void told.push([sent, total]) },
    ),
  );
  expect(url).toMatch(/_wren\.bin$/);
  const steps = Array.from({ length: 80 }, (_, i) => [(i + 1) * 2 ** 19, 40 * 2 ** 20]);
  expect(told).toEqual(steps);
});

test('a try that failed is taken back from what was told', async () => {
  const server = await storage(503, 200);
  const told: number[] = [];
  const progress = (sent: number): void => void told.push(sent);
  value(await upload(connectionTo(server.hosts), await aFile(), { ...local, progress }));
  expect(told).toEqual([BYTES.length, 0, BYTES.length]);
});

test('a lifecycle that cannot be', async () => {
  const server = await storage(200);
  const initialAcl = { default: 'hide', rules: [{ user: '', decision: 'allow' as const }] } as const;
  for (const lifecycle of [{ expiresIn: 0 }, { initialAcl: { ...initialAcl, rules: [...initialAcl.rules] } }])
    expect(await upload(connectionTo(server.hosts), await aFile(), { ...local, lifecycle })).toMatchObject({
      error: { kind: 'input', title: 'A file cannot be kept so' },
    });
  expect(server.seen).toEqual([]);
});

test('the lifecycle is said by both names, once, where the place is asked for', async () => {
  const server = await storage(200);
  const lifecycle = { expiresIn: '1h' } as const;
  value(await upload(connectionTo(server.hosts), await aFile(), { ...local, lifecycle }));
  const [initiate, put] = server.seen;
  expect(initiate?.headers).toMatchObject({
    'x-fal-object-lifecycle': '{"expiration_duration_seconds":3600}',
    'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":3600}',
  });
  expect(Object.keys(put?.headers ?? {}).filter((name) => name.startsWith('x-fal'))).toEqual([]);
});

describe('a file that changes while it is sent never comes whole', () => {
  test.each<[string, (path: string) => Promise<void>]>([
    ['grown', (path) => appendFile(path, 'more')],
    ['shortened', (path) => truncate(path, 1)],
    ['touched', (path) => utimes(path, new Date(), new Date(1))],
  ])('%s', async (_name, change) => {
    const fal = await startFal({ faults: ['hold:upload'] });
    const path = join(await folder(), 'film.bin');
    await writeFile(path, Buffer.alloc(40 * 2 ** 20));
    const changed = Promise.withResolvers<void>();
    const progress = (): void => void change(path).then(changed.resolve, changed.reject);
    const ending = upload(connectionTo(fal.hosts), { kind: 'path', path }, { ...local, progress });
    await changed.promise;
    fal.setFaults([]);
    expect(await ending).toMatchObject({
      error: { kind: 'storage', title: 'The file changed while it was sent' },
    });
    expect(fal.requests().map(({ method, status }) => [method, status])).toEqual([
      ['POST', 200],
      ['PUT', null],
    ]);
  });
});

test('a server that wants no more is heard before everything is sent', async () => {
  const server = await early(413, '{"detail":"The file is too large"}');
  const sent = await upload(connectionTo(server.hosts), { kind: 'bytes', bytes: new Uint8Array(2e7) }, local);
  expect(sent).toMatchObject({ error: { kind: 'request', detail: 'The file is too large' } });
});

test('one that says it has everything before it can is not believed', async () => {
  const server = await early(200, '');
  const sent = await upload(connectionTo(server.hosts), { kind: 'bytes', bytes: new Uint8Array(2e7) }, local);
  expect(sent).toMatchObject({
    error: { kind: 'network', detail: expect.stringContaining('before it was sent') },
  });
});

test('the owner’s way to the network is taken for the bytes', async () => {
  const fal = await startFal();
  const asked: string[] = [];
  const connection = connectionTo(fal.hosts, { agentFor: (url) => void asked.push(url.pathname) });
  value(await upload(connection, await aFile(), local));
  expect(asked).toEqual([expect.stringMatching(/^\/cdn\/upload\//)]);
});
