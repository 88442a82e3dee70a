import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MOST_SMALL_BYTES } from '../../shared/media/small.ts';
import type { Run } from '../../shared/runs/run.ts';
import { aRun, tempHistory } from './history.fixture.ts';
import { HistoryService } from './history-service.ts';
import { MediaStore } from './media-store.ts';
import { SmallPictures } from './small-pictures.ts';

const SHA = 'ab'.repeat(32);
const webp = (size = 40): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(Buffer.from('RIFF....WEBPVP8 '));
  return bytes;
};

async function begin() {
  const { history, dir } = await tempHistory();
  await history.putFile({ sha256: SHA, bytes: 5, contentType: 'image/png' });
  const file = {
    kind: 'stored' as const,
    path: [],
    medium: 'image' as const,
    sha256: SHA,
    contentType: 'image/png',
    bytes: 5,
    width: null,
    height: null,
    fileName: 'a.png',
    url: '',
  } satisfies Run['media'][number];
  await history.putRun(aRun(1, { media: [file], state: { kind: 'succeeded' } }));
  const small = new SmallPictures({ dir, history });
  await small.open();
  const stands = async () => (await history.cards([1]))[0]?.thumb?.small;
  return { history, dir, small, stands };
}

test('a small picture is kept under its file’s hash, and the card says so', async () => {
  const { dir, small, stands } = await begin();
  expect(await stands()).toBe('none');
  expect(await small.put(SHA, webp())).toMatchObject({ ok: true });
  expect(await stands()).toBe('made');
  expect(new Uint8Array(await readFile(join(dir, 'thumbs', 'ab', `${SHA}.webp`)))).toEqual(webp());
  expect(await readdir(join(dir, 'thumbs', 'tmp'))).toEqual([]);
});

test('that there can be none is kept too', async () => {
  const { small, stands } = await begin();
  expect(await small.put(SHA, null)).toMatchObject({ ok: true });
  expect(await stands()).toBe('impossible');
});

test('what is no WebP, is too large or of no known file is refused, and nothing stays', async () => {
  const { dir, small, stands } = await begin();
  for (const bytes of [new Uint8Array(0), Buffer.from('<svg onload=alert(1)>'), webp(MOST_SMALL_BYTES + 1)])
    expect(await small.put(SHA, bytes)).toMatchObject({ ok: false, error: { kind: 'input' } });
  expect(await small.put('cd'.repeat(32), webp())).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  expect(existsSync(small.pathOf(SHA))).toBe(false);
  expect(existsSync(small.pathOf('cd'.repeat(32)))).toBe(false);
  expect(await readdir(join(dir, 'thumbs', 'tmp'))).toEqual([]);
  expect(await stands()).toBe('none');
});

test('what a kill left half written is cleared, and a folder that cannot be written is said', async () => {
  const { dir, small } = await begin();
  await mkdir(join(dir, 'thumbs', 'tmp'), { recursive: true });
  await writeFile(join(dir, 'thumbs', 'tmp', 'half'), 'x');
  await small.open();
  expect(existsSync(join(dir, 'thumbs', 'tmp'))).toBe(false);
  await writeFile(join(dir, 'thumbs', 'ab'), 'in the way');
  expect(await small.put(SHA, webp())).toMatchObject({ ok: false, error: { kind: 'storage' } });
});

test('it goes with the last run of its file that is deleted for good', async () => {
  const { history, dir, small } = await begin();
  await small.put(SHA, webp());
  const media = new MediaStore(dir);
  const found = new HistoryService({
    history,
    media,
    small,
    profilesNamed: () => [],
    changed: () => undefined,
    purged: () => undefined,
  });
  await found.trash([1]);
  expect(existsSync(small.pathOf(SHA))).toBe(true);
  await found.purge(null);
  expect(existsSync(small.pathOf(SHA))).toBe(false);
});
