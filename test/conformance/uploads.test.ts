import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { openAsBlob } from 'node:fs';
import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFalClient } from '@fal-ai/client';
import { connectionTo, idOf, json, never, serve, value } from '../../electron/fal/fal.fixture.ts';
import type { Seen, TinyServer } from '../../electron/fal/fal.fixture.ts';
import { run } from '../../electron/fal/run.ts';
import { FILES_AT_ONCE } from '../../electron/fal/storage/model-input.ts';
import type { ModelInput } from '../../electron/fal/storage/model-input.ts';
import { PIECE } from '../../electron/fal/storage/readable.ts';
import { turnstile } from '../../electron/fal/storage/storage.fixture.ts';
import { upload } from '../../electron/fal/storage/upload.ts';
import { differences } from './differences.ts';
import { officialClient } from './official.ts';

/** A file as both clients put it into fal's storage, and where theirs falls short. */

/** Every part in which a request of ours differs on purpose. Each is named by a scenario that shows it, or fails. */
const INTENDED = {
  'header user-agent': 'each says its own name, ours also to the storage',
  'header x-fal-object-lifecycle-preference':
    'ours says the lifecycle of an upload by both names, as the Python client does (fal-protocol §8.3)',
  'header accept': 'set by Node’s own fetch, by which the bytes of ours do not go',
  'header accept-encoding': 'the same',
  'header content-length': 'with the name that follows',
  body: 'a file without a name gets one of its time: theirs ends with a piece of the type, ours with the usual ending',
} as const;
type Part = keyof typeof INTENDED;
const FETCHED: readonly Part[] = ['header accept', 'header accept-encoding', 'header user-agent'];

/** What both clients' types allow. */
interface Kept {
  readonly expiresIn: '1d' | '7d';
  readonly initialAcl?: { default: 'hide'; rules: { user: string; decision: 'allow' }[] };
}

const PART = 10 * 1024 * 1024;
const LIMIT = 90 * 1024 * 1024;

interface Storage extends TinyServer {
  /** The most parts, or files, that were on their way at once. */
  readonly most: () => number;
}

/** A storage that keeps nothing, and answers bytes when `enough` of them are on their way at once. */
async function storage(enough = 1): Promise<Storage> {
  let n = 0;
  const { wait, most } = turnstile(enough);
  const server: TinyServer = await serve((response, { method, url }) => {
    if (url.startsWith('/rest/')) {
      n += 1;
      const at = `${server.url}/cdn/${n}`;
      return json(response, 200, { upload_url: `${at}?signed=1`, file_url: at });
    }
    if (method === 'POST') return json(response, 200, {});
    const partNumber = Number(url.split('/').at(-1)?.split('?')[0]);
    wait(() => json(response, 200, { partNumber, etag: 'e' }));
  });
  return { ...server, most };
}

/** A file that takes no room on the disk. */
async function sparse(size: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'conformance-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'film.mp4');
  await writeFile(path, '');
  await truncate(path, size);
  return path;
}

const ours = (server: TinyServer, bytes: Blob, lifecycle?: Kept) =>
  upload(connectionTo(server.hosts), { kind: 'bytes', bytes }, { signal: never(), lifecycle });

/** What each client asked, side by side; parts come in any order. */
function pairs(server: TinyServer): [theirs: Seen, own: Seen][] {
  // The second place is the second client's; in its addresses too it is the only thing that differs.
  const half = server.seen.length / 2;
  const sorted = (seen: readonly Seen[]): Seen[] => seen.toSorted((a, b) => (a.url < b.url ? -1 : 1));
  const own = sorted(
    server.seen.slice(half).map((seen) => ({ ...seen, url: seen.url.replace('/cdn/2', '/cdn/1') })),
  );
  return sorted(server.seen.slice(0, half)).flatMap((theirs, i) => {
    const mine = own[i];
    return mine === undefined ? [] : [[theirs, mine]];
  });
}

