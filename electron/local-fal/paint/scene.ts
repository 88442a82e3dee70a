import type { Rgb } from './color.ts';
import { blend, shift } from './color.ts';
import type { Mood } from './mood.ts';
import type { Foliage, Palette } from './palettes.ts';
import { FOLIAGE, GRASS, PALETTES } from './palettes.ts';
import type { Profile, ProfilePlan } from './profiles.ts';
import { dunes, growTrees, hills, mountains, SAMPLES } from './profiles.ts';
import type { Random } from './random.ts';
import type { Tree } from './trees.ts';
import { plantTrees } from './trees.ts';
import { forkOf, mixSeeds, randomOf } from './random.ts';

export type Layer = {
  readonly kind: 'land' | 'dune' | 'trees';
  readonly top: Profile;
  /** The same without its trees. */
  readonly ground: Profile;
  /** Smallest value of `top`: rows above it need not look at the layer. */
  readonly highest: number;
  /** How the ground turns to the light, -1..1 along x; shades the flanks. */
  readonly facing: Float32Array;
  /** 0 far, 1 near. */
  readonly depth: number;
  readonly color: Rgb;
  /** What the layer fades to below its edge. */
  readonly foot: Rgb;
  /** Pixels over which it fades, and how far (0..1). */
  readonly fade: number;
  readonly fadeAmount: number;
  readonly snow: number;
  readonly offset: number;
  /** Colours that crowns are mixed from, for woods. */
  readonly foliage: Foliage | null;
};

export type Scene = {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly mood: Mood;
  readonly palette: Palette;
  /** Far to near. */
  readonly layers: readonly Layer[];
  /** Those that stand in front of the water. */
  readonly foreground: readonly Layer[];
  /** Row at which the sky ends. */
  readonly horizon: number;
  /** Those near enough to be drawn one by one, far to near. */
  readonly trees: readonly Tree[];
  /** First row of water, or null. */
  readonly waterline: number | null;
  readonly sun: { readonly x: number; readonly y: number; readonly radius: number };
  readonly clouds: { readonly offset: number; readonly cover: number; readonly scale: number };
  readonly seed: number;
};

export type SceneSize = { readonly width: number; readonly height: number };

/** Decides everything that can be decided before the first pixel. */
export function composeScene(
  mood: Mood,
  seed: number,
  size: SceneSize,
  light: { readonly dusk?: boolean; readonly highSun?: boolean } = {},
): Scene {
  const { width, height } = size;
  const random = randomOf(mixSeeds(mood.hash, seed));
  const unit = Math.sqrt(width * height);
  const palette = choosePalette(mood, light.dusk ?? false);
  const horizon = height * random.between(0.5, 0.6);
  const sunX = width * (random.chance(0.5) ? random.between(0.2, 0.42) : random.between(0.58, 0.8));
  const low = ['sunset', 'dawn', 'dusk', 'desert'].includes(mood.time);
  const lowest = horizon - unit * random.between(0.22, 0.33);
  const sunY = low ? horizon - unit * random.between(0.03, 0.17) : height * random.between(0.14, 0.28);
  const radius = unit * (mood.moon ? random.between(0.026, 0.04) : random.between(0.03, 0.048));
  const waterline = mood.water ? Math.round(height * random.between(0.6, 0.68)) : null;
  const common = { mood, palette, width, height, unit, random, sunX };
  const land = composeLayers(common, horizon, waterline ?? height, waterline !== null);
  const shore = waterline === null ? null : composeShore(common, waterline);
  return {
    width,
    height,
    unit,
    mood,
    palette,
    layers: land.layers,
    horizon,
    foreground: shore ? [shore.bank] : [],
    trees: shore ? shore.trees : frameWithTrees(common, land.nearest),
    waterline,
    sun: { x: sunX, y: light.highSun ? Math.min(sunY, lowest) : sunY, radius },
    clouds: {
      offset: random.between(0, 400),
      cover: mood.time === 'storm' ? 0.85 : random.between(0.25, 0.6),
      scale: random.between(0.8, 1.3),
    },
    seed,
  };
}

function choosePalette(mood: Mood, dusk: boolean): Palette {
  const choices = PALETTES[dusk && mood.time !== 'night' ? 'dusk' : mood.time];
  // A dusk asked for by style is another one than the prompt's own.
  const chosen = choices[(mood.hash + (dusk ? 1 : 0)) % choices.length] ?? choices[0];
  const turn = mood.tint ?? ((mood.hash >>> 24) % 17) - 8;
  const turned = (color: Rgb) =>
    shift(color, turn * (mood.tint === null ? 1 : 0.8), mood.tint === null ? 1 : 1.12);
  return {
    sky: [turned(chosen.sky[0]), turned(chosen.sky[1]), turned(chosen.sky[2]), turned(chosen.sky[3])],
    sun: chosen.sun,
    glow: turned(chosen.glow),
    far: turned(chosen.far),
    near: turned(chosen.near),
    mist: turned(chosen.mist),
    cloud: turned(chosen.cloud),
  };
}

