import { readdirSync, readlinkSync } from 'node:fs';
import { appendFile, mkdtemp, open, rm, truncate, utimes } from 'node:fs/promises';
import { Agent } from 'node:http';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TestFal } from '../../../test/local-fal/index.ts';
import { connectionTo, json, never, serve, startFal, value } from '../fal.fixture.ts';
import type { TinyServer } from '../fal.fixture.ts';
import type { FalHosts } from '../hosts.ts';
import { turnstile } from './storage.fixture.ts';
import { MOST_IN_ONE, upload } from './upload.ts';
import type { UploadOptions, UploadSource } from './upload.ts';

const PART = 10 * 1024 * 1024;
/** Ten parts, the last of them short. */
const SIZE = 9 * PART + 12_345;

/** A file that takes no room on the disk, with its place written at the beginning of each part and at the end. */
async function bigFile(size = SIZE): Promise<UploadSource & { readonly path: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'parts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'film.mp4');
  const handle = await open(path, 'w');
  await handle.truncate(size);
  for (let at = 0; at < size; at += PART) await handle.write(`part ${at}`, at);
  await handle.write('the end', size - 7);
  await handle.close();
  return { kind: 'path', path, contentType: 'video/mp4' };
}

const send = (fal: { readonly hosts: FalHosts }, source: UploadSource, over = {}) =>
  upload(connectionTo(fal.hosts), source, { signal: never(), ...over } satisfies UploadOptions);

const sent = (fal: TestFal, path: RegExp): number =>
  fal.requests().filter((request) => path.test(`${request.method} ${request.path}`)).length;
const completes = (fal: TestFal): number => sent(fal, /^POST .*\/complete$/);
const secondParts = (fal: TestFal): number => sent(fal, /^PUT .*\/2$/);

test('90 MiB go in one request, a byte more in parts', async () => {
  const fal = await startFal();
  value(await send(fal, await bigFile(MOST_IN_ONE)));
  expect(fal.requests().map(({ method }) => method)).toEqual(['POST', 'PUT']);
  value(await send(fal, await bigFile(MOST_IN_ONE + 1)));
  expect(fal.requests()).toHaveLength(2 + 1 + 10 + 1);
});

test('the parts are the file, and only its place is asked for with the key', async () => {
  const fal = await startFal();
  const file = await bigFile();
  const told: (readonly [number, number])[] = [];
  const progress = (done: number, total: number): void => void told.push([done, total]);
  const url = value(await send(fal, file, { progress }));
  const got = await fetch(url);
  expect(got.headers.get('content-type')).toBe('video/mp4');
  expect(url).toMatch(/_film\.mp4$/);
  const bytes = Buffer.from(await got.arrayBuffer());
  expect(bytes.byteLength).toBe(SIZE);
  for (let at = 0; at < SIZE; at += PART)
    expect(bytes.toString('latin1', at, at + 14)).toContain(`part ${at}`);
  expect(bytes.toString('latin1', SIZE - 7)).toBe('the end');
  expect(told.at(-1)).toEqual([SIZE, SIZE]);
  expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
  const [initiate, ...rest] = fal.requests();
  expect(initiate).toMatchObject({
    method: 'POST',
    path: '/rest/storage/upload/initiate-multipart',
    query: 'storage_type=fal-cdn-v3',
    authorized: true,
  });
  expect(new Set(rest.map(({ authorization }) => authorization))).toEqual(new Set(['none']));
  expect([sent(fal, /^PUT/), completes(fal)]).toEqual([10, 1]);
});

