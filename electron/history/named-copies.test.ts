import { readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir, tempHistory } from './history.fixture.ts';
import { MediaStore } from './media-store.ts';
import { readText } from '../saving/png-text.ts';
import { NamedCopies } from './named-copies.ts';

const PNG = new Uint8Array(await readFile(new URL('../../build/icon.png', import.meta.url)));

/** `told.request`: what copies of pictures take along, as it is now. */
async function withFile(told: { request: string | null } = { request: null }) {
  const { history } = await tempHistory();
  const media = new MediaStore(await tempDir());
  const stored = await media.add(PNG);
  if (!stored.ok) throw new Error(stored.error.title);
  await history.putFile(stored.value);
  const dir = join(await tempDir(), 'copies');
  const nextStart = async (): Promise<NamedCopies> => {
    const requests = { textFor: () => Promise.resolve(told.request) };
    const copies = new NamedCopies({ history, media, requests, dir });
    await copies.open();
    return copies;
  };
  const copies = await nextStart();
  /** The path of a copy, which must succeed. */
  const pathOf = async (name: string, from = copies): Promise<string> => {
    const given = await from.of(stored.value.sha256, name);
    if (!given.ok) throw new Error(given.error.title);
    return given.value;
  };
  return { copies, pathOf, nextStart, media, dir, ...stored.value };
}

test('a file is there under a safe form of its name, byte for byte, and once', async () => {
  const { copies, sha256 } = await withFile();
  const first = await copies.of(sha256, '../..\\a wren: on a "post".png');
  const again = await copies.of(sha256, '../..\\a wren: on a "post".png');
  expect(again).toEqual(first);
  const path = first.ok ? first.value : '';
  expect(basename(path)).toBe('a wren_ on a _post_.png');
  expect(new Uint8Array(await readFile(path))).toEqual(PNG);
  expect(basename(path, '.png')).not.toContain(sha256);
});

test('a picture takes its request along, and is thrown away like any other', async () => {
  const told = { request: '{"a":1}' as string | null };
  const { pathOf, nextStart, media, sha256, dir } = await withFile(told);
  const path = await pathOf('a.png');
  expect(readText(await readFile(path), 'fal')).toBe('{"a":1}');
  expect(await pathOf('a.png')).toBe(path);
  told.request = null;
  expect(new Uint8Array(await readFile(await pathOf('a.png')))).toEqual(PNG);
  expect(new Uint8Array(await readFile(media.pathOf(sha256)))).toEqual(PNG);
  await nextStart();
  await expect(readdir(dir)).rejects.toThrow('ENOENT');
});

test('a name without an ending gets that of its kind', async () => {
  const { copies, sha256 } = await withFile();
  expect(await copies.of(sha256, 'wren')).toMatchObject({
    ok: true,
    value: expect.stringMatching(/wren\.png$/),
  });
});

test('what a person makes of a copy stays, and the next one is whole and stands beside it', async () => {
  const { pathOf, media, sha256 } = await withFile();
  const path = await pathOf('a.png');
  await writeFile(path, 'drawn over');
  const second = await pathOf('a.png');
  expect(basename(second)).toBe('a (2).png');
  expect(await pathOf('a.png')).toBe(second);
  expect(await readFile(path, 'utf8')).toBe('drawn over');
  for (const whole of [second, media.pathOf(sha256)])
    expect(new Uint8Array(await readFile(whole))).toEqual(PNG);
});

test('a copy that was taken away is made anew, one that was only touched is the same', async () => {
  const { pathOf } = await withFile();
  const path = await pathOf('a.png');
  await utimes(path, 1, 1);
  expect(await pathOf('a.png')).toBe(path);
  await rm(path);
  expect(await pathOf('a.png')).toBe(path);
  expect(new Uint8Array(await readFile(path))).toEqual(PNG);
});

test('asked for at once under two names, both are there', async () => {
  const { pathOf } = await withFile();
  const paths = await Promise.all(['a.png', 'b.png', 'a.png'].map((name) => pathOf(name)));
  expect(paths.map((path) => basename(path))).toEqual(['a.png', 'b.png', 'a.png']);
  for (const path of paths) expect(new Uint8Array(await readFile(path))).toEqual(PNG);
});

test('what is not kept here, or not any more, is said and leaves nothing behind', async () => {
  const { copies, media, dir, sha256 } = await withFile();
  expect(await copies.of('b'.repeat(64), 'b.png')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  await rm(media.pathOf(sha256));
  expect(await copies.of(sha256, 'a.png')).toMatchObject({ ok: false, error: { kind: 'storage' } });
  expect(await readdir(join(dir, sha256.slice(0, 16)))).toEqual([]);
});

test('the next start finds only what a person changed or put there', async () => {
  const { pathOf, nextStart, sha256 } = await withFile();
  const changed = await pathOf('a.png');
  await writeFile(changed, 'drawn over');
  const again = await pathOf('a.png');
  await pathOf('b.png');
  const own = join(dirname(changed), 'layers.xcf');
  await writeFile(own, 'their own');
  await writeFile(join(dirname(changed), `.${sha256.slice(0, 16)}.part`), 'half');

  const later = await nextStart();
  expect((await readdir(dirname(changed))).toSorted()).toEqual(['a.png', 'layers.xcf']);
  expect(await pathOf('a.png', later)).toBe(again);
  await writeFile(again, 'drawn over as well');
  await nextStart();
  expect((await readdir(dirname(changed))).toSorted()).toEqual(['a (2).png', 'a.png', 'layers.xcf']);
});

test('where nothing was changed the next start leaves nothing', async () => {
  const { pathOf, nextStart, dir } = await withFile();
  await pathOf('a.png');
  const later = await nextStart();
  await expect(readdir(dir)).rejects.toThrow('ENOENT');
  expect(basename(await pathOf('a.png', later))).toBe('a.png');
});
