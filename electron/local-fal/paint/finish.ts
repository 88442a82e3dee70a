import type { Canvas } from './canvas.ts';
import { inSlices, makeCanvas } from './canvas.ts';
import { noise, speck } from './noise.ts';

export type Finish = {
  /** 1 leaves colours as they are. */
  readonly saturation: number;
  readonly contrast: number;
  /** 0..1 darkening of the corners. */
  readonly vignette: number;
  /** Standard deviation of the film grain, 0..1. */
  readonly grain: number;
  /** 0 finished .. 1 nothing but noise: what a diffusion that stopped early looks like. */
  readonly unfinished: number;
  readonly seed: number;
};

export async function finish(canvas: Canvas, plan: Finish, signal: AbortSignal | null): Promise<void> {
  const { width, height, data } = canvas;
  const unit = Math.sqrt(width * height);
  const salt = (plan.seed & 0xffff) * 31;
  await inSlices(height, signal, (y) => {
    const vy = (y / height - 0.5) * 2;
    let at = y * width * 3;
    for (let x = 0; x < width; x += 1, at += 3) {
      let [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      if (plan.unfinished > 0.01) {
        const k = plan.unfinished;
        // Latent noise is coarse and coloured: blobs, with a finer layer on top.
        const u = (x / unit) * 34 + salt;
        const v = (y / unit) * 34;
        const fine = speck(x + salt, y) - 0.5;
        const blot = k * k * 0.5;
        r += blot * (noise(u, v) * 0.9 + noise(u * 3.1, v * 3.1) * 0.5) + fine * k * 0.22;
        g +=
          blot * (noise(u + 50, v) * 0.8 + noise(u * 3.1, v * 3.1 + 50) * 0.5) +
          (speck(x, y + salt) - 0.5) * k * 0.22;
        b +=
          blot * (noise(u, v + 90) * 0.9 + noise(u * 3.1 + 90, v * 3.1) * 0.5) +
          (speck(x - salt, y) - 0.5) * k * 0.22;
      }
      const light = 0.299 * r + 0.587 * g + 0.114 * b;
      const grey = light + (plan.contrast - 1) * (light - 0.45);
      r = grey + (r - light) * plan.saturation;
      g = grey + (g - light) * plan.saturation;
      b = grey + (b - light) * plan.saturation;
      const vx = (x / width - 0.5) * 2;
      const corner = vx * vx + vy * vy;
      const shade = 1 - plan.vignette * corner * corner * 0.25;
      // Two uniform draws make a triangle, near enough to a bell; dark tones carry a little less.
      const grain =
        (speck(x, y + salt) + speck(x + 911, y - salt) - 1) * plan.grain * 2.4 * (0.55 + 0.45 * light);
      data[at] = r * shade + grain;
      data[at + 1] = g * shade + grain;
      data[at + 2] = b * shade + grain;
    }
  });
}

/** Bilinear: a picture painted small, shown large, is the softness of early steps. */
export async function enlarge(
  small: Canvas,
  width: number,
  height: number,
  signal: AbortSignal | null,
): Promise<Canvas> {
  if (small.width === width && small.height === height) return small;
  const large = makeCanvas(width, height);
  await inSlices(height, signal, (y) => {
    const sy = Math.max(0, Math.min(small.height - 1, ((y + 0.5) * small.height) / height - 0.5));
    const y0 = Math.floor(sy);
    const y1 = Math.min(small.height - 1, y0 + 1);
    const fy = sy - y0;
    for (let x = 0; x < width; x += 1) {
      const sx = Math.max(0, Math.min(small.width - 1, ((x + 0.5) * small.width) / width - 0.5));
      const x0 = Math.floor(sx);
      const x1 = Math.min(small.width - 1, x0 + 1);
      const fx = sx - x0;
      for (let c = 0; c < 3; c += 1) {
        const a = small.data[(y0 * small.width + x0) * 3 + c] ?? 0;
        const b = small.data[(y0 * small.width + x1) * 3 + c] ?? 0;
        const d = small.data[(y1 * small.width + x0) * 3 + c] ?? 0;
        const e = small.data[(y1 * small.width + x1) * 3 + c] ?? 0;
        const top = a + (b - a) * fx;
        large.data[(y * width + x) * 3 + c] = top + (d + (e - d) * fx - top) * fy;
      }
    }
  });
  return large;
}
