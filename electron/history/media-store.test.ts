import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { never, serve } from '../fal/fal.fixture.ts';
import { smallDisk, tempDir } from './history.fixture.ts';
import { MediaStore } from './media-store.ts';
import type { FetchOptions } from './media-store.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const QUICK = { tries: 4, base: 1, cap: 2 };
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const dataUri = (bytes: Uint8Array, type: string): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

async function begin() {
  const dir = await tempDir();
  const store = new MediaStore(dir, QUICK);
  await store.open();
  const fetch = (url: string, over: Partial<FetchOptions> = {}) =>
    store.fetch(url, {
      fetch: globalThis.fetch,
      signal: never(),
      allowLoopback: true,
      claimedType: null,
      ...over,
    });
  return { dir, store, fetch };
}

/** Every file of the store but for the temporary ones. */
async function filesOf(dir: string): Promise<string[]> {
  const found = await readdir(join(dir, 'media'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('a file lies under the hash of its content', () => {
  test('from the web, whole, with the type of its bytes', async () => {
    const { dir, store, fetch } = await begin();
    const server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(PNG),
    );
    expect(await fetch(`${server.url}/a.png`)).toEqual({
      ok: true,
      value: { sha256: sha(PNG), bytes: PNG.length, contentType: 'image/png' },
    });
    expect(store.pathOf(sha(PNG))).toBe(join(dir, 'media', sha(PNG).slice(0, 2), sha(PNG)));
    expect(await readFile(store.pathOf(sha(PNG)))).toEqual(PNG);
    expect(await store.unfinished()).toBe(0);
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  test('from a data URI, and the same file only once', async () => {
    const { dir, fetch } = await begin();
    const [one, two] = await Promise.all([
      fetch(dataUri(PNG, 'image/png')),
      fetch(dataUri(PNG, 'application/octet-stream')),
    ]);
    expect(one).toEqual({
      ok: true,
      value: { sha256: sha(PNG), bytes: PNG.length, contentType: 'image/png' },
    });
    expect(two).toEqual(one);
    expect(await filesOf(dir)).toEqual([sha(PNG)]);
  });

  test('an empty file is a file', async () => {
    const { fetch } = await begin();
    const server = await serve((response) => response.end());
    expect(await fetch(server.url)).toMatchObject({
      ok: true,
      value: { bytes: 0, sha256: sha(Buffer.alloc(0)) },
    });
  });

  test('what a kill left half written is cleared, what is whole stays', async () => {
    const { dir, store, fetch } = await begin();
    await fetch(dataUri(PNG, 'image/png'));
    await writeFile(join(dir, 'media', 'tmp', 'half'), 'x');
    expect(await store.unfinished()).toBe(1);
    await store.open();
    expect(await filesOf(dir)).toEqual([sha(PNG)]);
  });
});

describe('addresses that are opened', () => {
  test.each([
    ['http://example.invalid/a.png', true],
    ['http://127.0.0.1:1/a.png', false],
    ['http://localhost:1/a.png', false],
    ['https://192.168.0.1/a.png', false],
    ['https://[::1]/a.png', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', true],
    ['ftp://127.0.0.1/a', true],
    ['blob:http://127.0.0.1/a', true],
    ['/a.png', true],
    ['', true],
  ])('%s is not, with loopback allowed: %s', async (url, allowLoopback) => {
    const { dir, fetch } = await begin();
    const asked: unknown[] = [];
    const fake: typeof globalThis.fetch = (input) => {
      asked.push(input);
      return Promise.resolve(new Response('x'));
    };
    expect(await fetch(url, { allowLoopback, fetch: fake })).toMatchObject({
      ok: false,
      error: { kind: 'protocol' },
    });
    expect(asked).toEqual([]);
    expect(await filesOf(dir)).toEqual([]);
  });

  test('https is', async () => {
    const { fetch } = await begin();
    const fake: typeof globalThis.fetch = () => Promise.resolve(new Response(PNG));
    expect(await fetch('https://v3.fal.media/a.png', { allowLoopback: false, fetch: fake })).toMatchObject({
      ok: true,
      value: { sha256: sha(PNG) },
    });
  });

  test('a redirect leads only to where one could have begun', async () => {
    const { fetch } = await begin();
    let location = '';
    const server = await serve((response, request) => {
      if (request.url === '/there') response.end(PNG);
      else response.writeHead(302, { location }).end();
    });
    const asked: string[] = [];
    const recording: typeof globalThis.fetch = (input, init) => {
      asked.push(String(input));
      return globalThis.fetch(input, init);
    };
    location = '/there';
    expect(await fetch(`${server.url}/a`, { fetch: recording })).toMatchObject({ ok: true });
    expect(asked).toEqual([`${server.url}/a`, `${server.url}/there`]);

    location = 'http://10.0.0.1/inside';
    expect(await fetch(`${server.url}/a`, { fetch: recording })).toMatchObject({
      ok: false,
      error: { kind: 'protocol' },
    });
    expect(asked.slice(2)).toEqual([`${server.url}/a`]);

    location = 'https://10.0.0.1/inside';
    expect(await fetch(`${server.url}/a`, { allowLoopback: true, fetch: recording })).toMatchObject({
      ok: false,
    });

    location = '/a';
    expect(await fetch(`${server.url}/a`)).toMatchObject({ ok: false, error: { kind: 'network' } });
  });
});

describe('a body that breaks off', () => {
  test('is not whole where it ends before its length, however quietly', async () => {
    const { dir, fetch } = await begin();
    const short: typeof globalThis.fetch = () =>
      Promise.resolve(new Response(PNG, { headers: { 'content-length': String(PNG.length + 1) } }));
    expect(await fetch('https://v3.fal.media/a.png', { fetch: short })).toMatchObject({
      error: { kind: 'network', detail: expect.stringContaining(`${PNG.length} bytes came`) },
    });
    expect(await filesOf(dir)).toEqual([]);
  });

  const whole = Buffer.concat([PNG, Buffer.alloc(200_000, 7)]);

  /**
   * A reader that hangs up only once every byte sent has been read: what a broken connection still had in its buffers
   * may be lost with it, and the test wants to know where the download stood.
   */
  let hangUp: { readonly after: number; readonly now: () => void } | null = null;
  const reading: typeof globalThis.fetch = async (input, init) => {
    const { body, status, headers } = await globalThis.fetch(input, init);
    const reader = body?.getReader();
    let read = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (read === hangUp?.after) hangUp.now();
          const part = await reader?.read();
          if (part === undefined || part.done) return controller.close();
          read += part.value.byteLength;
          controller.enqueue(part.value);
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(source, { status, headers });
  };

  /** Cuts each answer after `cut` bytes; serves ranges when asked and `etag` says the file is the same. */
  const cutting = (cuts: (number | null)[], headers: Record<string, string> = { etag: '"one"' }) =>
    serve((response, request) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const part = whole.subarray(from);
      const cut = cuts.shift() ?? null;
      response.writeHead(from > 0 ? 206 : 200, {
        ...headers,
        'content-length': part.length,
        ...(from > 0 ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {}),
      });
      hangUp = cut === null ? null : { after: cut, now: () => response.destroy() };
      if (cut === null) response.end(part);
      else response.write(part.subarray(0, cut));
    });

  test('is taken up where it broke, if the file is still the same', async () => {
    const { store, fetch } = await begin();
    const server = await cutting([1000, 70_000]);
    expect(await fetch(server.url, { fetch: reading })).toMatchObject({
      ok: true,
      value: { sha256: sha(whole), bytes: whole.length, contentType: 'image/png' },
    });
    expect(await readFile(store.pathOf(sha(whole)))).toEqual(whole);
    // What had arrived but was not read yet when the connection broke may be asked for again, never less.
    const from = server.seen.map(({ headers }) =>
      Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0),
    );
    expect(from).toHaveLength(3);
    expect(
      from.every((offset, i) => offset <= ([0, 1000, 71_000][i] ?? 0) && offset >= (from[i - 1] ?? 0)),
    ).toBe(true);
    for (const { headers } of server.seen) expect(headers['if-range']).toBe(headers.range && '"one"');
  });

  test('begins anew where the server does not name the file, and nothing of the old half stays', async () => {
    const { store, fetch } = await begin();
    const server = await cutting([1000], {});
    expect(await fetch(server.url, { fetch: reading })).toMatchObject({
      ok: true,
      value: { sha256: sha(whole) },
    });
    expect(await readFile(store.pathOf(sha(whole)))).toEqual(whole);
    expect(server.seen.map((request) => request.headers.range)).toEqual([undefined, undefined]);
  });

  test('begins anew where the file has changed meanwhile', async () => {
    const { store, fetch } = await begin();
    const server = await serve((response) => {
      if (server.seen.length === 1) {
        response.writeHead(200, { etag: '"old"', 'content-length': 5000 });
        response.write(Buffer.alloc(2000, 1), () => response.destroy());
      } else response.writeHead(200, { etag: '"new"' }).end(PNG);
    });
    expect(await fetch(server.url)).toMatchObject({
      ok: true,
      value: { sha256: sha(PNG), bytes: PNG.length },
    });
    expect(await readFile(store.pathOf(sha(PNG)))).toEqual(PNG);
  });

  test('a part that was not asked for is not glued on', async () => {
    const { fetch } = await begin();
    const server = await serve((response) => {
      if (server.seen.length === 1) {
        response.writeHead(200, { etag: '"one"', 'content-length': whole.length });
        response.write(whole.subarray(0, 1000), () => response.destroy());
      } else if (server.seen.length === 2) {
        response.writeHead(206, {
          etag: '"one"',
          'content-range': `bytes 0-${whole.length - 1}/${whole.length}`,
        });
        response.end(whole);
      } else response.end(whole);
    });
    expect(await fetch(server.url)).toMatchObject({ ok: true, value: { sha256: sha(whole) } });
  });

  test('always ends as an error, with nothing left behind', async () => {
    const { dir, store, fetch } = await begin();
    const server = await cutting([10, 10, 10, 10, 10, 10]);
    expect(await fetch(server.url, { fetch: reading })).toMatchObject({
      ok: false,
      error: { kind: 'network' },
    });
    expect(server.seen).toHaveLength(4);
    expect(await store.unfinished()).toBe(0);
    expect(await filesOf(dir)).toEqual([]);
  });

  test('a 404 is final, a 503 passes', async () => {
    const { fetch } = await begin();
    const codes = [404, 503, 200];
    const server = await serve((response) =>
      response.writeHead(codes[server.seen.length - 1] ?? 500).end(PNG),
    );
    expect(await fetch(server.url)).toMatchObject({
      ok: false,
      error: { detail: expect.stringContaining('404') },
    });
    expect(server.seen).toHaveLength(1);
    expect(await fetch(server.url)).toMatchObject({ ok: true });
    expect(server.seen).toHaveLength(3);
  });

  test('a stop leaves nothing behind', async () => {
    const { store, fetch } = await begin();
    const abort = new AbortController();
    const server = await serve((response) => {
      response.write(whole.subarray(0, 10), () => abort.abort());
    });
    expect(await fetch(server.url, { signal: abort.signal })).toMatchObject({
      ok: false,
      error: { kind: 'cancelled' },
    });
    expect(await store.unfinished()).toBe(0);
  });
});

describe('what a file is called', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  const xml = Buffer.from(`<?xml version="1.0"?>${svg}`);
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  test.each([
    ['the bytes over a lie', PNG, 'text/html', 'video/mp4', 'image/png'],
    [
      'the claim where the bytes say nothing',
      svg,
      'text/plain',
      'image/svg+xml; charset=utf-8',
      'image/svg+xml',
    ],
    ['an SVG that begins as XML', xml, 'application/xml', 'image/svg+xml', 'image/svg+xml'],
    ['what it was served as, without a claim', svg, 'image/svg+xml', null, 'image/svg+xml'],
    ['a page is its text, whoever claims what', html, 'text/html', 'text/html', 'text/plain'],
    ['a script is its text', html, 'text/javascript', 'application/javascript', 'text/plain'],
    ['a claim that is no type', html, '', 'image/png\r\nx: y', 'text/plain'],
    ['a page in the place of a picture', html, 'image/png', 'image/png', 'text/plain'],
  ])('%s', async (_name, bytes, served, claimedType, expected) => {
    const { fetch } = await begin();
    const server = await serve((response) => response.writeHead(200, { 'content-type': served }).end(bytes));
    expect(await fetch(server.url, { claimedType })).toMatchObject({
      ok: true,
      value: { contentType: expected },
    });
  });
});

describe('a full disk (needs the right to mount a tmpfs)', () => {
  test.for([
    ['from the web', false],
    ['from a data URI', true],
  ] as const)('%s: says so and leaves nothing that is not whole', async ([, inline], { skip }) => {
    const disk = await smallDisk('64k');
    if (disk === null) return skip('no right to mount a small disk');
    const { dir } = disk;
    const store = new MediaStore(dir);
    await store.open();
    // One write that fits only in part: the system takes what it can and says so in a number.
    const big = Buffer.alloc(100_000, 3);
    const server = await serve((response) => response.end(big));
    const url = inline ? dataUri(big, 'image/png') : server.url;
    const options = { fetch, signal: never(), allowLoopback: true, claimedType: null };
    expect(await store.fetch(url, options)).toMatchObject({
      ok: false,
      error: { kind: 'storage', title: 'The disk is full' },
    });
    expect(await store.unfinished()).toBe(0);
    expect(await filesOf(dir)).toEqual([]);
    expect(await store.fetch(dataUri(PNG, 'image/png'), options)).toMatchObject({ ok: true });
  });
});