describe('the same requests', () => {
  const shown = new Set<string>();
  const acl: Kept = {
    expiresIn: '7d',
    initialAcl: { default: 'hide', rules: [{ user: 'mia', decision: 'allow' }] },
  };
  test.each<[string, () => Promise<Blob>, Kept | undefined, readonly Part[], readonly Part[], number]>([
    [
      'a file',
      async () => new File(['grün'], 'ä.txt', { type: 'text/plain' }),
      undefined,
      ['header user-agent'],
      FETCHED,
      2,
    ],
    [
      'a file with a lifecycle',
      async () => new File(['grün'], 'a.txt'),
      acl,
      ['header user-agent', 'header x-fal-object-lifecycle-preference'],
      FETCHED,
      2,
    ],
    [
      'bytes without a name',
      async () => new Blob(['a']),
      undefined,
      ['header user-agent', 'header content-length', 'body'],
      FETCHED,
      2,
    ],
    ['90 MiB', async () => namedBlob(LIMIT), undefined, ['header user-agent'], FETCHED, 2],
    [
      'a byte more, in parts',
      async () => namedBlob(LIMIT + 1),
      acl,
      ['header user-agent', 'header x-fal-object-lifecycle-preference'],
      FETCHED,
      1 + 10 + 1,
    ],
  ])('%s', async (_name, make, lifecycle, asked, sent, requests) => {
    const server = await storage();
    const file = await make();
    const theirs = await officialClient(server.hosts).storage.upload(file, lifecycle && { lifecycle });
    const own = value(await ours(server, file, lifecycle));
    expect([theirs, own]).toEqual([`${server.url}/cdn/1`, `${server.url}/cdn/2`]);
    const both = pairs(server);
    expect(both).toHaveLength(requests);
    for (const [one, other] of both)
      expect(differences(one, other)).toEqual((one.url.startsWith('/rest/') ? asked : sent).toSorted());
    for (const part of [...asked, ...sent]) shown.add(part);
    expect(server.seen.map(({ url, headers }) => [url.startsWith('/rest/'), headers.authorization])).toEqual(
      server.seen.map(({ url }) => (url.startsWith('/rest/') ? [true, 'Key demo:demo'] : [false, undefined])),
    );
  });

  test('every difference on the list is seen', () => {
    expect(Object.keys(INTENDED).filter((part) => !shown.has(part))).toEqual([]);
  });

  async function namedBlob(size: number): Promise<Blob> {
    const blob = await openAsBlob(await sparse(size));
    return new File([blob], 'film.mp4', { type: 'video/mp4' });
  }
});

