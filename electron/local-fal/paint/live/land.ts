import type { Rgb } from '../color.ts';
import { blend } from '../color.ts';
import { clamp01, smooth } from '../noise.ts';
import { FOLIAGE, GRASS } from '../palettes.ts';
import { SAMPLES } from '../profiles.ts';
import type { Lamp, Light } from './light.ts';
import type { Place, Range } from './place.ts';

/** A range as it stands under the sliders of one frame. */
export type Land = {
  /** Rows, one a sample, with its trees. */
  readonly top: Float32Array;
  /** Rows, one a column, without them. */
  readonly ground: Float32Array;
  readonly highest: number;
  /** -1..1, one a column: how the slope turns to the light. */
  readonly facing: Float32Array;
  readonly depth: number;
  readonly wooded: boolean;
  readonly offset: number;
  readonly color: Rgb;
  /** What its lit side turns to. */
  readonly lit: Rgb;
  /** How much of the shared texture it shows, 0..1. */
  readonly relief: number;
  readonly foot: Rgb;
  /** By pixels below the crest: how much of the foot's colour is in it, and how bright the crest's rim is. */
  readonly fog: Float32Array;
  readonly rim: Float32Array;
};

export type Sliders = { readonly mist: number; readonly hills: number };

export function raise(place: Place, range: Range, light: Light, sliders: Sliders): Land {
  const { side, mood } = place;
  const { depth, gentle, rugged, trees } = range;
  const shore = range === place.shore;
  const steep = shore ? 0 : smooth(0.25, 1, sliders.hills) * (mood.terrain === 'mountains' ? 1 : 0.62);
  const relief = shore
    ? 1
    : (0.02 + 0.36 * sliders.hills) * (1 - 0.62 * depth) * (place.waterline === null ? 1 : 0.85);
  const top = new Float32Array(gentle.length);
  const ground = new Float32Array(side);
  let highest = side;
  for (let i = 0; i < top.length; i += 1) {
    const height = relief * ((gentle[i] ?? 0) * (1 - steep) + (rugged[i] ?? 0) * steep);
    const bare = side * (range.base - height);
    const y = bare - side * (trees?.[i] ?? 0);
    top[i] = y;
    if (i % SAMPLES === 0) ground[i / SAMPLES] = bare;
    if (y < highest) highest = y;
  }
  return {
    top,
    ground,
    highest,
    facing: facingOf(ground, light),
    depth,
    wooded: trees !== null,
    offset: range.offset,
    // Spurs belong to mountains: on rolling land they would look like rain.
    relief: trees ? 0.42 : 0.12 + 0.55 * steep,
    ...colors(place, range, light, sliders),
  };
}

function facingOf(ground: Float32Array, { sun, moon }: Light): Float32Array {
  const side = ground.length;
  const facing = new Float32Array(side);
  const towards = (lamp: Lamp, x: number) =>
    lamp.strength * Math.max(-1, Math.min(1, ((lamp.x - x) / side) * 3));
  for (let x = 0; x < side; x += 1) {
    const rise = ((ground[Math.min(side - 1, x + 3)] ?? 0) - (ground[Math.max(0, x - 3)] ?? 0)) / 6;
    facing[x] = Math.max(-1, Math.min(1, rise * 1.4)) * (towards(sun, x) + towards(moon, x));
  }
  return facing;
}

function colors(place: Place, range: Range, light: Light, { mist }: Sliders) {
  const { mood, side } = place;
  const { palette } = light;
  const { depth } = range;
  const leaves = mood.season === 'none' || mood.season === 'winter' ? null : FOLIAGE[mood.season];
  const bright = light.sun.strength * smooth(0.05, 0.5, palette.sky[1][1]);
  let near: Rgb = palette.near;
  if (mood.terrain === 'dunes') near = blend(near, [0.72, 0.5, 0.32], 0.5 * bright + 0.1);
  else if (leaves && range.trees) near = blend(near, leaves[1], 0.12 + 0.5 * bright);
  else if (mood.season !== 'winter') near = blend(near, GRASS, (range.trees ? 0.1 : 0.38) * bright);
  // By day the farthest land is nearly air; at night it stands dark before the sky.
  const seen = 0.35 + 0.45 * (1 - bright);
  const air = blend(palette.sky[3], palette.far, seen + (1 - seen) * Math.min(1, depth * 3));
  const clear = blend(air, near, depth ** 1.1);
  const veil = 0.75 * mist * (1 - depth) ** 1.2;
  const length = side * (0.17 - 0.12 * mist + 0.04 * depth);
  const amount = clamp01((0.16 + 1.05 * mist) * (1 - 0.66 * depth));
  return {
    color: blend(clear, palette.mist, veil),
    lit: leaves && range.trees ? blend(palette.glow, leaves[2], 0.75) : palette.glow,
    foot: blend(palette.mist, palette.sky[3], 0.25),
    fog: Float32Array.from({ length: side + 1 }, (_, below) => amount * (1 - Math.exp(-below / length))),
    rim: Float32Array.from(
      { length: side + 1 },
      (_, below) => 0.26 * Math.exp(-below / (side * 0.012)) * (1 - depth * 0.5),
    ),
  };
}
