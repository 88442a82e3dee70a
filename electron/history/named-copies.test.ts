import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir, tempHistory } from './history.fixture.ts';
import { MediaStore } from './media-store.ts';
import { NamedCopies } from './named-copies.ts';

const PNG = new Uint8Array(await readFile(new URL('../../build/icon.png', import.meta.url)));

async function withFile() {
  const { history } = await tempHistory();
  const media = new MediaStore(await tempDir());
  const stored = await media.add(PNG);
  if (!stored.ok) throw new Error(stored.error.title);
  await history.putFile(stored.value);
  const dir = join(await tempDir(), 'copies');
  return { copies: new NamedCopies({ history, media, dir }), media, dir, ...stored.value };
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

test('a name without an ending gets that of its kind', async () => {
  const { copies, sha256 } = await withFile();
  expect(await copies.of(sha256, 'wren')).toMatchObject({
    ok: true,
    value: expect.stringMatching(/wren\.png$/),
  });
});

test('what is done to a copy elsewhere is not done to the file, and the next copy is whole', async () => {
  const { copies, media, sha256 } = await withFile();
  const given = await copies.of(sha256, 'a.png');
  const path = given.ok ? given.value : '';
  await writeFile(path, 'scribbled over');
  expect(new Uint8Array(await readFile(media.pathOf(sha256)))).toEqual(PNG);
  await copies.of(sha256, 'a.png');
  expect(new Uint8Array(await readFile(path))).toEqual(PNG);
  await rm(path);
  await copies.of(sha256, 'a.png');
  expect(new Uint8Array(await readFile(path))).toEqual(PNG);
});

test('what is not kept here, or not any more, is said and leaves nothing behind', async () => {
  const { copies, media, dir, sha256 } = await withFile();
  expect(await copies.of('b'.repeat(64), 'b.png')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  await rm(media.pathOf(sha256));
  expect(await copies.of(sha256, 'a.png')).toMatchObject({ ok: false, error: { kind: 'storage' } });
  expect(await readdir(join(dir, sha256.slice(0, 16)))).toEqual([]);
});

test('the next session begins with none', async () => {
  const { copies, dir, sha256 } = await withFile();
  await copies.of(sha256, 'a.png');
  await copies.open();
  await expect(readdir(dir)).rejects.toThrow('ENOENT');
  expect(await copies.of(sha256, 'a.png')).toMatchObject({ ok: true });
});
