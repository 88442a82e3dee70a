import { drawAccents } from './accents.ts';
import type { Canvas } from './canvas.ts';
import type { Rgb } from './color.ts';
import { blend } from './color.ts';
import { enlarge, finish } from './finish.ts';
import { drawSeal, INK, inkBrush } from './ink.ts';
import { readMood } from './mood.ts';
import { naturalBrush } from './natural.ts';
import { paintInOil } from './oil.ts';
import { FOLIAGE } from './palettes.ts';
import { encodePng } from './png.ts';
import { drawMargin, printBrush } from './print.ts';
import { render } from './render.ts';
import type { Scene } from './scene.ts';
import { composeScene } from './scene.ts';
import type { TreeTones } from './trees.ts';
import { drawTrees } from './trees.ts';

export const STYLES = ['natural', 'dusk', 'oil', 'ink', 'print'] as const;
export type Style = (typeof STYLES)[number];

export type PaintPlan = {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly seed: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly style?: Style;
  /** 0..1: how far the picture has come. Below 1 it is soft and noisy. */
  readonly progress?: number;
  /** As a diffusion model's scale: low is pale, high is vivid. 3.5 is even. */
  readonly guidance?: number;
};

/** Paints and encodes a PNG. Deterministic: the same plan gives the same bytes. */
export async function paint(plan: PaintPlan, signal: AbortSignal | null = null): Promise<Uint8Array> {
  return encodePng(await paintCanvas(plan, signal), signal);
}

export async function paintCanvas(plan: PaintPlan, signal: AbortSignal | null): Promise<Canvas> {
  const { width, height } = plan;
  const style = plan.style ?? 'natural';
  const unfinished = 1 - Math.min(1, Math.max(0, plan.progress ?? 1));
  // What is still to come is painted small and enlarged: it is soft, and it is quick.
  const coarse = 1 + 14 * unfinished ** 1.6;
  const size = {
    width: Math.max(8, Math.round(width / coarse)),
    height: Math.max(8, Math.round(height / coarse)),
  };
  const mood = readMood(plan.prompt, plan.negativePrompt);
  const scene = composeScene(mood, plan.seed, size, {
    dusk: style === 'dusk',
    highSun: style === 'ink' || style === 'print',
  });
  const canvas = await enlarge(await paintScene(scene, style, signal), width, height, signal);
  const guidance = Math.max(0, plan.guidance ?? 3.5);
  const vivid = 1 + 0.5 * (guidance / (guidance + 3.5) - 0.5);
  const onPaper = style === 'ink' || style === 'print';
  await finish(
    canvas,
    {
      saturation: vivid ** 1.6,
      contrast: vivid * (onPaper ? 1 : 1.04),
      vignette: onPaper ? 0.06 : 0.3,
      grain: onPaper ? 0.007 : style === 'oil' ? 0.004 : 0.011,
      unfinished,
      seed: plan.seed,
    },
    signal,
  );
  return canvas;
}

async function paintScene(scene: Scene, style: Style, signal: AbortSignal | null): Promise<Canvas> {
  const brush =
    style === 'ink' ? inkBrush(scene) : style === 'print' ? printBrush(scene) : naturalBrush(scene);
  const canvas = await render(scene, brush, signal);
  await drawTrees(canvas, scene.trees, treeTones(scene, style), signal);
  await drawAccents(
    canvas,
    scene,
    style === 'ink' ? INK : blend(scene.palette.near, [0, 0, 0], 0.25),
    signal,
  );
  if (style === 'ink') drawSeal(canvas, scene);
  if (style === 'print') await drawMargin(canvas, signal);
  return style === 'oil' ? paintInOil(canvas, scene.seed, signal) : canvas;
}

function treeTones(scene: Scene, style: Style): TreeTones {
  const { palette, sun, width, mood } = scene;
  const side = sun.x > width / 2 ? 1 : -1;
  if (style === 'ink')
    return { dark: INK, body: blend(INK, palette.sky[0], 0.2), light: blend(INK, palette.mist, 0.35), side };
  const leaves = mood.season === 'none' || mood.season === 'winter' ? null : FOLIAGE[mood.season];
  const dim =
    mood.time === 'night'
      ? 0.72
      : mood.time === 'dusk' || style === 'dusk'
        ? 0.36
        : mood.time === 'sunset'
          ? 0.35
          : 0.12;
  const dark = blend(palette.near, [0, 0, 0], 0.22);
  if (!leaves) {
    const frost = mood.season === 'winter' ? 0.5 * (1 - dim) : 0;
    return {
      dark,
      body: palette.near,
      light: blend(blend(palette.near, palette.glow, 0.3), [0.92, 0.95, 1], frost),
      side,
    };
  }
  const under = (color: Rgb) => blend(color, palette.near, dim);
  return {
    dark: blend(leaves[0], dark, 0.35 + 0.5 * dim),
    body: under(leaves[1]),
    light: under(leaves[2]),
    side,
  };
}
