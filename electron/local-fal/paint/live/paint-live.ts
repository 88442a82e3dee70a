import type { Canvas } from '../canvas.ts';
import { inSlices } from '../canvas.ts';
import { smooth } from '../noise.ts';
import { SUB_FILTER } from '../png.ts';
import { SAMPLES } from '../profiles.ts';
import type { Land, Sliders } from './land.ts';
import { raise } from './land.ts';
import type { Lamp, Light } from './light.ts';
import type { Place } from './place.ts';
import { skyOf } from './sky.ts';
import type { Textures } from './textures.ts';

/** One frame on a canvas that may hold an older one: sky and land from top to bottom, their mirror image in the water, what stands before it. */
export async function paintFrame(
  canvas: Canvas,
  place: Place,
  light: Light,
  sliders: Sliders,
  textures: Textures,
  signal: AbortSignal | null,
): Promise<void> {
  const { side, waterline, shore } = place;
  const sky = skyOf(place, light, textures, sliders.mist);
  const lands = place.ranges.map((range) => raise(place, range, light, sliders)).toReversed();
  const bank = shore ? [raise(place, shore, light, sliders)] : [];
  const shade = { light, textures, spill: spillOf(side, light) };
  const skyEnd = Math.min(side, Math.max(...(lands.at(-1)?.top ?? [side])) + 2);
  await inSlices(side, signal, (y) => {
    if (waterline !== null && y >= waterline) paintWater(canvas, y, place, waterline, light, textures);
    else {
      if (y < skyEnd) sky(canvas, y);
      paintLand(canvas, y, lands, shade);
    }
  });
  const first = Math.max(0, Math.floor(Math.min(side, ...bank.map((land) => land.highest - 1))));
  await inSlices(side - first, signal, (i) => paintLand(canvas, first + i, bank, shade));
}

type Shade = { readonly light: Light; readonly textures: Textures; readonly spill: Float32Array };

/** Light that spills over the crests from behind, one value a column. */
function spillOf(side: number, { sun, moon }: Light): Float32Array {
  const from = (lamp: Lamp, x: number) => lamp.strength / (1 + ((x - lamp.x) / side) ** 2 * 14);
  return Float32Array.from({ length: side }, (_, x) => 0.66 * (from(sun, x) + from(moon, x)));
}

/** Front to back: most pixels are covered by the first range they meet. */
function paintLand(
  canvas: Canvas,
  y: number,
  nearFirst: readonly Land[],
  { light, textures, spill }: Shade,
): void {
  const { data, width: side } = canvas;
  const lands = nearFirst.filter((land) => land.highest < y + 1);
  if (lands.length === 0) return;
  const [gr, gg, gb] = light.palette.glow;
  const wisps = y * textures.width;
  const shine = 0.16 + 0.5 * Math.min(1, light.sun.strength + light.moon.strength * 0.5);
  for (let x = 0, at = y * side * 3; x < side; x += 1, at += 3) {
    let open = 1;
    let r = 0;
    let g = 0;
    let b = 0;
    for (const land of lands) {
      const cover = coverage(land.top, x * SAMPLES, y + 1);
      if (cover <= 0) continue;
      const under = y + 1 - (land.ground[x] ?? 0);
      const below = under <= 0 ? 0 : under >= side ? side : under | 0;
      const texture = land.wooded ? textures.crowns : textures.flanks;
      const grain = texture[below * textures.width + land.offset + x] ?? 0;
      const rim = land.rim[below] ?? 0;
      const lit = land.wooded
        ? grain * land.relief + (land.facing[x] ?? 0) * 0.12
        : (land.facing[x] ?? 0) * rim * 1.9 + grain * land.relief;
      const { color, foot } = land;
      let lr = color[0];
      let lg = color[1];
      let lb = color[2];
      const air = 1 - land.depth * 0.4;
      if (lit > 0) {
        const k = lit * shine * air * 0.6;
        lr += (1 - lr) * land.lit[0] * k;
        lg += (1 - lg) * land.lit[1] * k;
        lb += (1 - lb) * land.lit[2] * k;
      } else {
        const k = 1 + lit * 0.42;
        lr *= k;
        lg *= k;
        lb *= k;
      }
      const edge = rim * (spill[x] ?? 0);
      lr += (1 - lr) * gr * edge;
      lg += (1 - lg) * gg * edge;
      lb += (1 - lb) * gb * edge;
      // Wisps: mist is never even.
      const wisp = 0.9 + 0.34 * (textures.clouds[wisps + land.offset + x] ?? 0);
      const fog = (land.fog[below] ?? 0) * wisp;
      const share = open * cover;
      r += (lr + (foot[0] - lr) * fog) * share;
      g += (lg + (foot[1] - lg) * fog) * share;
      b += (lb + (foot[2] - lb) * fog) * share;
      open -= share;
      if (open < 0.003) {
        // Not even a trace of what is behind: below the sky that is an older frame.
        open = 0;
        break;
      }
    }
    data[at] = r + (data[at] ?? 0) * open;
    data[at + 1] = g + (data[at + 1] ?? 0) * open;
    data[at + 2] = b + (data[at + 2] ?? 0) * open;
  }
}

