import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from '../fal.fixture.ts';
import type { TinyServer } from '../fal.fixture.ts';
import { submit } from '../queue.ts';
import { run } from '../run.ts';
import { stream } from '../stream.ts';
import { subscribe } from '../subscribe.ts';
import { FILES_AT_ONCE, LocalFile, uploadInputFiles } from './model-input.ts';
import type { ModelInput } from './model-input.ts';
import { turnstile } from './storage.fixture.ts';

const BIRD = idOf('acme/bird');

async function onDisk(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'input-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, name), `bytes of ${name}`);
  return join(dir, name);
}
const blob = (text: string): Blob => new Blob([text], { type: 'text/plain' });

/** A storage that gives each file its name as address, and answers when `enough` of them ask for a place at once. */
async function storage(enough = 1): Promise<TinyServer & { readonly most: () => number }> {
  const { wait, most } = turnstile(enough);
  const server: TinyServer = await serve((response, { method, url, body }) => {
    if (method !== 'POST') return response.end();
    if (!url.startsWith('/rest/')) return json(response, 200, { request_id: 'r-1' });
    const { file_name } = JSON.parse(body);
    wait(() =>
      json(response, 200, { upload_url: `${server.url}/put`, file_url: `${server.url}/${file_name}` }),
    );
  });
  return { ...server, most };
}
const named = (server: TinyServer): unknown[] =>
  server.seen.filter(({ url }) => url.startsWith('/rest/')).map(({ body }) => JSON.parse(body).file_name);
const put = (server: TinyServer, input: ModelInput) =>
  uploadInputFiles(connectionTo(server.hosts), input, { signal: never() });

test('every file becomes its address, wherever it stands, and is sent once', async () => {
  const server = await storage();
  const path = await onDisk('wren.png');
  const file = new File(['a'], 'a.txt', { type: 'text/plain' });
  const input = {
    prompt: 'a wren',
    image: new LocalFile(path, { contentType: 'image/png' }),
    more: [{ url: file }, [file]],
    again: new LocalFile(relative('.', path), { contentType: 'image/png' }),
    renamed: new LocalFile(path, { contentType: 'image/png', fileName: 'b.png' }),
  };
  const at = (name: string): string => `${server.url}/${name}`;
  expect(value(await put(server, input))).toEqual({
    prompt: 'a wren',
    image: at('wren.png'),
    more: [{ url: at('a.txt') }, [at('a.txt')]],
    again: at('wren.png'),
    renamed: at('b.png'),
  });
  expect(named(server).toSorted()).toEqual(['a.txt', 'b.png', 'wren.png']);
  expect(input.more).toEqual([{ url: file }, [file]]);
});

test('what is no file is left as it came', async () => {
  const server = await storage();
  const date = new Date(0);
  const input: object = {
    text: 'data:image/png;base64,AAAA',
    list: [1, 2n, null, true, 'https://a.example/b.png'],
    date,
    bytes: new Uint8Array([1]),
    bare: Object.assign(Object.create(null), { deep: 1 }),
    nothing: undefined,
  };
  const sent = value(await put(server, { ...input }));
  expect(sent).toEqual(input);
  expect(sent['date']).toBe(date);
  expect(server.seen).toEqual([]);
});

test('several at a time, and not all', async () => {
  const server = await storage(FILES_AT_ONCE);
  const files = Array.from({ length: 12 }, (_, i) => new File(['x'], `${i}`));
  const sent = value(await put(server, { files }));
  expect(sent['files']).toEqual(files.map(({ name }) => `${server.url}/${name}`));
  expect(server.most()).toBe(FILES_AT_ONCE);
});

