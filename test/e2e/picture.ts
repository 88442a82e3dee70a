import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import type { Playground } from './playground.ts';

/** A picture of one colour, as a file; its path. */
export async function pictureFile(dir: string, width: number, height: number): Promise<string> {
  const path = join(dir, `plain-${width}x${height}.png`);
  const data = new Uint8Array(width * height * 3).fill(140);
  await writeFile(path, encode({ width, height, data, channels: 3 }));
  return path;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** How light a pixel is, 0 to 255. */
  readonly at: (x: number, y: number) => number;
}

/** What a model was given under this address. */
export async function pixelsAt(url: string): Promise<Pixels> {
  const { width, height, data, channels } = decode(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  return { width, height, at: (x, y) => data[(y * width + x) * channels] ?? -1 };
}

/** The bytes of a PNG without the chunk behind its header that holds its request. */
export function withoutRequest(picture: Buffer): number[] {
  const head = 33;
  const type = picture.toString('latin1', head + 4, head + 8);
  if (type !== 'iTXt') throw new Error(`There is ${type} where a request should be.`);
  return [...picture.subarray(0, head), ...picture.subarray(head + picture.readUInt32BE(head) + 12)];
}

type Place = readonly [x: number, y: number];

/** Draws a line on the mask; places as parts of its width and height. */
export async function drawOnMask({ page }: Playground, from: Place, to: Place): Promise<void> {
  const box = await page.getByRole('img', { name: 'Mask over the image' }).boundingBox();
  if (box === null) throw new Error('There is no mask to draw on.');
  const at = ([x, y]: Place): Place => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}
