import type { Brush } from './brush.ts';
import { Pen } from './brush.ts';
import type { Canvas } from './canvas.ts';
import { inSlices, makeCanvas } from './canvas.ts';
import { noise } from './noise.ts';
import { SAMPLES } from './profiles.ts';
import type { Layer, Scene } from './scene.ts';

/** Paints a scene row by row: what is behind, its mirror image in the water, what stands in front. */
export async function render(scene: Scene, brush: Brush, signal: AbortSignal | null): Promise<Canvas> {
  const { width, height, waterline } = scene;
  const canvas = makeCanvas(width, height);
  const pen = new Pen();
  const mirrored = new Pen();
  const nearFirst = scene.layers.toReversed();
  const foreground = scene.foreground.toReversed();
  await inSlices(height, signal, (y) => {
    if (waterline !== null && y >= waterline) mirrorRow(scene, brush, canvas, y, waterline, mirrored);
    else paintRow(nearFirst, brush, canvas, y, true, pen);
  });
  const first = Math.max(0, Math.floor(Math.min(height, ...foreground.map((layer) => layer.highest - 1))));
  await inSlices(height - first, signal, (i) => paintRow(foreground, brush, canvas, first + i, false, pen));
  return canvas;
}

/** Front to back: most pixels are covered by the first layer they meet, and the others need not be mixed. */
function paintRow(
  nearFirst: readonly Layer[],
  brush: Brush,
  canvas: Canvas,
  y: number,
  withSky: boolean,
  pen: Pen,
): void {
  const { width, data } = canvas;
  const candidates = nearFirst.filter((layer) => layer.highest < y + 1);
  let at = y * width * 3;
  for (let x = 0; x < width; x += 1, at += 3) {
    let open = 1;
    let [r, g, b] = [0, 0, 0];
    for (const layer of candidates) {
      const cover = coverage(layer, x, y);
      if (cover <= 0) continue;
      // Under the ground, not under each tree: shading by single trees would streak.
      const below = y + 1 - (layer.ground[x * SAMPLES] ?? 0);
      brush.land(layer, x, y, below > 0 ? below : 0, pen);
      const share = open * cover;
      r += pen.r * share;
      g += pen.g * share;
      b += pen.b * share;
      open -= share;
      if (open < 0.003) break;
    }
    if (open >= 0.003) {
      if (withSky) brush.sky(x, y, pen);
      else pen.set(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      r += pen.r * open;
      g += pen.g * open;
      b += pen.b * open;
    }
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
  }
}

function coverage(layer: Layer, x: number, y: number): number {
  const { top } = layer;
  let sum = 0;
  for (let i = 0; i < SAMPLES; i += 1) {
    const under = y + 1 - (top[x * SAMPLES + i] ?? 0);
    sum += under <= 0 ? 0 : under >= 1 ? 1 : under;
  }
  return sum / SAMPLES;
}

function mirrorRow(scene: Scene, brush: Brush, canvas: Canvas, y: number, waterline: number, pen: Pen): void {
  const { width, height, unit } = scene;
  const { data } = canvas;
  const t = (y - waterline) / Math.max(1, height - waterline);
  // Waves look longer the nearer they are; the logarithm is the perspective.
  const rows = Math.log(t + 0.035) * 21;
  const across = 6.5 / (0.2 + t) / unit;
  const swing = unit * (0.001 + 0.009 * t);
  let at = y * width * 3;
  for (let x = 0; x < width; x += 1, at += 3) {
    const ripple = noise(x * across + 11, rows) + 0.45 * noise(x * across * 2.7, rows * 2.3 + 5);
    const depth = (y - waterline) * 0.97 + ripple * swing * 2.4;
    const sourceY = Math.max(0, Math.min(waterline - 1, Math.round(waterline - 1 - depth)));
    const sourceX = Math.max(0, Math.min(width - 1, Math.round(x + ripple * swing)));
    const from = (sourceY * width + sourceX) * 3;
    pen.set(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0);
    brush.water(x, t, ripple, pen);
    data[at] = pen.r;
    data[at + 1] = pen.g;
    data[at + 2] = pen.b;
  }
}
