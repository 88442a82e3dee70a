import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serve } from '../fal/fal.fixture.ts';
import { tempDir } from '../history/history.fixture.ts';
import { appSchemeHandler, isAppPage, parseRange } from './app-scheme.ts';
import { MEDIA_POLICY, PAGE_POLICY, developmentPolicy } from './csp.ts';

const SHA = 'ab'.repeat(32);
const EMPTY = 'cd'.repeat(32);
const GONE = 'ef'.repeat(32);
const BYTES = 'abcdefghij';

async function begin(devServer: string | null = null) {
  const dir = await tempDir();
  const bundleDir = join(dir, 'bundle');
  await mkdir(join(bundleDir, 'assets'), { recursive: true });
  await writeFile(join(bundleDir, 'index.html'), '<!doctype html>');
  await writeFile(join(bundleDir, 'assets', 'main.js'), 'export {}');
  await writeFile(join(bundleDir, 'assets', 'notes.md'), 'not served');
  await writeFile(join(dir, 'secret.json'), '{}');
  await writeFile(join(dir, 'bundle-2.json'), '{}');
  await writeFile(join(dir, SHA), BYTES);
  await writeFile(join(dir, EMPTY), '');
  await writeFile(join(dir, `${SHA}.webp`), 'small');
  const handler = appSchemeHandler({
    bundleDir,
    devServer,
    file: (sha256) =>
      Promise.resolve(
        [SHA, EMPTY, GONE].includes(sha256) ? { path: join(dir, sha256), contentType: 'video/mp4' } : null,
      ),
    smallPicture: (sha256) => join(dir, `${sha256}.webp`),
  });
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    handler(new Request(path.includes('://') ? path : `app://bundle${path}`, init));
  return { dir, bundleDir, get };
}

describe('the window’s files', () => {
  test('come with their type and the policy', async () => {
    const { get } = await begin();
    const page = await get('/index.html');
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>']);
    expect(Object.fromEntries(page.headers)).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
    });
    expect((await get('/assets/main.js?v=1#x')).headers.get('content-type')).toContain('text/javascript');
  });

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/..%2f..%2f..%2fsecret.json',
    '/..%5csecret.json',
    '/assets/%2e%2e/%2e%2e/secret.json',
    '/../bundle-2.json',
    '/..%2fbundle-2.json',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/%00index.html',
    '/index.html%00.js',
    '/%zz.html',
    '/assets/notes.md',
    '/assets',
    '/',
    '/nowhere.js',
    'app://elsewhere/index.html',
    'app://bundle.evil/index.html',
    `/media/${SHA}.js`,
    `/media/${SHA}/x`,
    `/media/${SHA.slice(1)}`,
    '/media/../index.htm',
    `/thumb/${GONE}`,
    `/thumb/${SHA}.webp`,
    '/thumb/',
  ])('%s is not found', async (path) => {
    const { get } = await begin();
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('Not found');
  });

  test('only reading', async () => {
    const { get } = await begin();
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await get('/index.html', { method })).status).toBe(405);
    expect((await get('/index.html', { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a stored file', () => {
  test('whole, with headers that let it do nothing', async () => {
    const { get } = await begin();
    const answer = await get(`/media/${SHA}`);
    expect([answer.status, await answer.text()]).toEqual([200, BYTES]);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'video/mp4',
      'content-security-policy': MEDIA_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      'content-length': '10',
    });
  });

  test.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/10', '3'],
    ['bytes=8-', 206, 'ij', 'bytes 8-9/10', '2'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10', '3'],
    ['bytes=0-999', 206, BYTES, 'bytes 0-9/10', '10'],
    ['bytes=10-', 416, '', 'bytes */10', null],
    ['bytes=0-1,4-5', 200, BYTES, null, '10'],
    ['lines=1-2', 200, BYTES, null, '10'],
  ])('%s', async (range, status, body, contentRange, length) => {
    const { get } = await begin();
    const answer = await get(`/media/${SHA}`, { headers: { range } });
    expect([answer.status, await answer.text()]).toEqual([status, body]);
    expect(answer.headers.get('content-range')).toBe(contentRange);
    expect(answer.headers.get('content-length')).toBe(length);
    expect(answer.headers.get('content-security-policy')).toBe(MEDIA_POLICY);
  });

  test('HEAD tells the length and sends nothing, an empty file is empty', async () => {
    const { get } = await begin();
    const head = await get(`/media/${SHA}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.body]).toEqual([200, '10', null]);
    const empty = await get(`/media/${EMPTY}`);
    expect([empty.status, empty.headers.get('content-length'), await empty.text()]).toEqual([200, '0', '']);
  });

  test('that is not known, or known and gone, or a link to nowhere', async () => {
    const { dir, get } = await begin();
    expect((await get(`/media/${'00'.repeat(32)}`)).status).toBe(404);
    expect((await get(`/media/${GONE}`)).status).toBe(404);
    await symlink(join(dir, 'nowhere'), join(dir, GONE));
    expect((await get(`/media/${GONE}`)).status).toBe(404);
  });
});

test('a small picture is one whatever its file is, under the same headers', async () => {
  const { get } = await begin();
  const answer = await get(`/thumb/${SHA}`);
  expect([answer.status, await answer.text()]).toEqual([200, 'small']);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-security-policy': MEDIA_POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('while developing, pages come from the development server under its own policy, media do not', async () => {
  const vite = await serve((response, request) => {
    response.writeHead(request.url === '/a.ts?t=1' ? 200 : 404, { 'content-type': 'text/javascript' });
    response.end('dev');
  });
  const { get } = await begin(vite.url);
  const page = await get('/a.ts?t=1');
  expect([page.status, await page.text()]).toEqual([200, 'dev']);
  expect(page.headers.get('content-security-policy')).toBe(developmentPolicy(vite.url));
  expect((await get('/nowhere')).status).toBe(404);
  expect(await (await get(`/media/${SHA}`)).text()).toBe(BYTES);
  expect(vite.seen.map((request) => request.url)).toEqual(['/a.ts?t=1', '/nowhere']);
});

test.each([
  [null, 10, null],
  ['', 10, null],
  ['bytes=-', 10, null],
  ['bytes=0-0', 10, { start: 0, end: 0 }],
  ['bytes=3-', 10, { start: 3, end: 9 }],
  ['bytes=9-20', 10, { start: 9, end: 9 }],
  ['bytes=-4', 10, { start: 6, end: 9 }],
  ['bytes=-40', 10, { start: 0, end: 9 }],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=5-4', 10, 'unsatisfiable'],
  ['bytes=99999999999999999999-', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=1-2,3-4', 10, null],
  ['bytes=a-b', 10, null],
  ['BYTES=1-2', 10, null],
] as const)('range %j of %i bytes', (header, size, expected) =>
  expect(parseRange(header, size)).toEqual(expected),
);

test.each([
  ['app://bundle/index.html', true],
  ['app://bundle/index.html#/history', true],
  ['app://bundle.evil/index.html', false],
  ['app://evil/index.html', false],
  ['https://bundle/index.html', false],
  ['file:///index.html', false],
  ['app://bundle@evil/', false],
  ['about:blank', false],
  ['', false],
])('%s is the app’s page: %s', (url, expected) => expect(isAppPage(url)).toBe(expected));