describe('a part that goes wrong is sent again by itself', () => {
  test.each([
    ['a server in trouble', ['part-500'], 2],
    ['that again', ['part-500:3'], 4],
    ['a connection cut in the middle', ['part-cut:2'], 3],
    ['joining that fails at first', ['complete-500:2'], 1],
    ['a tag in the header alone', ['part-etag-header'], 1],
    ['a tag in the body alone', ['part-etag-body'], 1],
  ])('%s', async (_name, faults, tries) => {
    const fal = await startFal({ faults });
    const told: number[] = [];
    const url = value(await send(fal, await bigFile(), { progress: (done: number) => void told.push(done) }));
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe(String(SIZE));
    expect([secondParts(fal), told.at(-1)]).toEqual([tries, SIZE]);
    expect(sent(fal, /^PUT/)).toBe(9 + tries);
    expect(sent(fal, /initiate/)).toBe(1);
  });
});

describe('what does not pass ends the upload in words, and nothing is joined', () => {
  test.each([
    ['part-500:99', 4, { kind: 'request', detail: 'Part 2 of 10: The part was lost' }],
    ['part-cut:99', 4, { kind: 'network', detail: expect.stringMatching(/^Part 2 of 10: 127\.0\.0\.1/) }],
    ['part-etag-none', 0, { kind: 'protocol', detail: expect.stringMatching(/^Part \d of 10: /) }],
    ['upload-expired', 0, { title: 'The place that fal gave for the file is closed' }],
  ])('%s', async (fault, tries, error) => {
    const fal = await startFal({ faults: [fault] });
    expect(await send(fal, await bigFile())).toMatchObject({ ok: false, error });
    expect(secondParts(fal)).toBeGreaterThanOrEqual(tries);
    expect(secondParts(fal)).toBeLessThanOrEqual(4);
    expect(completes(fal)).toBe(0);
  });

  test.each([
    ['complete-400', 1, 'Joining the parts: A part is too small'],
    ['complete-500:99', 4, 'Joining the parts: The parts were not joined'],
  ])('%s', async (fault, tries, detail) => {
    const fal = await startFal({ faults: [fault] });
    expect(await send(fal, await bigFile())).toMatchObject({
      ok: false,
      error: { kind: 'request', title: 'fal did not take the file', detail },
    });
    expect(completes(fal)).toBe(tries);
  });

  test.each([
    ['lost', (response: ServerResponse) => void response.destroy()],
    ['a gateway’s', (response: ServerResponse) => void response.writeHead(504).end()],
  ])('joining that is refused when its first answer was %s may have been done', async (_name, first) => {
    let completions = 0;
    const server: TinyServer = await serve((response, { method, url }) => {
      if (url.startsWith('/rest/'))
        return json(response, 200, { upload_url: `${server.url}/put`, file_url: `${server.url}/a` });
      if (method === 'PUT') return json(response, 200, { etag: 'e' });
      completions += 1;
      if (completions === 1) first(response);
      else json(response, 404, { detail: 'No such upload' });
    });
    expect(await send(server, await bigFile())).toMatchObject({
      error: {
        kind: 'request',
        title: 'Whether fal has the file is not known',
        detail: 'Joining the parts: No such upload',
        hint: expect.stringContaining(`the file is at ${server.url}/a`),
      },
    });
    expect(completions).toBe(2);
  });

  test('a part whose connection goes silent counts as cut', async () => {
    const fal = await startFal({ faults: ['hold:part'] });
    const ended = await send(fal, await bigFile(), { stallLimit: 300 });
    expect(ended).toMatchObject({
      error: { kind: 'network', detail: expect.stringContaining('went silent') },
    });
    expect([secondParts(fal), completes(fal)]).toEqual([4, 0]);
  });
});

/** A storage whose parts are answered when four of them are on their way at once. */
async function patient(): Promise<TinyServer & { readonly most: () => number }> {
  const { wait, most } = turnstile(4);
  const server: TinyServer = await serve((response, { method, url }) => {
    if (url.startsWith('/rest/'))
      return json(response, 200, { upload_url: `${server.url}/put?s=1`, file_url: `${server.url}/a` });
    if (method === 'POST') return json(response, 200, {});
    wait(() => json(response, 200, { partNumber: 1, etag: url }));
  });
  return { ...server, most };
}

