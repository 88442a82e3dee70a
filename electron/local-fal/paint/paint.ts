import type { Canvas } from './canvas.ts';
import { enlarge, finish } from './finish.ts';
import { readMood } from './mood.ts';
import { naturalBrush } from './natural.ts';
import { encodePng } from './png.ts';
import { render } from './render.ts';
import { composeScene } from './scene.ts';

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
  const scene = composeScene(mood, plan.seed, size, style === 'dusk');
  const painted = await render(scene, naturalBrush(scene), signal);
  const canvas = await enlarge(painted, width, height, signal);
  const guidance = Math.max(0, plan.guidance ?? 3.5);
  const vivid = 1 + 0.5 * (guidance / (guidance + 3.5) - 0.5);
  await finish(
    canvas,
    {
      saturation: vivid ** 1.6,
      contrast: vivid * 1.04,
      vignette: 0.3,
      grain: 0.011,
      unfinished,
      seed: plan.seed,
    },
    signal,
  );
  return canvas;
}