function coverage(top: Float32Array, at: number, y: number): number {
  const first = y - (top[at] ?? 0);
  const second = y - (top[at + 1] ?? 0);
  if (first <= 0 && second <= 0) return 0;
  if (first >= 1 && second >= 1) return 1;
  return ((first <= 0 ? 0 : first >= 1 ? 1 : first) + (second <= 0 ? 0 : second >= 1 ? 1 : second)) / 2;
}

function paintWater(
  canvas: Canvas,
  y: number,
  place: Place,
  waterline: number,
  light: Light,
  textures: Textures,
): void {
  const { data, width: side } = canvas;
  const { palette, sun, moon } = light;
  const t = (y - waterline) / (side - waterline);
  const [dr, dg, db] = palette.sky[0];
  const [mr, mg, mb] = palette.mist;
  const [sr, sg, sb] = palette.sun;
  const swing = side * (0.001 + 0.009 * t);
  const veil = Math.exp(-t * 26) * (0.15 + 0.45 * place.mood.haze);
  const spread = side * (0.018 + 0.2 * t);
  const shine = (place.mood.time === 'storm' ? 0.2 : 0.75) * (1 - 0.45 * t);
  const lamps = [sun, moon].filter((lamp) => lamp.strength > 0.01);
  const depth = 0.1 + 0.42 * t ** 1.3;
  for (let x = 0, at = y * side * 3; x < side; x += 1, at += 3) {
    const ripple = textures.ripples[y * side + x] ?? 0;
    const up = waterline - 1 - (y - waterline) * 0.97 - ripple * swing * 2.4;
    const row = up < 0 ? 0 : up > waterline - 1 ? waterline - 1 : (up + 0.5) | 0;
    const aside = x + ripple * swing;
    const column = aside < 0 ? 0 : aside > side - 1 ? side - 1 : (aside + 0.5) | 0;
    const from = (row * side + column) * 3;
    let r = data[from] ?? 0;
    let g = data[from + 1] ?? 0;
    let b = data[from + 2] ?? 0;
    const bright = r * 0.3 + g * 0.6 + b * 0.1;
    const shining = bright <= 0.62 ? 0 : smooth(0.62, 0.95, bright);
    const into = depth * (1 - 0.75 * shining);
    const wave = 0.95 + 0.11 * ripple;
    r = (r + (dr * 0.72 - r) * into) * wave;
    g = (g + (dg * 0.76 - g) * into) * wave;
    b = (b + (db * 0.8 - b) * into) * wave;
    for (const lamp of lamps) {
      const off = (x - lamp.x) / spread;
      if (off * off > 5) continue;
      const glint =
        Math.exp(-off * off) *
        shine *
        lamp.strength *
        (0.2 + 0.8 * smooth(0.05, 0.5, textures.glints[y * side + x] ?? 0));
      r += (1 - r) * sr * glint;
      g += (1 - g) * sg * glint;
      b += (1 - b) * sb * glint;
    }
    data[at] = r + (mr - r) * veil;
    data[at + 1] = g + (mg - g) * veil;
    data[at + 2] = b + (mb - b) * veil;
  }
}

/** Darker corners, the grain that keeps smooth skies from showing steps, and rows as a PNG wants them. */
export async function finish(
  canvas: Canvas,
  textures: Textures,
  raw: Uint8Array,
  signal: AbortSignal | null,
): Promise<void> {
  const { data, width: side } = canvas;
  const { dither, vignette } = textures;
  await inSlices(side, signal, (y) => {
    let to = y * (side * 3 + 1);
    raw[to] = SUB_FILTER;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let i = y * side, at = i * 3; i < (y + 1) * side; i += 1, at += 3, to += 3) {
      const shade = (vignette[i] ?? 1) * 255;
      const grain = (dither[i] ?? 0) + 0.5;
      const nr = toByte((data[at] ?? 0) * shade + grain);
      const ng = toByte((data[at + 1] ?? 0) * shade + grain);
      const nb = toByte((data[at + 2] ?? 0) * shade + grain);
      raw[to + 1] = nr - r;
      raw[to + 2] = ng - g;
      raw[to + 3] = nb - b;
      r = nr;
      g = ng;
      b = nb;
    }
  });
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value | 0;
}
