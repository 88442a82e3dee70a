import type { Canvas } from '../canvas.ts';
import { makeCanvas } from '../canvas.ts';
import { packPng } from '../png.ts';
import { lightAt, tinted } from './light.ts';
import { finish, paintFrame } from './paint-live.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import type { Textures } from './textures.ts';
import { makeTextures } from './textures.ts';

export type LivePlan = {
  readonly prompt: string;
  readonly seed: number;
  /** Pixels, width and height. */
  readonly side: number;
  /** Each 0..1. */
  readonly timeOfDay: number;
  readonly mist: number;
  readonly hills: number;
};

/** Paints and encodes a PNG. Deterministic: the same plan gives the same bytes. */
export async function paintLive(plan: LivePlan, signal: AbortSignal | null): Promise<Uint8Array> {
  const textures = await texturesOf(plan.side);
  const place = placeFor(plan);
  const light = lightAt(place.mood, plan.timeOfDay, plan.side, place.horizon);
  const tinctured = { ...light, palette: tinted(light.palette, place.mood.tint) };
  const desk = takeDesk(plan.side);
  try {
    await paintFrame(desk.canvas, place, tinctured, plan, textures, signal);
    await finish(desk.canvas, textures, desk.raw, signal);
    return await packPng(plan.side, plan.side, desk.raw, 'fast');
  } finally {
    free.push(desk);
  }
}

const textures = new Map<number, Promise<Textures>>();

function texturesOf(side: number): Promise<Textures> {
  let made = textures.get(side);
  if (!made) {
    // Whoever asked first may leave; the others still want it.
    made = makeTextures(side, null);
    textures.set(side, made);
  }
  return made;
}

/** The places last painted: a hand on a slider stays in one, a second session may be in another. */
const places = new Map<string, Place>();
const MAX_PLACES = 8;

function placeFor({ prompt, seed, side }: LivePlan): Place {
  const key = `${side} ${seed} ${prompt}`;
  const known = places.get(key);
  const place = known ?? placeOf(prompt, seed, side);
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > MAX_PLACES && oldest !== undefined) places.delete(oldest);
  return place;
}

/** What a frame is painted on, megabytes of it. Made anew each time, collecting the old ones takes longer than painting. */
type Desk = { readonly canvas: Canvas; readonly raw: Uint8Array };

const free: Desk[] = [];

function takeDesk(side: number): Desk {
  const at = free.findIndex(({ canvas }) => canvas.width === side);
  const [desk] = at < 0 ? [] : free.splice(at, 1);
  return desk ?? { canvas: makeCanvas(side, side), raw: Buffer.alloc((side * 3 + 1) * side) };
}
