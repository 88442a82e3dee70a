import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';
import type { Canvas } from './canvas.ts';
import { inSlices } from './canvas.ts';

// fast-png compresses on the calling thread, some 100 ms for a picture; zlib's own thread does not hold us up.
const compress = promisify(deflate);

const SIGNATURE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const buffer = Buffer.alloc(data.byteLength + 12);
  buffer.writeUInt32BE(data.byteLength, 0);
  buffer.write(type, 4, 'latin1');
  buffer.set(data, 8);
  buffer.writeUInt32BE(crc32(buffer.subarray(4, 8 + data.byteLength)), 8 + data.byteLength);
  return buffer;
}

/** `fast` looks for no repetitions: filtered rows of a painting have few, and a frame must not wait for the search. */
const EFFORT = {
  small: { level: 4 },
  fast: { level: 1, strategy: constants.Z_HUFFMAN_ONLY },
} as const;

/** An 8-bit RGB PNG. Rows use the Sub filter, which suits gradients. */
export async function encodePng(canvas: Canvas, signal: AbortSignal | null): Promise<Uint8Array> {
  const { width, height, data } = canvas;
  const stride = width * 3;
  const raw = Buffer.allocUnsafe((stride + 1) * height);
  await inSlices(height, signal, (y) => {
    let at = y * (stride + 1);
    raw[at] = SUB_FILTER;
    let [r, g, b] = [0, 0, 0];
    for (let i = y * stride; i < (y + 1) * stride; i += 3) {
      const [nr, ng, nb] = [toByte(data[i] ?? 0), toByte(data[i + 1] ?? 0), toByte(data[i + 2] ?? 0)];
      raw[at + 1] = nr - r;
      raw[at + 2] = ng - g;
      raw[at + 3] = nb - b;
      at += 3;
      r = nr;
      g = ng;
      b = nb;
    }
  });
  return packPng(width, height, raw, 'small');
}

/** First in each row of `raw`: every byte stands for its difference to the same channel of the pixel before. */
export const SUB_FILTER = 1;

/** Rows that are filtered already become a file. `raw` is free again afterwards. */
export async function packPng(
  width: number,
  height: number,
  raw: Uint8Array,
  effort: keyof typeof EFFORT,
): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = await compress(raw, EFFORT[effort]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : (value * 255 + 0.5) | 0;
}
