import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectionTo, deadAddress, hostsAt, json, never, serve, startFal, value } from '../fal.fixture.ts';
import type { TinyServer } from '../fal.fixture.ts';
import { upload } from './upload.ts';
import type { UploadSource } from './upload.ts';

const BYTES = Buffer.alloc(300_000, 'a picture ');
const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function aFile(): Promise<UploadSource> {
  const dir = await mkdtemp(join(tmpdir(), 'upload-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'file');
  await writeFile(path, BYTES);
  return { kind: 'path', path, contentType: 'image/png', fileName: 'wren.png' };
}

/** A storage whose PUTs answer these, one after the other; the last for ever. */
async function storage(...puts: readonly (number | 'cut' | 'silence')[]): Promise<TinyServer> {
  let n = 0;
  const server: TinyServer = await serve((response, { method }) => {
    if (method === 'POST')
      return json(response, 200, {
        upload_url: `${server.url}/put/${n}`,
        file_url: `${server.url}/files/${n}`,
      });
    const answer = puts[Math.min(n, puts.length - 1)];
    n += 1;
    if (answer === 'cut') response.destroy();
    else if (typeof answer === 'number')
      response.writeHead(answer).end(answer === 200 ? '' : 'storage words');
  });
  return server;
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

test('the owner’s way to the network is taken for the bytes', async () => {
  const fal = await startFal();
  const asked: string[] = [];
  const connection = connectionTo(fal.hosts, { agentFor: (url) => void asked.push(url.pathname) });
  value(await upload(connection, await aFile(), local));
  expect(asked).toEqual([expect.stringMatching(/^\/cdn\/upload\//)]);
});
