import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { root } from './tools.ts';

/**
 * Draws build/icon.png, the app's icon: two hills and a spark on a dark tile. Run by hand when the drawing changes
 * (`node scripts/package-icon.ts`); electron-builder makes each system's own formats from the picture.
 */

const SIZE = 1024;
/** Each pixel is the mean of this many samples squared: smooth edges without any blending of shapes. */
const SAMPLES = 4;

type Colour = readonly [red: number, green: number, blue: number];
type Inside = (x: number, y: number) => boolean;

// Apple's grid: a tile of 824 in a picture of 1024; its corners are superellipses, not arcs.
const CENTRE = SIZE / 2;
const HALF = 412;
const tile: Inside = (x, y) => {
  const [dx, dy] = [Math.abs(x - CENTRE) / HALF, Math.abs(y - CENTRE) / HALF];
  return dx ** 5 + dy ** 5 <= 1;
};

/** A hill with straight flanks down to the tile's foot, its top at the point given. */
const hill =
  (topX: number, topY: number): Inside =>
  (x, y) =>
    y >= topY + Math.abs(x - topX) * 0.84;
const far = hill(408, 452);
const near = hill(668, 622);

/** A star of four points with hollow sides (an astroid). */
const spark: Inside = (x, y) => {
  const [dx, dy] = [Math.abs(x - 664) / 124, Math.abs(y - 348) / 124];
  return Math.sqrt(dx) + Math.sqrt(dy) <= 1;
};

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** The colour at a point; null outside the tile. */
function colourAt(x: number, y: number): Colour | null {
  if (!tile(x, y)) return null;
  if (spark(x, y)) return [126, 166, 255];
  if (near(x, y)) return [176, 182, 196];
  if (far(x, y)) return [241, 242, 245];
  return mix([48, 50, 58], [22, 23, 26], (y - (CENTRE - HALF)) / (2 * HALF));
}

const data = new Uint8Array(SIZE * SIZE * 4);
for (let py = 0; py < SIZE; py += 1) {
  for (let px = 0; px < SIZE; px += 1) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const x = px + ((sample % SAMPLES) + 0.5) / SAMPLES;
      const y = py + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      const colour = colourAt(x, y);
      if (colour === null) continue;
      covered += 1;
      for (const [channel, value] of colour.entries()) sum[channel] = (sum[channel] ?? 0) + value;
    }
    if (covered === 0) continue;
    const mean = sum.map((value) => Math.round(value / covered));
    data.set([...mean, Math.round((covered / SAMPLES ** 2) * 255)], (py * SIZE + px) * 4);
  }
}

const png = encode({ width: SIZE, height: SIZE, data, channels: 4, depth: 8 }, { zlib: { level: 9 } });
mkdirSync(join(root, 'build'), { recursive: true });
writeFileSync(join(root, 'build', 'icon.png'), png);
console.log(`build/icon.png, ${png.byteLength} bytes`);
