import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import { AUTH, call, dig, text } from './testing.ts';

let server: LocalFal;
beforeEach(async () => {
  server = await startLocalFal({ pace: 0 });
});
afterEach(() => server.close());

const FILE = { content_type: 'image/png', file_name: 'my own picture.png' };
const initiate = (json: unknown = FILE, query = '?storage_type=fal-cdn-v3', headers = {}) =>
  call(`${server.hosts.rest}/storage/upload/initiate${query}`, { json, headers });

test('a file is put where it was told to be, and is then public', async () => {
  const { status, body } = await initiate();
  expect(status).toBe(200);
  const [upload, url] = [text(dig(body, 'upload_url')), text(dig(body, 'file_url'))];
  expect(url).toMatch(/_my_own_picture\.png$/);
  expect((await fetch(url)).status).toBe(404);
  const put = await fetch(upload, {
    method: 'PUT',
    body: 'bytes of a picture',
    headers: { 'content-type': 'image/png' },
  });
  expect(put.status).toBe(200);
  const got = await fetch(url);
  expect([got.headers.get('content-type'), await got.text()]).toEqual(['image/png', 'bytes of a picture']);
});

test('each initiate gives another place', async () => {
  const [one, two] = await Promise.all([initiate(), initiate()]);
  expect(dig(one.body, 'file_url')).not.toBe(dig(two.body, 'file_url'));
});

test('what is wrong is said: no key, no name, an unknown storage, another method', async () => {
  expect((await initiate(FILE, undefined, { authorization: '' })).status).toBe(401);
  expect((await initiate({ content_type: 'image/png' })).body).toMatchObject({
    detail: [{ loc: ['body', 'file_name'], type: 'missing' }],
  });
  expect((await initiate(FILE, '?storage_type=attic')).status).toBe(400);
  const get = await call(`${server.hosts.rest}/storage/upload/initiate`, { method: 'GET' });
  expect(get.status).toBe(405);
});

test('an address that was not given out takes nothing, and a key beside the address is refused', async () => {
  const { body } = await initiate();
  const upload = text(dig(body, 'upload_url'));
  const put = (url: string, headers = {}) => fetch(url, { method: 'PUT', body: 'x', headers });
  expect((await put(upload.replace('/upload/', '/upload/x'))).status).toBe(403);
  expect((await put(upload, AUTH)).status).toBe(400);
  expect((await put(upload)).status).toBe(200);
});
