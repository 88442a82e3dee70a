import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../history/history.fixture.ts';
import { copyWithText, MOST_TEXT, readText } from './png-text.ts';

const TEXT = '{"prompt":"ein Zaunkönig 🐦 مرحبا"}';
const PIXELS = { width: 300, height: 200, channels: 3 } as const;

/** Noise, so that it takes more than one piece of a file to read. */
const PICTURE = ((): Buffer => {
  const data = new Uint8Array(PIXELS.width * PIXELS.height * 3);
  for (let i = 0, seed = 7; i < data.length; i += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    data[i] = seed >>> 24;
  }
  return Buffer.from(encode({ ...PIXELS, data }));
})();

async function copied(bytes: Uint8Array, text = TEXT) {
  const dir = await tempDir();
  const [from, to] = [join(dir, 'from.png'), join(dir, 'to.png')];
  await writeFile(from, bytes);
  const copy = await copyWithText(from, to, 'fal', text);
  return { copy, from, to, files: async () => (await readdir(dir)).toSorted() };
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** The picture with chunks of ours behind its header. */
const withChunks = (...chunks: readonly Buffer[]): Buffer => {
  return Buffer.concat([PICTURE.subarray(0, 33), ...chunks, PICTURE.subarray(33)]);
};

test('a copy holds the text, and all else of the picture as it was', async () => {
  const { copy, from, to } = await copied(PICTURE);
  const bytes = await readFile(to);
  expect(readText(bytes, 'fal')).toBe(TEXT);
  expect(copy?.bytes).toBe(bytes.length);
  const length = bytes.length - PICTURE.length;
  expect(Buffer.concat([bytes.subarray(0, 33), bytes.subarray(33 + length)])).toEqual(PICTURE);
  expect(await readFile(from)).toEqual(PICTURE);
  expect(readText(PICTURE, 'fal')).toBeNull();
  expect(readText(bytes, 'fa')).toBeNull();
});

test('fast-png reads the copy with every sum checked, and finds the same pixels', async () => {
  const { to } = await copied(PICTURE);
  const read = decode(await readFile(to), { checkCrc: true });
  expect(read.data).toEqual(decode(PICTURE).data);
});

describe('another program', () => {
  const missing = spawnSync('identify', ['-version']).status !== 0;

  test.skipIf(missing)('finds the copy in order, and the same pixels in it', async () => {
    const { from, to } = await copied(PICTURE);
    // What it thinks of a chunk that is not in order would be a warning.
    const seen = (path: string): unknown => {
      const { status, stdout, stderr } = spawnSync('identify', [
        '-regard-warnings',
        '-format',
        '%m %#',
        path,
      ]);
      return { status, stdout: String(stdout), stderr: String(stderr) };
    };
    expect(seen(to)).toEqual(seen(from));
    expect(seen(to)).toMatchObject({ status: 0, stdout: expect.stringContaining('PNG '), stderr: '' });
    const altered = chunk('tEXt', Buffer.from('fal\0a'));
    altered.fill(9, altered.length - 4);
    await writeFile(to, withChunks(altered));
    expect(seen(to)).not.toMatchObject({ status: 0, stderr: '' });
  });
});

test.each([
  ['no picture', Buffer.from('{"a":1}')],
  ['nothing at all', Buffer.alloc(0)],
  ['the mark alone', PICTURE.subarray(0, 8)],
  ['cut off in its pixels', PICTURE.subarray(0, 100_000)],
  ['cut off before its last chunk', PICTURE.subarray(0, -12)],
  ['with a header that was altered', Buffer.from(PICTURE).fill(9, 16, 18)],
  ['with bytes where a chunk should be', withChunks(Buffer.alloc(40, 1))],
])('what is %s takes no text, and leaves nothing behind', async (_what, bytes) => {
  const { copy, files } = await copied(bytes);
  expect(copy).toBeNull();
  expect(await files()).toEqual(['from.png']);
  expect(readText(bytes, 'fal')).toBeNull();
});

test('a text in any kind of chunk is read, also behind the pixels', () => {
  const key = Buffer.from('fal\0');
  const packed = deflateSync(TEXT);
  expect(readText(withChunks(chunk('tEXt', Buffer.concat([key, Buffer.from(TEXT)]))), 'fal')).toBe(TEXT);
  expect(readText(withChunks(chunk('zTXt', Buffer.concat([key, Buffer.of(0), packed]))), 'fal')).toBe(TEXT);
  const international = Buffer.concat([key, Buffer.of(1, 0), Buffer.from('de\0falsch\0'), packed]);
  expect(readText(withChunks(chunk('iTXt', international)), 'fal')).toBe(TEXT);
  const behind = chunk('tEXt', Buffer.concat([key, Buffer.from(TEXT)]));
  expect(readText(Buffer.concat([PICTURE.subarray(0, -12), behind, PICTURE.subarray(-12)]), 'fal')).toBe(
    TEXT,
  );
});

test('what was made to harm is no text', () => {
  const key = Buffer.from('fal\0');
  const bomb = deflateSync(Buffer.alloc(3 * MOST_TEXT));
  expect(readText(withChunks(chunk('zTXt', Buffer.concat([key, Buffer.of(0), bomb]))), 'fal')).toBeNull();
  const long = chunk('tEXt', Buffer.concat([key, Buffer.alloc(MOST_TEXT + 2000, 65)]));
  expect(readText(withChunks(long), 'fal')).toBeNull();
  const latin = chunk('tEXt', Buffer.concat([key, Buffer.of(0xe4, 0xff)]));
  expect(readText(withChunks(latin), 'fal')).toBeNull();
  const unended = chunk('iTXt', Buffer.concat([key, Buffer.of(0, 0, 65, 65)]));
  expect(readText(withChunks(unended), 'fal')).toBeNull();
  const altered = chunk('tEXt', Buffer.concat([key, Buffer.from(TEXT)]));
  altered[12] = 33;
  expect(readText(withChunks(altered), 'fal')).toBeNull();
  const endless = Buffer.from(altered);
  endless.writeUInt32BE(0xffffffff);
  expect(readText(withChunks(endless), 'fal')).toBeNull();
  // One that cannot be read keeps none behind it from being read.
  expect(readText(withChunks(altered, chunk('tEXt', Buffer.concat([key, Buffer.from(TEXT)]))), 'fal')).toBe(
    TEXT,
  );
});