describe('one that cannot be sent is named, and nothing goes to the model', () => {
  test.each<[string, ModelInput, object]>([
    [
      'a file that is not there',
      { image: { urls: ['x', new LocalFile('/nowhere/a.png')] } },
      { kind: 'input', title: 'There is no such file', detail: 'a.png (image.urls[1]): /nowhere/a.png' },
    ],
    [
      'an empty one',
      { image: new File([], 'b.png') },
      { title: 'The file is empty', detail: 'b.png (image): b.png', hint: 'Nothing was sent to the model.' },
    ],
    [
      'one that stands twice, by its first place',
      { a: [new LocalFile('/nowhere/a.png')], b: new LocalFile('/nowhere/a.png') },
      { detail: 'a.png (a[0]): /nowhere/a.png' },
    ],
    ['one without a name', { mask: new Blob([]) }, { detail: expect.stringMatching(/^mask: /) }],
  ])('%s', async (_name, input, error) => {
    const server = await storage();
    const ended = await run(connectionTo(server.hosts), BIRD, input, {}, never());
    expect(ended).toMatchObject({ ok: false, error });
    expect(server.seen).toEqual([]);
  });

  test('options that cannot be sent are said before any file is', async () => {
    const server = await storage();
    const input = { image: blob('a') };
    const ended = await run(connectionTo(server.hosts), BIRD, input, { startTimeout: 0 }, never());
    expect(ended).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(server.seen).toEqual([]);
  });

  test('a stop on the way', async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    const ended = await submit(connectionTo(server.hosts), BIRD, { image: blob('a') }, stop.signal);
    expect(ended).toMatchObject({ ok: false, error: { kind: 'cancelled', title: 'Stopped' } });
    const wish = new AbortController();
    const other = await serve(() => wish.abort());
    expect(
      await submit(connectionTo(other.hosts), BIRD, { image: blob('a') }, never(), wish.signal),
    ).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect([server.seen.length, other.seen.length]).toEqual([1, 1]);
  });
});

describe('every call takes files in its input, and its lifecycle for them', () => {
  const lifecycle = { expiresIn: '1h' } as const;
  const all = async (events: AsyncIterable<unknown>): Promise<unknown> => {
    let last: unknown;
    for await (const event of events) last = event;
    return last;
  };
  test.each(['run', 'submit', 'subscribe', 'stream'] as const)('%s', async (name) => {
    const seen: unknown[] = [];
    const bird = { ...model('acme/bird', (input) => void seen.push(input)), streams: true };
    const fal = await startFal({ extraModels: [bird] });
    const input = { image: blob('the bytes'), prompt: 'a' };
    const asked: (string | null)[] = [];
    const connection = connectionTo(fal.hosts, {
      fetch: (url, init) => {
        asked.push(
          `${String(url).replace(/.*\//, '')} ${new Headers(init?.headers).get('x-fal-object-lifecycle')}`,
        );
        return fetch(url, init);
      },
    });
    const calls = {
      run: () => run(connection, BIRD, input, { lifecycle }, never()),
      submit: () => submit(connection, BIRD, input, never(), undefined, { lifecycle }),
      subscribe: () => all(subscribe(connection, BIRD, input, { lifecycle }, never())),
      stream: () => all(stream(connection, BIRD, input, { lifecycle }, never())),
    };
    await calls[name]();
    await expect.poll(() => seen).toEqual([{ image: expect.stringMatching(/^http/), prompt: 'a' }]);
    const [given] = seen;
    const url: unknown = typeof given === 'object' && given !== null && Reflect.get(given, 'image');
    expect(await (await fetch(String(url))).text()).toBe('the bytes');
    expect(asked[0]).toBe('initiate?storage_type=fal-cdn-v3 {"expiration_duration_seconds":3600}');
  });

  test.each(['subscribe', 'stream'] as const)('%s ends with what was wrong with a file', async (name) => {
    const server = await storage();
    const input = { image: new LocalFile('/nowhere/a.png') };
    const calls = { subscribe, stream };
    expect(await all(calls[name](connectionTo(server.hosts), BIRD, input, {}, never()))).toMatchObject({
      kind: 'failed',
      error: { title: 'There is no such file' },
    });
    expect(server.seen).toEqual([]);
  });
});