test('four parts are on their way at once, and never more; they are named in their order', async () => {
  const server = await patient();
  expect(value(await send(server, await bigFile(12 * PART)))).toBe(`${server.url}/a`);
  expect(server.most()).toBe(4);
  const done = server.seen.at(-1);
  expect(done).toMatchObject({ method: 'POST', url: '/put/complete?s=1' });
  expect(done?.headers.authorization).toBeUndefined();
  const named = Array.from({ length: 12 }, (_, i) => ({ partNumber: i + 1, etag: `/put/${i + 1}?s=1` }));
  expect(JSON.parse(done?.body ?? '')).toEqual({ parts: named });
});

/** How many open files of this process are this one. */
const handles = (path: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;

test.skipIf(process.platform !== 'linux')('a stop is obeyed at once, and nothing is left open', async () => {
  const stop = new AbortController();
  const fal = await startFal({ faults: ['hold:part'] });
  const file = await bigFile();
  const ending = send(fal, file, { signal: stop.signal });
  await vi.waitUntil(() => secondParts(fal) === 1);
  expect(handles(file.path)).toBe(1);
  stop.abort();
  expect(await ending).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(handles(file.path)).toBe(0);
  const puts = sent(fal, /^PUT/);
  fal.setFaults([]);
  expect([await send(fal, file, { signal: stop.signal }), completes(fal)]).toMatchObject([{ ok: false }, 0]);
  expect(sent(fal, /^PUT/)).toBe(puts);
});

test('its connections end with it', async () => {
  const server = await patient();
  value(await send(server, await bigFile(12 * PART)));
  const open = () =>
    new Promise<number>((resolve) => server.server.getConnections((_error, count) => resolve(count)));
  // One is fetch's own, by which the place was asked for.
  await vi.waitUntil(async () => (await open()) <= 1, { timeout: 2000 });
  expect(await open()).toBeLessThanOrEqual(1);
});

describe('a file that changes while it is sent is not joined', () => {
  test.each<[string, (path: string) => Promise<void>]>([
    ['grown', (path) => appendFile(path, 'more')],
    ['shortened', (path) => truncate(path, SIZE - 5)],
    ['touched', (path) => utimes(path, new Date(), new Date(1))],
  ])('%s', async (_name, change) => {
    const fal = await startFal({ faults: ['hold:part'] });
    const file = await bigFile();
    const ending = send(fal, file);
    await vi.waitUntil(() => secondParts(fal) === 1);
    await change(file.path);
    fal.setFaults([]);
    expect(await ending).toMatchObject({
      ok: false,
      error: { kind: 'storage', title: 'The file changed while it was sent', detail: file.path },
    });
    expect(completes(fal)).toBe(0);
  });
});

test('nor is one that changes after its last byte has left', async () => {
  const { path } = await bigFile();
  let puts = 0;
  const server: TinyServer = await serve((response, { method, url }) => {
    if (url.startsWith('/rest/'))
      return json(response, 200, { upload_url: `${server.url}/put`, file_url: `${server.url}/a` });
    puts += method === 'PUT' ? 1 : 0;
    const before = puts === 10 ? appendFile(path, 'more') : Promise.resolve();
    void before.then(() => json(response, 200, { etag: 'e' }));
  });
  expect(await send(server, { kind: 'path', path })).toMatchObject({
    error: { title: 'The file changed while it was sent' },
  });
  expect(server.seen.map(({ url }) => url)).not.toContain('/put/complete');
});

test('the owner’s way to the network is taken for every part, and left to the owner', async () => {
  const fal = await startFal();
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const asked: string[] = [];
  const connection = connectionTo(fal.hosts, {
    agentFor: (url) => {
      asked.push(url.pathname);
      return agent;
    },
  });
  value(await upload(connection, await bigFile(), { signal: never() }));
  expect(asked).toEqual([expect.stringMatching(/^\/cdn\/multipart\//)]);
  expect(Object.values(agent.freeSockets).flat().length).toBeGreaterThan(0);
});
