import { writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import type { RunMedia } from '../../shared/runs/run.ts';
import { aRun, tempDir, tempHistory } from '../history/history.fixture.ts';
import { MediaStore } from '../history/media-store.ts';
import { PictureRequests } from './picture-requests.ts';
import { copyWithText } from './png-text.ts';
import { KEYWORD, readRequest, writeRequest } from './request-text.ts';

const PROGRAM = 'test 0';
const LOCAL = `media:${'a'.repeat(64)}`;

function aPicture(tone: number): Uint8Array {
  return encode({ width: 2, height: 1, channels: 3, data: new Uint8Array(6).fill(tone) });
}

async function setUp() {
  const { history } = await tempHistory();
  const media = new MediaStore(await tempDir());
  await media.open();
  const requests = new PictureRequests({ history, on: () => true, program: PROGRAM });
  const store = async (tone: number): Promise<RunMedia & { kind: 'stored' }> => {
    const added = await media.add(aPicture(tone));
    if (!added.ok) throw new Error(added.error.title);
    const rest = { path: ['image'], medium: 'image', width: 2, height: 1, url: '' } as const;
    return { kind: 'stored', ...added.value, fileName: 'a.png', ...rest, path: ['image'] };
  };
  /** A picture with this text in it. */
  const withText = async (tone: number, text: string): Promise<Uint8Array> => {
    const dir = await tempDir();
    await writeFile(join(dir, 'a'), aPicture(tone));
    await copyWithText(join(dir, 'a'), join(dir, 'b'), KEYWORD, text);
    return readFile(join(dir, 'b'));
  };
  return { history, requests, store, withText };
}

test('an original is known by what it holds, and the newest run that brought it counts', async () => {
  const { history, requests, store } = await setUp();
  const file = await store(1);
  const done = { media: [file], state: { kind: 'succeeded' as const } };
  await history.putRun(aRun(1, done));
  await history.putRun(aRun(2, done));
  // It was only given this one.
  await history.putRun(aRun(3, { input: { image_url: `media:${file.sha256}` } }));
  expect(await requests.read(aPicture(1))).toMatchObject({ kind: 'run', run: { id: 2 } });
  expect(await requests.read(aPicture(9))).toEqual({ kind: 'none' });
  await history.trash([2], 5);
  expect(await requests.read(aPicture(1))).toMatchObject({ kind: 'run', run: { id: 1 } });
});

test('a copy is its run’s where that is here, and its own request elsewhere', async () => {
  const { history, requests, store, withText } = await setUp();
  const file = await store(1);
  const input = { prompt: 'a wren', seed: 12345678901234567890n, image_url: LOCAL };
  const run = aRun(1, { media: [file], input, output: { seed: 7 }, requestId: 'r-1' });
  await history.putRun(run);
  const copy = await withText(1, (await requests.textFor(file.sha256)) ?? '');
  expect(await requests.read(copy)).toMatchObject({ kind: 'run', run: { id: 1, input } });

  const elsewhere = await setUp();
  const told = {
    kind: 'request',
    endpointId: 'acme/bird',
    input: { prompt: 'a wren', seed: 12345678901234567890n },
    seed: '7',
    filesLeftOut: 1,
  };
  expect(await elsewhere.requests.read(copy)).toEqual(told);
  // Another request that calls itself by the id of one of ours is itself.
  const lie = await withText(1, '{"endpoint":"acme/bird","input":{"prompt":"b"},"requestId":"r-1"}');
  expect(await requests.read(lie)).toMatchObject({ kind: 'request', input: { prompt: 'b' } });
});

test('what is told is the request and nothing beside it', () => {
  const run = aRun(1, {
    profileId: 'key:secret-name',
    options: { headers: { 'X-Own': 'secret' } },
    input: { a: LOCAL, b: ['DATA:image/png;base64,AAAA', 'https://a.example/b.png'], c: { d: LOCAL } },
  });
  expect(JSON.parse(writeRequest(run, PROGRAM) ?? '')).toEqual({
    endpoint: 'acme/bird',
    input: { b: ['https://a.example/b.png'], c: {} },
    filesLeftOut: 3,
    program: PROGRAM,
  });
  expect(writeRequest({ ...run, input: { prompt: 'é'.repeat(600_000) } }, PROGRAM)).toBeNull();
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"endpoint":"acme/bird"}',
  '{"endpoint":"../../etc","input":{}}',
  '{"endpoint":"https://evil.example/x","input":{}}',
  '{"endpoint":"acme/bird","input":[]}',
  '{"endpoint":"acme/bird","input":{},"seed":"7"}',
  '{"endpoint":5,"input":{}}',
  `{"endpoint":"acme/bird","input":{"a":${'['.repeat(600)}${']'.repeat(600)}}}`,
])('what anybody may write into a picture is no request: %s', (text) => {
  expect(readRequest(text)).toBeNull();
});

test('a request from elsewhere names no file of this computer', () => {
  const text = JSON.stringify({ endpoint: ' acme/bird/ ', input: { a: LOCAL, __proto__x: 1 } });
  expect(readRequest(text)).toMatchObject({ endpointId: 'acme/bird', input: { __proto__x: 1 } });
  expect(readRequest(text)?.input).not.toHaveProperty('a');
});
