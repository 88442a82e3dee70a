import type { Mood } from '../mood.ts';
import { readMood } from '../mood.ts';
import { cloudy, noise, ridged, smooth } from '../noise.ts';
import { growTrees, SAMPLES } from '../profiles.ts';
import type { Random } from '../random.ts';
import { forkOf, mixSeeds, randomOf } from '../random.ts';

/** One range of land, apart from how high the slider lets it rise. */
export type Range = {
  /** 0 far, 1 near. */
  readonly depth: number;
  /** Row, as a share of the side, where it would lie if it were flat. */
  readonly base: number;
  /** Shares of the side, one a sample: as rolling land, as mountains, and what stands on it. */
  readonly gentle: Float32Array;
  readonly rugged: Float32Array;
  readonly trees: Float32Array | null;
  /** Where in the shared texture it begins. */
  readonly offset: number;
};

export type Place = {
  readonly mood: Mood;
  readonly side: number;
  /** Row. */
  readonly horizon: number;
  readonly waterline: number | null;
  /** Far to near. */
  readonly ranges: readonly Range[];
  /** The bank this side of the water. */
  readonly shore: Range | null;
  readonly cloudOffset: number;
  readonly cover: number;
  readonly stars: readonly { readonly x: number; readonly y: number; readonly light: number }[];
};

const HORIZON = 0.57;
export const WATERLINE = 0.69;

/** Everything about a landscape that no slider moves. */
export function placeOf(prompt: string, seed: number, side: number): Place {
  const mood = readMood(prompt);
  const random = randomOf(mixSeeds(mood.hash, seed));
  const horizon = Math.round(side * HORIZON);
  const waterline = mood.water ? Math.round(side * WATERLINE) : null;
  const end = waterline === null ? 1 : WATERLINE;
  const count = waterline === null ? 6 : 5;
  const peak = random.between(0.25, 0.75);
  const ranges = Array.from({ length: count }, (_, i): Range => {
    const t = i / (count - 1);
    const depth = waterline === null ? t : t * 0.75;
    const spread = waterline === null ? 0.03 + 0.8 * t ** 1.3 : 0.02 + 0.95 * t;
    const wooded = mood.forest && mood.terrain !== 'dunes' && t > 0.45;
    const shapes = shapesOf(side, depth, peak + random.between(-0.12, 0.12), random);
    const height = side * (0.016 + 0.055 * Math.max(0, depth - 0.4) ** 1.5);
    return {
      depth,
      base: HORIZON + (end - HORIZON) * spread,
      ...shapes,
      trees: wooded ? treesOf(side, height, mood, forkOf(random)) : null,
      offset: Math.floor(random.between(0, side)),
    };
  });
  return {
    mood,
    side,
    horizon,
    waterline,
    ranges,
    shore: waterline === null ? null : shoreOf(side, mood, random),
    cloudOffset: Math.floor(random.between(0, side * 0.7)),
    cover: mood.time === 'storm' ? 0.85 : random.between(0.3, 0.6),
    stars: starsOf(side, horizon, forkOf(random)),
  };
}

function shapesOf(side: number, depth: number, peak: number, random: Random) {
  const offset = random.between(0, 900);
  const wide = (1.5 - 0.5 * depth) * random.between(0.9, 1.1);
  const gentle = new Float32Array(side * SAMPLES);
  const rugged = new Float32Array(side * SAMPLES);
  for (let i = 0; i < gentle.length; i += 1) {
    const u = i / SAMPLES / side;
    gentle[i] = 0.5 + 0.55 * cloudy(u * wide * 1.3 + offset, offset * 1.3, 3);
    const hero = Math.exp(-(((u - peak) / 0.2) ** 2));
    const crags = ridged(u * wide * 2 + offset, offset * 1.7, 5);
    rugged[i] = crags * (0.75 + 0.4 * hero) + 0.42 * hero + 0.22 * noise(u * 1.1 + offset, offset) - 0.3;
  }
  return { gentle, rugged };
}

/** How far trees stand above the ground, grown on flat land and lifted by it later. */
function treesOf(side: number, height: number, mood: Mood, random: Random): Float32Array {
  const top = new Float32Array(side * SAMPLES);
  const crown = mood.season === 'none' || mood.season === 'winter' ? 'conifer' : 'round';
  growTrees(top, new Float32Array(side * SAMPLES), { height, density: 1.9, crown, clumps: 0.3 }, random);
  return top.map((y) => -y / side);
}

/** A bank that frames the water at one lower corner, with trees on it. */
function shoreOf(side: number, mood: Mood, random: Random): Range {
  const left = random.chance(0.5);
  const reach = random.between(0.5, 0.72);
  const offset = random.between(0, 900);
  const shape = new Float32Array(side * SAMPLES);
  for (let i = 0; i < shape.length; i += 1) {
    const u = i / SAMPLES / side;
    const inward = (left ? u : 1 - u) / reach;
    const wobble = 0.016 * cloudy(u * 5 + offset, offset, 3);
    shape[i] =
      inward < 1 ? 0.15 * (1 - inward) ** 1.3 + wobble * Math.min(1, 3 * (1 - inward)) : (1 - inward) * 0.3;
  }
  const trees = treesOf(side, side * 0.12, mood, forkOf(random)).map((height, i) => {
    const inward = (left ? i / SAMPLES / side : 1 - i / SAMPLES / side) / reach;
    return height * smooth(0.62, 0.2, inward);
  });
  const wooded = mood.terrain !== 'dunes';
  return { depth: 1, base: 1, gentle: shape, rugged: shape, trees: wooded ? trees : null, offset: 0 };
}

function starsOf(side: number, horizon: number, random: Random) {
  return Array.from({ length: 260 }, () => {
    const y = Math.floor(horizon * 0.95 * random.next());
    const high = 1 - (y / horizon) * 0.75;
    return { x: Math.floor(side * random.next()), y, light: high * (0.2 + 0.8 * random.next() ** 5) };
  });
}
