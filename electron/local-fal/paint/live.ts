import { inSlices, makeCanvas } from './canvas.ts';
import { blend } from './color.ts';
import { readMood } from './mood.ts';
import { cloudy } from './noise.ts';
import { PALETTES } from './palettes.ts';
import { encodePng } from './png.ts';

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
  const { side, seed } = plan;
  const mood = readMood(plan.prompt);
  const day = PALETTES.day[0];
  const night = PALETTES.night[0];
  const dark = Math.abs(plan.timeOfDay * 2 - 1);
  const canvas = makeCanvas(side, side);
  const offset = (seed % 9973) + (mood.hash % 997);
  const tops = [0, 1, 2, 3].map((i) =>
    Float32Array.from(
      { length: side },
      (_, x) =>
        side * (0.5 + 0.11 * i - plan.hills * 0.25 * (0.5 + cloudy((x / side) * (2 + i) + offset, i * 9, 3))),
    ),
  );
  const sky = blend(day.sky[1], night.sky[1], dark);
  const colors = tops.map((_, i) =>
    blend(
      blend(blend(day.far, day.near, i / 3), blend(night.far, night.near, i / 3), dark),
      day.mist,
      plan.mist * (1 - i / 4),
    ),
  );
  await inSlices(side, signal, (y) => {
    for (let x = 0; x < side; x += 1) {
      let color = sky;
      for (let i = 0; i < 4; i += 1) if (y >= (tops[i]?.[x] ?? 0)) color = colors[i] ?? sky;
      canvas.data.set(color, (y * side + x) * 3);
    }
  });
  return encodePng(canvas, signal);
}
