import type { Rgb } from '../color.ts';
import { blend, shift } from '../color.ts';
import type { Mood } from '../mood.ts';
import { clamp01, smooth } from '../noise.ts';
import type { Palette, TimeOfDay } from '../palettes.ts';
import { PALETTES } from '../palettes.ts';

/** A body in the sky. `strength` is what it gives to air and land, 0..1. */
export type Lamp = { readonly x: number; readonly y: number; readonly strength: number };

export type Light = {
  readonly palette: Palette;
  readonly sun: Lamp;
  readonly moon: Lamp;
  /** 0..1, how plainly stars are seen. */
  readonly stars: number;
};

/** Hours at which a palette rules alone; between two they are mixed. */
const HOURS: readonly (readonly [number, TimeOfDay | 'own'])[] = [
  [0, 'night'],
  [0.08, 'night'],
  [0.16, 'dusk'],
  [0.25, 'dawn'],
  [0.38, 'own'],
  [0.62, 'own'],
  [0.77, 'sunset'],
  [0.86, 'dusk'],
  [0.95, 'night'],
  [1, 'night'],
];

const RISE = 0.18;
const SET = 0.82;

/** The light of an hour, 0..1 from midnight to midnight, over a place `side` pixels wide. */
export function lightAt(mood: Mood, hour: number, side: number, horizon: number): Light {
  // East may be on either side.
  const across = (share: number) => side * (mood.hash & 4 ? share : 1 - share);
  const day = (hour - RISE) / (SET - RISE);
  const up = Math.sin(day * Math.PI) * (day > -0.5 && day < 1.5 ? 1 : -1);
  const night = ((hour + 1 - SET - 0.02) % 1) / (1 - SET + RISE - 0.04);
  const high = night < 1 ? Math.sin(night * Math.PI) : 0;
  return {
    palette: paletteAt(mood, hour),
    sun: {
      x: across(0.14 + 0.72 * day),
      y: horizon - up * side * 0.4 + side * 0.015,
      strength: smooth(-0.42, 0.12, up),
    },
    moon: {
      x: across(0.12 + 0.72 * Math.min(1, night)),
      y: horizon - high * side * 0.42 + side * 0.03,
      strength: smooth(0.05, 0.45, high) * 0.55,
    },
    stars: smooth(0.14, 0.02, hour) + smooth(0.88, 0.98, hour),
  };
}

function paletteAt(mood: Mood, hour: number): Palette {
  let after = 1;
  while (after < HOURS.length - 1 && hour > (HOURS[after]?.[0] ?? 1)) after += 1;
  const [from, first] = HOURS[after - 1] ?? [0, 'night'];
  const [to, second] = HOURS[after] ?? [1, 'night'];
  const t = smooth(0, 1, clamp01((hour - from) / (to - from)));
  return mixed(chosen(mood, first), chosen(mood, second), t);
}

/** What the middle of the day looks like is the prompt's to say; its other hours are the slider's. */
function chosen(mood: Mood, time: TimeOfDay | 'own'): Palette {
  const own = ['storm', 'mist', 'desert', 'winter'].includes(mood.time) ? mood.time : 'day';
  const choices = PALETTES[time === 'own' ? own : time];
  // Only the first desert is lit by a high sun.
  const choice = time === 'own' && own === 'desert' ? 0 : mood.hash % choices.length;
  return choices[choice] ?? choices[0];
}

function mixed(a: Palette, b: Palette, t: number): Palette {
  const mix = (p: Rgb, q: Rgb): Rgb => blend(p, q, t);
  return {
    sky: [mix(a.sky[0], b.sky[0]), mix(a.sky[1], b.sky[1]), mix(a.sky[2], b.sky[2]), mix(a.sky[3], b.sky[3])],
    sun: mix(a.sun, b.sun),
    glow: mix(a.glow, b.glow),
    far: mix(a.far, b.far),
    near: mix(a.near, b.near),
    mist: mix(a.mist, b.mist),
    cloud: mix(a.cloud, b.cloud),
  };
}

/** The hue turned towards a colour that the prompt names. */
export function tinted(palette: Palette, tint: number | null): Palette {
  if (tint === null) return palette;
  const turn = (color: Rgb) => shift(color, tint * 0.8, 1.1);
  const [zenith, upper, lower, horizon] = palette.sky;
  return {
    ...palette,
    sky: [turn(zenith), turn(upper), turn(lower), turn(horizon)],
    glow: turn(palette.glow),
    far: turn(palette.far),
    near: turn(palette.near),
    mist: turn(palette.mist),
    cloud: turn(palette.cloud),
  };
}
