import type { Brush } from './brush.ts';
import type { Canvas } from './canvas.ts';
import type { Rgb } from './color.ts';
import { blend, hex } from './color.ts';
import { clamp01, cloudy, noise, smooth } from './noise.ts';
import type { Scene } from './scene.ts';
import { blendAt } from './shapes.ts';

export const INK = hex('#23262b');
const PAPER = hex('#f2ebdc');
const SEAL = hex('#b8372a');

/** Ink wash: each ridge is a loaded brush's edge that runs out into bare paper. */
export function inkBrush(scene: Scene): Brush {
  const { unit, sun, mood, height, palette, horizon } = scene;
  const night = mood.time === 'night' || mood.time === 'dusk' || mood.time === 'storm';
  // A breath of the season's colour in the ink; the rest is grey.
  const wash = blend(INK, palette.sky[0], 0.22);
  const disc: Rgb = mood.moon ? PAPER : SEAL;
  const paper = (x: number, y: number) =>
    1 -
    0.035 * (0.5 + 0.5 * cloudy((x / unit) * 5, (y / unit) * 5, 3)) -
    0.03 * clamp01(noise(x * 0.31, y * 0.9) - 0.35);
  return {
    sky(x, y, pen) {
      const p = paper(x, y);
      pen.set(PAPER[0] * p, PAPER[1] * p, PAPER[2] * p);
      const fall = 1 - smooth(0, horizon * (night ? 1 : 0.6), y);
      const cloud = 0.55 + 0.6 * cloudy((x / unit) * 1.6 + scene.clouds.offset, (y / unit) * 4, 4);
      pen.mix(wash[0], wash[1], wash[2], clamp01(fall * cloud) * (night ? 0.62 : 0.2));
      const distance = Math.hypot(x - sun.x, y - sun.y) + unit * 0.0015 * noise(x * 0.12, y * 0.12);
      const edge = clamp01(sun.radius * 1.15 - distance + 0.5);
      const dry = mood.moon ? 1 : 0.8 + 0.2 * cloudy((x / unit) * 22, (y / unit) * 22, 3);
      pen.mix(disc[0], disc[1], disc[2], edge * (mood.moon ? 0.95 : 0.88) * clamp01(dry));
    },
    land(layer, x, y, below, pen) {
      const p = paper(x, y);
      pen.set(PAPER[0] * p, PAPER[1] * p, PAPER[2] * p);
      const u = x / unit;
      const v = y / unit;
      const load = 0.24 + 0.7 * layer.depth ** 0.9;
      const pool = 0.72 + 0.5 * cloudy(u * 4.5 + layer.offset, v * 4.5, 4);
      const line = Math.exp(-below / (unit * 0.005)) * (0.55 + 0.5 * noise(u * 13 + layer.offset, 1));
      // Dry-brush strokes that follow the slope, cut by the grain of the paper.
      const hatch =
        noise(u * 46 + below * 0.02 + layer.offset, (v - u * 0.35) * 7) * 0.6 + noise(u * 90, v * 18) * 0.3;
      const body = Math.exp(-below / (unit * (layer.kind === 'trees' ? 0.12 : 0.075))) * pool;
      const texture =
        layer.kind === 'trees' ? 0 : smooth(0.1, 0.5, hatch) * 0.4 * Math.exp(-below / (unit * 0.13));
      const rest = layer.kind === 'trees' ? 0.3 * layer.depth : 0.05;
      const density = clamp01(load * (body * 0.8 + line * 0.5 + texture + rest));
      pen.mix(wash[0], wash[1], wash[2], density);
    },
    water(x, t, ripple, pen) {
      const y = t * height;
      const p = paper(x, y);
      pen.mix(PAPER[0] * p, PAPER[1] * p, PAPER[2] * p, 0.55);
      const stroke = noise((x / unit) * 2.4, Math.log(t + 0.05) * 9);
      pen.mix(wash[0], wash[1], wash[2], 0.22 * smooth(0.25, 0.6, stroke + ripple * 0.1) * (0.4 + 0.6 * t));
    },
  };
}

/** The painter's seal: a red square with three strokes left bare. */
export function drawSeal(canvas: Canvas, scene: Scene): void {
  const { unit, width, height, sun } = scene;
  const size = unit * 0.042;
  // Below the sun: the trees stand across from it.
  const left = sun.x > width / 2 ? width - size * 2.1 : size * 1.1;
  const top = height - size * 2.2;
  for (let y = Math.floor(top); y < top + size; y += 1) {
    for (let x = Math.floor(left); x < left + size; x += 1) {
      const [u, v] = [(x - left) / size, (y - top) / size];
      const rough = 0.04 * noise(x * 0.4, y * 0.4);
      const inside = Math.min(u, v, 1 - u, 1 - v) + rough;
      const peak = Math.abs(v - (0.28 + Math.abs(u - 0.5) * 0.9)) < 0.055 && v < 0.62;
      const river = Math.abs(v - 0.76 - 0.04 * Math.sin(u * 12)) < 0.045 && u > 0.2 && u < 0.8;
      if (inside < 0.02) continue;
      const bare = (peak && u > 0.14 && u < 0.86) || river;
      const worn = smooth(-0.5, 0.1, noise(x * 0.25 + 9, y * 0.25));
      blendAt(canvas, x, y, SEAL, bare ? 0.06 : 0.65 + 0.3 * worn);
    }
  }
}
