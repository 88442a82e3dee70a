import { createHash } from 'node:crypto';
import { readFile, rm, truncate } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MOST_INPUT_BYTES } from '../../shared/media/input.ts';
import { value } from '../fal/fal.fixture.ts';
import { smallDisk, tempHistory } from './history.fixture.ts';
import { InputFiles } from './input-files.ts';
import { MediaStore } from './media-store.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function begin(dir?: string) {
  const opened = await tempHistory(dir);
  const media = new MediaStore(opened.dir);
  await media.open();
  return { ...opened, media, files: new InputFiles({ history: opened.history, media }) };
}

test('a file is kept under its hash, with the type of its bytes and a clean name, and known at the next start', async () => {
  const { files, media, history, dir } = await begin();
  const facts = value(await files.add({ bytes: PNG, fileName: '../../a photo.png' }));
  expect(facts).toEqual({
    sha256: shaOf(PNG),
    contentType: 'image/png',
    bytes: PNG.length,
    fileName: 'a photo.png',
  });
  expect(await readFile(media.pathOf(facts.sha256))).toEqual(PNG);
  expect(await media.unfinished()).toBe(0);
  await history.close();
  expect(await (await begin(dir)).files.facts(facts.sha256)).toEqual(facts);
});

test('the name does not make the type', async () => {
  const { files } = await begin();
  const text = value(await files.add({ bytes: Buffer.from('no picture'), fileName: 'a.png' }));
  expect(text.contentType).toBe('text/plain');
  const bytes = value(await files.add({ bytes: Buffer.from([0, 1, 2]), fileName: 'b.mp4' }));
  expect(bytes.contentType).toBe('application/octet-stream');
});

test('too large and empty are refused in words, and nothing is stored', async () => {
  const { files, media } = await begin();
  const large = await files.add({ bytes: new Uint8Array(MOST_INPUT_BYTES + 1), fileName: 'film.mp4' });
  expect(large).toMatchObject({
    ok: false,
    error: { kind: 'input', hint: expect.stringContaining('200 MiB') },
  });
  const empty = await files.add({ bytes: new Uint8Array(0), fileName: 'a' });
  expect(empty).toMatchObject({ ok: false, error: { hint: 'This file is empty.' } });
  expect(await files.facts(shaOf(new Uint8Array(0)))).toBeNull();
  expect(await media.unfinished()).toBe(0);
});

test('a file that was removed or cut is not there; one of a result has a name of its own', async () => {
  const { files, media, history } = await begin();
  const { sha256 } = value(await files.add({ bytes: PNG, fileName: 'a.png' }));
  await truncate(media.pathOf(sha256), 3);
  expect(await files.facts(sha256)).toBeNull();
  expect(await files.add({ bytes: PNG, fileName: 'a.png' })).toMatchObject({ ok: true });
  expect(await files.facts(sha256)).toMatchObject({ bytes: PNG.length });
  await rm(media.pathOf(sha256));
  expect(await files.facts(sha256)).toBeNull();
  expect(await files.facts('f'.repeat(64))).toBeNull();
  const result = value(await media.add(Buffer.from(PNG)));
  await history.putFile(result);
  // Added anew, it is whole again.
  expect(await files.facts(sha256)).toMatchObject({ sha256, fileName: 'a.png' });
  const other = value(await media.add(Buffer.concat([PNG, PNG])));
  await history.putFile(other);
  expect(await files.facts(other.sha256)).toMatchObject({
    fileName: `image-${other.sha256.slice(0, 8)}.png`,
  });
});

test('a full disk is said, with what to do', async ({ skip }) => {
  const disk = await smallDisk('1m');
  if (disk === null) return skip('only the owner of the system may make a disk');
  const { files } = await begin(disk.dir);
  const answer = await files.add({ bytes: new Uint8Array(4_000_000).fill(7), fileName: 'a.bin' });
  expect(answer).toMatchObject({
    ok: false,
    error: { kind: 'storage', title: 'The disk is full', hint: expect.stringContaining('choose it again') },
  });
});