describe('where theirs falls short', () => {
  test('a file over 90 MiB: theirs goes part after part, ours four at a time and no more', async () => {
    const path = await sparse(12 * PART);
    const one = await storage();
    await officialClient(one.hosts).storage.upload(await openAsBlob(path));
    expect([one.most(), one.seen.filter(({ method }) => method === 'PUT').length]).toEqual([1, 12]);
    // Nothing is answered before four are on their way: theirs would wait for ever.
    const four = await storage(4);
    const sent = await upload(connectionTo(four.hosts), { kind: 'path', path }, { signal: never() });
    expect(sent).toMatchObject({ ok: true });
    expect([four.most(), four.seen.filter(({ method }) => method === 'PUT').length]).toEqual([4, 12]);
  });

  test('a file over 90 MiB: theirs wants the whole of it at hand, ours reads as it is taken', async () => {
    const path = await sparse(12 * PART);
    const bodies: unknown[] = [];
    const answer = { upload_url: 'https://a.example/1', file_url: 'x', partNumber: 1, etag: 'e' };
    const official = createFalClient({
      credentials: 'demo:demo',
      fetch: (_input, { method, body } = {}) => {
        if (method === 'PUT') bodies.push(body);
        return Promise.resolve(Response.json(answer));
      },
    });
    // It reads no file: what it puts into the storage is the path itself.
    await Reflect.apply(official.storage.upload, official.storage, [path]);
    expect(bodies).toEqual([path]);
    // And what it is given in place of one is there in whole parts before a byte has left.
    await official.storage.upload(new Blob([await readFile(path)]));
    expect(bodies.slice(1).map((body) => body instanceof Blob && body.size)).toEqual(Array(12).fill(PART));

    const handle = await open(path);
    const read = vi.spyOn(Object.getPrototypeOf(handle), 'read');
    onTestFinished(() => void read.mockRestore());
    await handle.close();
    const server = await storage();
    const sockets: Socket[] = [];
    const opened = (message: unknown): void => {
      const socket: unknown = Reflect.get(Object(message), 'socket');
      if (socket instanceof Socket) sockets.push(socket);
    };
    subscribe('net.client.socket', opened);
    onTestFinished(() => void unsubscribe('net.client.socket', opened));
    const held: number[] = [];
    const progress = (): void => {
      const asked = read.mock.calls.reduce((sum, [, , length]) => sum + Number(length), 0);
      const left = sockets.reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0);
      held.push(asked - left);
    };
    value(await upload(connectionTo(server.hosts), { kind: 'path', path }, { signal: never(), progress }));
    expect(held).toHaveLength((12 * PART) / PIECE);
    // Read and not yet with the system: a piece on its way and one behind it, of each of four parts.
    expect(Math.max(...held)).toBeGreaterThan(0);
    expect(Math.max(...held)).toBeLessThanOrEqual(4 * 2 * PIECE);
  });

  test('bytes that are refused once: theirs fails, ours asks for another place', async () => {
    const met = new Set<string>();
    const server = await serve((response, { method, headers }) => {
      const at = `${server.url}/cdn/1`;
      if (method === 'POST') return json(response, 200, { upload_url: at, file_url: at });
      const first = !met.has(headers['user-agent'] ?? '');
      met.add(headers['user-agent'] ?? '');
      response.writeHead(first ? 503 : 200).end();
    });
    const file = new File(['a'], 'a.txt');
    await expect(officialClient(server.hosts).storage.upload(file)).rejects.toThrow('503');
    expect(await ours(server, file)).toMatchObject({ ok: true });
  });

  const both = (server: TinyServer, input: ModelInput & Record<string, unknown>, lifecycle?: Kept) => ({
    theirs: () =>
      officialClient(server.hosts).run('acme/bird', {
        input,
        ...(lifecycle === undefined ? {} : { storageSettings: lifecycle }),
      }),
    own: () => run(connectionTo(server.hosts), idOf('acme/bird'), input, { lifecycle }, never()),
  });
  const initiates = (server: TinyServer): Seen[] => server.seen.filter(({ url }) => url.startsWith('/rest/'));

  test('a file of an input becomes its address in both; one that stands twice theirs sends twice', async () => {
    const server = await storage();
    const file = new File(['a'], 'a.txt');
    const { theirs, own } = both(server, { image: file, list: [{ again: file }], text: 'data:,a', n: 1 });
    await theirs();
    expect(initiates(server)).toHaveLength(2);
    const at = (...places: string[]) => {
      const [image, again] = places.map((place) => `${server.url}/cdn/${place}`);
      return { image, list: [{ again }], text: 'data:,a', n: 1 };
    };
    expect([at('1', '2'), at('2', '1')]).toContainEqual(JSON.parse(server.seen.at(-1)?.body ?? ''));
    await own();
    expect(initiates(server)).toHaveLength(3);
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual(at('3', '3'));
  });

  test('the lifecycle of a call is not said of its files by theirs', async () => {
    const server = await storage();
    const { theirs, own } = both(server, { image: new File(['a'], 'a.txt') }, { expiresIn: '1d' });
    await theirs();
    await own();
    const said = initiates(server).map(({ headers }) => headers['x-fal-object-lifecycle']);
    expect(said).toEqual([undefined, '{"expiration_duration_seconds":86400}']);
    const calls = server.seen.filter(({ url }) => url.startsWith('/run/'));
    expect(calls.map(({ headers }) => headers['x-fal-object-lifecycle-preference'])).toEqual([
      '{"expiration_duration_seconds":86400}',
      '{"expiration_duration_seconds":86400}',
    ]);
  });

  test('many files: theirs all at once, ours a few', async () => {
    const input = { images: Array.from({ length: 12 }, (_, i) => new File(['a'], `${i}.txt`)) };
    const all = await storage(12);
    await both(all, input).theirs();
    expect(all.most()).toBe(12);
    const few = await storage(FILES_AT_ONCE);
    expect(await both(few, input).own()).toMatchObject({ ok: true });
    expect(few.most()).toBe(FILES_AT_ONCE);
  });
});
