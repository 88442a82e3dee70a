import type { Brush } from './brush.ts';
import type { Canvas } from './canvas.ts';
import { inSlices } from './canvas.ts';
import type { Rgb } from './color.ts';
import { blend, gradient, hex, shift } from './color.ts';
import { clamp01, cloudy, noise, smooth } from './noise.ts';
import type { Layer, Scene } from './scene.ts';

const PAPER = hex('#f1e6cf');
const KEY = hex('#1c2233');

/** A woodblock print: flat inks, a dark key line, and the graded band that a wiped block leaves (bokashi). */
export function printBrush(scene: Scene): Brush {
  const { unit, sun, palette, horizon, height, mood, clouds } = scene;
  const inks = inksOf(scene);
  const [sr, sg, sb] = mood.moon ? blend(palette.sun, PAPER, 0.5) : inks.sun;
  return {
    sky(x, y, pen) {
      const t = clamp01(y / horizon);
      const ink = gradient(
        [
          [0, inks.top],
          [0.2, inks.top],
          [0.46, inks.middle],
          [0.78, inks.low],
          [1, inks.low],
        ],
        t,
      );
      pen.set(ink[0], ink[1], ink[2]);
      const distance = Math.hypot(x - sun.x, y - sun.y);
      pen.mix(sr, sg, sb, clamp01(sun.radius * 1.5 - distance + 0.5));
      // Clouds are cut shapes: long, flat below, scalloped above.
      const row = y / unit;
      const scallop = Math.abs(noise((x / unit) * 7 + clouds.offset, 3)) * 0.03;
      const shape = cloudy((x / unit) * 1.15 + clouds.offset, (row + scallop) * 5.2 + clouds.offset, 2);
      const cut = clamp01((shape - 0.3) * unit * 0.09);
      const [cr, cg, cb] = inks.cloud;
      pen.mix(cr, cg, cb, cut * smooth(horizon * 0.98, horizon * 0.8, y));
      grain(x, y, unit, pen);
    },
    land(layer, x, y, below, pen) {
      const { flat, deep } = inksFor(layer, scene);
      pen.set(flat[0], flat[1], flat[2]);
      const u = x / unit;
      const v = y / unit;
      const edge = unit * (0.03 + 0.05 * (1 - layer.depth)) * (1 + 0.5 * noise(u * 4 + layer.offset, v * 4));
      pen.mix(deep[0], deep[1], deep[2], 1 - smooth(edge * 0.3, edge, below));
      if (layer.kind !== 'trees') {
        // Carved hatching along the spurs.
        const spur = noise(u * 13 + layer.offset + below * 0.004, (v + u * 0.5) * 6 + layer.offset);
        const cut = clamp01((Math.abs(spur) - 0.42) * 14) * Math.exp(-below / (unit * 0.11));
        pen.mix(deep[0], deep[1], deep[2], cut * 0.6);
        if (layer.snow > 0) {
          const hem = 0.07 + 0.05 * noise(u * 10 + layer.offset, 1) + 0.035 * noise(u * 31 + layer.offset, 2);
          const snow = clamp01((unit * hem * (0.4 + 0.9 * layer.snow) - below) * 0.6);
          pen.mix(PAPER[0], PAPER[1], PAPER[2], snow * (1 - cut));
        }
      }
      const line = clamp01(unit * 0.0026 - below + 0.6) * (0.35 + 0.6 * layer.depth);
      pen.mix(KEY[0], KEY[1], KEY[2], line);
      grain(x, y, unit, pen);
    },
    water(x, t, ripple, pen) {
      const [wr, wg, wb] = gradient(
        [
          [0, inks.low],
          [0.35, inks.middle],
          [1, inks.top],
        ],
        t,
      );
      pen.mix(wr, wg, wb, 0.6);
      const wave = noise((x / unit) * (5 / (0.3 + t)), Math.log(t + 0.05) * 12) + ripple * 0.15;
      const [dr, dg, db] = inks.top;
      pen.mix(dr, dg, db, clamp01((wave - 0.42) * 16) * 0.5);
      pen.mix(PAPER[0], PAPER[1], PAPER[2], clamp01((-0.5 - wave) * 16) * 0.7);
      grain(x, t * height, unit, pen);
    },
  };
}

function inksOf(scene: Scene) {
  const { palette } = scene;
  const vivid = (color: Rgb) => blend(shift(color, 0, 1.25), PAPER, 0.12);
  return {
    top: vivid(palette.sky[0]),
    middle: vivid(blend(palette.sky[1], palette.sky[2], 0.35)),
    low: blend(vivid(palette.sky[3]), PAPER, 0.45),
    cloud: blend(palette.cloud, PAPER, 0.65),
    sun: hex('#d9482f'),
  };
}

const cache = new WeakMap<Layer, { readonly flat: Rgb; readonly deep: Rgb }>();

function inksFor(layer: Layer, scene: Scene): { readonly flat: Rgb; readonly deep: Rgb } {
  let inks = cache.get(layer);
  if (!inks) {
    const own = layer.foliage ? blend(layer.foliage[1], layer.color, 0.25) : layer.color;
    const deep = blend(shift(own, 0, 1.35), KEY, 0.18 * layer.depth);
    inks = { deep, flat: blend(blend(deep, scene.palette.mist, 0.45 - 0.25 * layer.depth), PAPER, 0.12) };
    cache.set(layer, inks);
  }
  return inks;
}

/** The block's own wood shows where the ink lies thin. */
function grain(x: number, y: number, unit: number, pen: Parameters<Brush['sky']>[2]): void {
  const u = x / unit;
  const v = y / unit;
  const rings = noise(u * 2.2 + noise(u * 1.5, v * 3) * 0.6, v * 42);
  const mottle = noise(u * 70, v * 70);
  pen.scale(1 + 0.022 * rings + 0.018 * mottle);
}

/** The sheet around the block, with the block's outline. */
export async function drawMargin(canvas: Canvas, signal: AbortSignal | null): Promise<void> {
  const { width, height, data } = canvas;
  const unit = Math.sqrt(width * height);
  const margin = unit * 0.036;
  await inSlices(height, signal, (y) => {
    for (let x = 0; x < width; x += 1) {
      const wobble = unit * 0.0006 * noise(x * 0.02, y * 0.02);
      const inside = Math.min(x, y, width - 1 - x, height - 1 - y) - margin + wobble;
      if (inside > unit * 0.004) continue;
      const fibre = 1 - 0.03 * (0.5 + 0.5 * noise((x / unit) * 60, (y / unit) * 160));
      const onLine = clamp01(inside + 0.5);
      const at = (y * width + x) * 3;
      for (const c of [0, 1, 2] as const) {
        const paper = PAPER[c] * fibre;
        data[at + c] = paper + (KEY[c] - paper) * onLine * 0.85;
      }
    }
  });
}