type Common = {
  readonly mood: Mood;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly random: Random;
  readonly sunX: number;
};

function composeLayers(common: Common, horizon: number, end: number, shore: boolean) {
  const { mood, unit, width, random } = common;
  const count = mood.terrain === 'dunes' ? 5 : shore ? 5 : 7;
  // The hero stands across from the light, a third in.
  const peakAt =
    ((common.sunX < width / 2 ? random.between(0.6, 0.74) : random.between(0.26, 0.4)) * width) / unit;
  const layers: Layer[] = [];
  let nearest: Profile = new Float32Array(width * SAMPLES);
  for (let i = 0; i < count; i += 1) {
    const t = i / (count - 1);
    const depth = shore ? t * 0.72 : t;
    const base = horizon + (end - horizon) * (shore ? 0.06 + 0.9 * t : 0.02 + 0.84 * t ** 1.25);
    const plan: ProfilePlan = {
      width,
      unit,
      base,
      relief: unit * reliefOf(mood, t, shore),
      frequency: (mood.terrain === 'mountains' ? 2.6 : 1.9) * (1.25 - 0.5 * t) * random.between(0.85, 1.15),
      offset: random.between(0, 900),
    };
    const wooded = mood.forest && mood.terrain !== 'dunes' && t > (shore ? 0.7 : 0.5);
    const ground = groundProfile(mood, plan, t, peakAt + random.between(-0.06, 0.06));
    nearest = ground;
    const top = wooded ? Float32Array.from(ground) : ground;
    if (wooded) {
      const treeHeight = unit * (shore ? 0.012 + 0.02 * t : 0.008 + 0.062 * ((t - 0.4) / 0.6) ** 2);
      growTrees(
        top,
        ground,
        { height: treeHeight, density: 1.7, crown: crownOf(mood, random), clumps: 0.25 },
        forkOf(random),
      );
    }
    layers.push(
      makeLayer(common, {
        kind: mood.terrain === 'dunes' ? 'dune' : wooded ? 'trees' : 'land',
        ground,
        top,
        depth,
      }),
    );
  }
  return { layers, nearest };
}

function crownOf(mood: Mood, random: Random): 'conifer' | 'round' {
  if (mood.season === 'spring' || mood.season === 'autumn') return random.chance(0.8) ? 'round' : 'conifer';
  return mood.terrain === 'hills' && mood.season === 'summer' ? 'round' : 'conifer';
}

function reliefOf(mood: Mood, t: number, shore: boolean): number {
  switch (mood.terrain) {
    case 'mountains':
      return (0.34 - 0.2 * t) * (shore ? 0.8 - 0.35 * t : 1);
    case 'hills':
      return (0.13 - 0.04 * t) * (shore ? 0.8 - 0.4 * t : 1);
    case 'dunes':
      return 0.1 + 0.1 * t;
  }
}

function groundProfile(mood: Mood, plan: ProfilePlan, t: number, peakAt: number): Profile {
  switch (mood.terrain) {
    case 'mountains':
      return t < 0.72 ? mountains(plan, peakAt + t * 0.5, 0.3 + 0.7 * t) : hills(plan);
    case 'hills':
      return hills(plan);
    case 'dunes':
      return dunes(plan);
  }
}

/** A bank that frames the water at one lower corner, with a few trees on it. */
function composeShore(common: Common, waterline: number): { bank: Layer; trees: Tree[] } {
  const { mood, unit, width, height, random } = common;
  const left = common.sunX > width / 2;
  const ground = new Float32Array(width * SAMPLES);
  const reach = random.between(0.42, 0.66) * width;
  const rise = Math.min(unit * 0.15, (height - waterline) * 0.5);
  const offset = random.between(0, 900);
  const wobble = hills({ width, unit, base: 0, relief: unit * 0.02, frequency: 4, offset });
  for (let i = 0; i < ground.length; i += 1) {
    const inward = (left ? i / SAMPLES : width - i / SAMPLES) / reach;
    const bank = inward < 1 ? (1 - inward) ** 1.3 * rise : (1 - inward) * unit * 0.3;
    ground[i] = height - bank - unit * 0.006 + (wobble[i] ?? 0) * Math.max(0, 1 - inward);
  }
  const bank = makeLayer(common, {
    kind: mood.terrain === 'dunes' ? 'dune' : 'land',
    ground,
    top: ground,
    depth: 1,
  });
  const crown = crownOf(mood, random);
  const count = Math.round(random.between(5, 12));
  const stand = random.between(0.42, 0.62) * reach;
  const plan = { height: unit * random.between(0.24, 0.34), count, crown };
  const from = left ? -unit * 0.05 : width - stand;
  const trees =
    mood.terrain === 'dunes'
      ? []
      : plantTrees(ground, from, from + stand + unit * 0.05, plan, forkOf(random));
  return { bank, trees };
}

