import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import { AUTH, call, dig, text } from './testing.ts';

let server: LocalFal;
beforeEach(async () => {
  server = await startLocalFal({ pace: 0 });
});
afterEach(() => server.close());

interface Begun {
  readonly url: string;
  readonly part: (
    n: number | string,
    body: string | Buffer,
    headers?: Record<string, string>,
  ) => Promise<Reply>;
  readonly complete: (parts: unknown) => Promise<Reply>;
}
type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

async function send(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function begin(): Promise<Begun> {
  const { status, body } = await call(
    `${server.hosts.rest}/storage/upload/initiate-multipart?storage_type=fal-cdn-v3`,
    { json: { content_type: 'video/mp4', file_name: 'my film.mp4' } },
  );
  expect(status).toBe(200);
  const upload = new URL(text(dig(body, 'upload_url')));
  const at = (name: number | string): string => `${upload.origin}${upload.pathname}/${name}${upload.search}`;
  return {
    url: text(dig(body, 'file_url')),
    part: (n, bytes, headers = {}) => send(at(n), { method: 'PUT', body: bytes, headers }),
    complete: (parts) => send(at('complete'), { method: 'POST', body: JSON.stringify({ parts }) }),
  };
}
const tagOf = (bytes: string): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
const listed = (...parts: readonly string[]) =>
  parts.map((bytes, i) => ({ partNumber: i + 1, etag: tagOf(bytes) }));

test('parts that came in any order are the file when they are joined, and not before', async () => {
  const { url, part, complete } = await begin();
  expect(url).toMatch(/_my_film\.mp4$/);
  for (const [n, bytes] of [
    [2, 'film'],
    [1, 'my '],
  ] as const) {
    const taken = await part(n, bytes);
    expect(taken).toMatchObject({ status: 200, body: { partNumber: n, etag: tagOf(bytes) } });
    expect(taken.headers.get('etag')).toBe(tagOf(bytes));
  }
  expect((await fetch(url)).status).toBe(404);
  expect((await complete(listed('my ', 'film'))).status).toBe(200);
  const got = await fetch(url);
  expect([got.headers.get('content-type'), await got.text()]).toEqual(['video/mp4', 'my film']);
});

test('a part sent again takes the place of the first', async () => {
  const { url, part, complete } = await begin();
  await part(1, 'old');
  await part(1, 'new');
  expect((await complete(listed('old'))).body).toEqual({ detail: 'Part 1 is not the one that came' });
  expect((await complete(listed('new'))).status).toBe(200);
  expect(await (await fetch(url)).text()).toBe('new');
});

describe('lists that are not the parts that came', () => {
  test.each<[string, unknown, string]>([
    ['none', undefined, 'Expected a list of parts'],
    ['an empty one', [], 'Expected a list of parts'],
    [
      'another order',
      listed('a', 'b').toReversed(),
      'Part 1 is missing, or the parts are not in their order',
    ],
    ['a gap', listed('a', 'b').slice(1), 'Part 1 is missing, or the parts are not in their order'],
    ['another tag', listed('a', 'x'), 'Part 2 is not the one that came'],
    ['one too many', listed('a', 'b', 'c'), 'Part 3 is not the one that came'],
    ['one too few', listed('a'), 'A part that came is not in the list'],
  ])('%s', async (_name, parts, detail) => {
    const { url, part, complete } = await begin();
    await part(1, 'a');
    await part(2, 'b');
    expect(await complete(parts)).toMatchObject({ status: 400, body: { detail } });
    expect((await fetch(url)).status).toBe(404);
  });
});

test('what is wrong with a part is said', async () => {
  const { part, complete } = await begin();
  expect((await part(1, '')).body).toEqual({ detail: 'The part is empty' });
  expect((await part(10_001, 'a')).status).toBe(400);
  for (const name of ['0', 'x', '01']) expect((await part(name, 'a')).status).toBe(405);
  expect((await part('1/2', 'a')).status).toBe(404);
  expect(await part(1, 'a', AUTH)).toMatchObject({
    status: 400,
    body: { detail: 'Only one auth mechanism allowed' },
  });
  expect((await complete(listed('a'))).status).toBe(400);
});

test('an address that was not given out, was altered or is used up takes nothing', async () => {
  const { part, complete } = await begin();
  const forged = await fetch(`${server.hosts.cdn}/multipart/abc/1?signature=x`, { method: 'PUT', body: 'a' });
  expect(forged.status).toBe(403);
  await part(1, 'a');
  await complete(listed('a'));
  expect((await part(2, 'b')).status).toBe(403);
  expect((await complete(listed('a'))).status).toBe(403);
});

test(
  'a file has an end to its size, and what was given up makes room for another',
  { timeout: 60_000 },
  async () => {
    const [old, other] = [await begin(), await begin()];
    const large = Buffer.alloc(150 * 2 ** 20);
    expect((await old.part(1, large)).status).toBe(200);
    expect((await old.part(2, large)).status).toBe(413);
    expect((await old.part(1, large)).status).toBe(200);
    expect((await other.part(1, large)).status).toBe(200);
    expect((await old.part(3, 'a')).status).toBe(403);
    expect((await other.part(2, 'a')).status).toBe(200);
  },
);

test('it is asked for with the key, and as one part is', async () => {
  const url = `${server.hosts.rest}/storage/upload/initiate-multipart`;
  const json = { content_type: 'video/mp4', file_name: 'a' };
  expect(
    (await call(`${url}?storage_type=fal-cdn-v3`, { json, headers: { authorization: '' } })).status,
  ).toBe(401);
  expect((await call(url, { json })).body).toEqual({ detail: 'Unknown storage type' });
});
