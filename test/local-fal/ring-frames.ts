import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import jpeg from 'jpeg-js';

/** Pixels, width and height. */
export const RING_SIDE = 512;
export const RING_LENGTH = 256;
/** Pixels of one of the eight blocks in the upper left corner that say which frame it is. */
const BLOCK = 32;
/** Makes a frame of some 60 KB. */
const QUALITY = 72;
/** To be counted up with every change of the pixels, or old frames would stay in use. */
const RECIPE = 'frames-1';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/local-fal-ring', import.meta.url));

export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
};

/** The frame's number out of its pixels: eight blocks in a row, the highest bit first, white is one. */
export function readFrameNumber({ width, data }: Pixels): number {
  let number = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    const at = ((BLOCK / 2) * width + bit * BLOCK + BLOCK / 2) * 4;
    number = number * 2 + ((data[at + 1] ?? 0) > 127 ? 1 : 0);
  }
  return number;
}

let made: Promise<readonly Uint8Array[]> | null = null;

/** JPEG frames, made once for a machine: encoding them takes many seconds. */
export function ringFrames(): Promise<readonly Uint8Array[]> {
  made ??= loadOrMake();
  return made;
}

async function loadOrMake(): Promise<readonly Uint8Array[]> {
  const file = join(CACHE, `${RECIPE}.bin`);
  const lock = `${file}.lock`;
  await mkdir(CACHE, { recursive: true });
  for (;;) {
    const frames = await load(file);
    if (frames !== null) return frames;
    if (await begin(lock)) break;
    await setTimeout(200);
  }
  try {
    return await make(file);
  } finally {
    await rm(lock, { force: true });
  }
}

/** Null where they are not made yet, or torn. */
const load = (file: string): Promise<readonly Uint8Array[] | null> => readFile(file).then(unpack, () => null);

/** False while another process makes them: it keeps a core busy for many seconds. One that died is not waited for. */
async function begin(lock: string): Promise<boolean> {
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, lock);
    return true;
  } catch {
    if (!isAlive(Number(await readFile(lock, 'utf8').catch(() => process.pid))))
      await rm(lock, { force: true });
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function make(file: string): Promise<readonly Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for (let number = 0; number < RING_LENGTH; number += 1) {
    frames.push(encodeFrame(number));
    await nextTurn();
  }
  // Whole files only.
  const part = `${file}.${process.pid}`;
  await writeFile(part, pack(frames));
  await rename(part, file);
  return frames;
}

export function encodeFrame(number: number): Uint8Array {
  return jpeg.encode({ width: RING_SIDE, height: RING_SIDE, data: draw(number) }, QUALITY).data;
}

/** Rolling hills with grass in them, which wander with the number; the blocks; a bar that moves along. */
function draw(number: number): Buffer {
  const data = Buffer.alloc(RING_SIDE * RING_SIDE * 4, 255);
  const shift = (number / RING_LENGTH) * Math.PI * 2;
  for (let y = 0; y < RING_SIDE; y += 1) {
    for (let x = 0; x < RING_SIDE; x += 1) {
      let shade = Math.sin(x / 61 + shift) + Math.sin(y / 37 - shift) + Math.sin((x + y) / 23);
      let grain = Math.imul(x * 374_761_393 + y * 668_265_263 + number * 97, 1_274_126_177);
      grain = ((grain ^ (grain >>> 13)) & 255) / 255 - 0.5;
      let [r, g, b] = [
        118 + 34 * shade + 44 * grain,
        124 + 30 * shade + 44 * grain,
        108 + 22 * shade + 44 * grain,
      ];
      if (y >= RING_SIDE - 12 && Math.abs(x - number * 2) < 6) [r, g, b] = [255, 160, 40];
      if (y < BLOCK && x < BLOCK * 8) r = g = b = (number >> (7 - Math.floor(x / BLOCK))) & 1 ? 255 : 0;
      shade = (y * RING_SIDE + x) * 4;
      data[shade] = Math.max(0, Math.min(255, r));
      data[shade + 1] = Math.max(0, Math.min(255, g));
      data[shade + 2] = Math.max(0, Math.min(255, b));
    }
  }
  return data;
}

/** Lengths first, then the frames one after the other. */
function pack(frames: readonly Uint8Array[]): Buffer {
  const lengths = Buffer.alloc(frames.length * 4);
  for (const [i, frame] of frames.entries()) lengths.writeUInt32LE(frame.byteLength, i * 4);
  return Buffer.concat([lengths, ...frames]);
}

function unpack(packed: Buffer): readonly Uint8Array[] {
  let at = RING_LENGTH * 4;
  const frames = Array.from({ length: RING_LENGTH }, (_, i) => {
    const start = at;
    at += packed.readUInt32LE(i * 4);
    return packed.subarray(start, at);
  });
  if (at !== packed.byteLength) throw new Error('The file is torn');
  return frames;
}