/** Tall trees at one side, or both, where there is a wood to stand before. */
function frameWithTrees(common: Common, ground: Profile): Tree[] {
  const { mood, unit, width, height, random } = common;
  if (!mood.forest || mood.terrain === 'dunes') return [];
  const crown = crownOf(mood, random);
  const lowered = ground.map((y) => Math.max(y + unit * 0.03, height - unit * 0.05));
  const leftFirst = common.sunX > width / 2;
  const both = random.chance(0.45);
  const trees: Tree[] = [];
  if (crown === 'round') {
    // A grove that fills the foreground: rows of small crowns, the nearer the larger.
    for (const [row, share] of [0.07, 0.095, 0.13].entries()) {
      const line = ground.map((y) => Math.min(height + unit * 0.05, y + unit * (0.035 + 0.06 * row)));
      const plan = { height: unit * share, count: Math.round((width / unit) * (34 - 7 * row)), crown };
      trees.push(...plantTrees(line, -unit * 0.05, width + unit * 0.05, plan, forkOf(random)));
    }
  }
  for (const left of both ? [leftFirst, !leftFirst] : [leftFirst]) {
    const reach = width * random.between(0.16, 0.3) * (left === leftFirst ? 1 : 0.7);
    const from = left ? -unit * 0.06 : width - reach;
    const tall = unit * random.between(0.26, 0.42) * (left === leftFirst ? 1 : 0.75);
    const plan = { height: tall, count: Math.round(random.between(5, 10)), crown };
    trees.push(...plantTrees(lowered, from, from + reach + unit * 0.06, plan, forkOf(random)));
  }
  return trees.sort((a, b) => a.foot - b.foot);
}

function makeLayer(
  common: Common,
  options: { kind: Layer['kind']; ground: Profile; top: Profile; depth: number },
): Layer {
  const { mood, palette, unit, random } = common;
  const { kind, ground, top, depth } = options;
  let highest = Infinity;
  for (const y of top) if (y < highest) highest = y;
  const air = 0.55 + 0.45 * mood.haze;
  // Distance adds air: far land takes the colour of the sky's edge.
  const own = groundColor(common, kind);
  const color = blend(
    blend(palette.sky[3], palette.far, 0.35 + 0.65 * Math.min(1, depth * 3)),
    own,
    depth ** 1.15,
  );
  return {
    kind,
    top,
    ground,
    highest,
    facing: facingOf(ground, unit, common.sunX),
    depth,
    color,
    foot: blend(palette.mist, color, 0.3 + 0.4 * depth * depth),
    fade: unit * (0.05 + 0.11 * (1 - depth)) * (1.15 - 0.4 * mood.haze),
    fadeAmount: (kind === 'dune' ? 0.35 : 0.82) * air * (1 - 0.75 * depth ** 1.5),
    snow:
      mood.season === 'winter'
        ? 1
        : mood.terrain === 'mountains' && kind === 'land' && mood.hash % 3 === 0
          ? Math.max(0, 0.3 - 0.5 * depth)
          : 0,
    offset: random.between(0, 700),
    foliage: kind === 'trees' && depth > 0.4 ? seasonal(mood) : null,
  };
}

/** What the nearest land is made of: leaves in a season's wood, grass on its hills, else the palette's dark. */
function groundColor({ mood, palette }: Common, kind: Layer['kind']): Rgb {
  const leaves = seasonal(mood);
  if (kind === 'trees' && leaves) return blend(palette.near, leaves[0], 0.75);
  const green = mood.season === 'spring' || mood.season === 'summer';
  const light = mood.time === 'day' || mood.time === 'dawn' || mood.time === 'mist';
  return kind === 'land' && green ? blend(palette.near, GRASS, light ? 0.62 : 0.3) : palette.near;
}

function seasonal(mood: Mood): Foliage | null {
  return mood.season === 'none' || mood.season === 'winter' ? null : FOLIAGE[mood.season];
}

function facingOf(ground: Profile, unit: number, sunX: number): Float32Array {
  const width = ground.length / SAMPLES;
  const facing = new Float32Array(width);
  const reach = Math.max(1, Math.round(unit * 0.006));
  for (let x = 0; x < width; x += 1) {
    const before = ground[Math.max(0, x - reach) * SAMPLES] ?? 0;
    const after = ground[Math.min(width - 1, x + reach) * SAMPLES] ?? 0;
    const rise = (after - before) / (2 * reach);
    // y grows downwards: a top that falls to the right faces right.
    const toSun = Math.max(-1, Math.min(1, ((sunX - x) / unit) * 3));
    facing[x] = Math.max(-1, Math.min(1, rise * 1.4)) * toSun;
  }
  return facing;
}
