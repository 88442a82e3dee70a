import type { Brush, Pen } from './brush.ts';
import { clamp01, cloudy, noise, ridged, smooth, speck } from './noise.ts';
import type { Layer, Scene } from './scene.ts';
import { skyOf } from './sky.ts';

/** Light, air and distance as the eye sees them. */
export function naturalBrush(scene: Scene): Brush {
  return { sky: skyOf(scene), land: landOf(scene), water: waterOf(scene) };
}

function landOf(scene: Scene): Brush['land'] {
  const { palette, unit, mood, width, sun } = scene;
  const [gr, gg, gb] = palette.glow;
  const dim = mood.time === 'night' ? 0.5 : mood.time === 'storm' || mood.time === 'mist' ? 0.65 : 1;
  const skew = sun.x > width / 2 ? 0.55 : -0.55;
  const snowLight = [
    0.5 + 0.5 * palette.mist[0],
    0.5 + 0.5 * palette.mist[1],
    0.5 + 0.5 * palette.mist[2],
  ] as const;
  return (layer, x, y, below, pen) => {
    const { color, foot, depth, facing, offset } = layer;
    pen.set(color[0], color[1], color[2]);
    const u = x / unit;
    const v = y / unit;
    let lit = 0;
    if (layer.kind === 'trees') {
      wood(layer, x, y, below, unit, pen);
    } else {
      // Flanks run down from the crest at a slant: what the edge shows above is continued below it.
      const at = x + skew * below * (0.7 + 0.5 * noise(u * 7 + offset, v * 7));
      const column = at < 0 ? 0 : at >= width ? width - 1 : at | 0;
      const crest = facing[column] ?? 0;
      if (layer.kind === 'dune') {
        lit = crest * 1.1;
        const ripples = noise(u * 26 + 3 * noise(u * 5, v * 5), (v * 120 + u * 30) / (0.4 + depth));
        lit += ripples * 0.05 * depth;
      } else {
        lit = crest * 0.45 * Math.exp(-below / (unit * 0.1)) + flanks(u, v, below / unit, skew, layer) * 1.25;
      }
    }
    if (layer.snow > 0 && layer.kind === 'land') snow(layer, u, v, below, lit, unit, snowLight, pen);
    const air = 1 - depth * 0.4;
    if (lit > 0) pen.screen(gr, gg, gb, lit * 0.34 * dim * air);
    else pen.scale(1 + lit * 0.3 * dim);
    // Light that spills over the edge from behind.
    const reach = 1 / (1 + ((x - sun.x) / unit) ** 2 * 14);
    const rim = Math.exp(-below / (unit * 0.012)) * reach * (1 - depth * 0.5);
    pen.screen(gr, gg, gb, rim * 0.3 * dim);
    const wisp = 0.78 + 0.42 * noise(u * 2.6 + offset, v * 9 + offset);
    const fog = layer.fadeAmount * (1 - Math.exp(-below / layer.fade)) * wisp;
    pen.mix(foot[0], foot[1], foot[2], clamp01(fog));
  };
}

/** Spurs that run down from the crest: the light side of a ridge field, seen from where the sun stands. */
function flanks(u: number, v: number, below: number, skew: number, layer: Layer): number {
  const fine = 5.5 + 3 * layer.depth;
  const x = (u + skew * below * 0.55) * fine + layer.offset;
  const y = (v * 0.35 + below * 0.75) * fine;
  const here = ridged(x, y, 4);
  const sunward = ridged(x + (skew < 0 ? -0.09 : 0.09), y - 0.05, 4);
  return here - sunward;
}

/** Crowns behind crowns: lumps of light on the side of the sun, more shadow further down. */
function wood(layer: Layer, x: number, y: number, below: number, unit: number, pen: Pen): void {
  const scale = (0.35 + 1.1 * (1 - layer.depth)) * 60;
  const u = (x / unit) * scale;
  const v = (y / unit) * scale;
  const lumps = noise(u + layer.offset, v * 0.62) * 0.6 + noise(u * 2.3, v * 1.7 + layer.offset) * 0.4;
  const deep = Math.exp(-below / (unit * 0.07));
  const { foliage } = layer;
  if (foliage) {
    const [dark, middle, light] = foliage;
    const mounds = cloudy(u * 1.5 + layer.offset, v * 1.6, 3);
    const stand = 0.5 + 0.5 * noise(u * 0.2 + layer.offset, v * 0.16);
    const t = clamp01(0.34 + 0.75 * mounds + 0.4 * deep * stand);
    const strength = 0.35 + 0.5 * layer.depth;
    pen.mix(dark[0], dark[1], dark[2], strength * 0.4);
    pen.mix(middle[0], middle[1], middle[2], strength * smooth(0.1, 0.5, t));
    pen.mix(light[0], light[1], light[2], strength * smooth(0.45, 0.95, t));
    return;
  }
  pen.scale(1 + lumps * 0.16 * (0.4 + 0.6 * deep));
  if (layer.snow > 0) {
    // Snow on branches lies in flecks, most of it near the tips.
    const flecks = smooth(0.1, 0.5, noise(x * 0.21 + layer.offset, y * 0.34) * 0.6 + deep * 0.5 - 0.12);
    const tips = Math.exp(-below / (unit * 0.018));
    const [sr, sg, sb] = layer.foot;
    pen.mix(0.15 + sr * 0.85, 0.17 + sg * 0.85, 0.2 + sb * 0.85, flecks * layer.snow * 0.45 * tips);
  }
}

function snow(
  layer: Layer,
  u: number,
  v: number,
  below: number,
  lit: number,
  unit: number,
  light: readonly [number, number, number],
  pen: Pen,
): void {
  const ragged = cloudy(u * 11 + layer.offset, v * 8, 4);
  const line = unit * (0.02 + 0.3 * layer.snow * (1 - 0.3 * layer.depth));
  const cover = smooth(1, 0.35, below / line + ragged * 0.75 + (lit < 0 ? 0.12 : 0));
  if (cover <= 0) return;
  // Shadowed snow is blue, never grey.
  const k = clamp01(0.62 + lit * 0.9);
  const strength = cover * (0.9 - 0.35 * (1 - layer.depth) * 0.6);
  pen.mix(light[0] * (0.62 + 0.38 * k), light[1] * (0.68 + 0.32 * k), light[2] * (0.8 + 0.2 * k), strength);
}

function waterOf(scene: Scene): Brush['water'] {
  const { palette, unit, sun, mood, height, width } = scene;
  const [dr, dg, db] = palette.sky[0];
  const [sr, sg, sb] = palette.sun;
  const [mr, mg, mb] = palette.mist;
  const shine = mood.time === 'storm' || mood.time === 'mist' ? 0.18 : mood.moon ? 0.6 : 0.75;
  return (x, t, ripple, pen) => {
    // Looking down more steeply one sees more of the water itself, less of the sky in it.
    // What shines is mirrored whole: a sun does not turn blue in the water.
    const shining = smooth(0.62, 0.95, pen.r * 0.3 + pen.g * 0.6 + pen.b * 0.1);
    const into = (0.1 + 0.42 * t ** 1.3) * (1 - 0.75 * shining);
    pen.mix(dr * 0.72, dg * 0.76, db * 0.8, into);
    pen.scale(0.95 + 0.11 * ripple);
    const wind = noise((x / unit) * 1.1 + 90, Math.log(t + 0.04) * 3.2);
    pen.mix(mr, mg, mb, 0.13 * smooth(0.15, 0.6, wind) * (1 - t));
    const spread = unit * (0.018 + 0.2 * t);
    const path = Math.exp(-(((x - sun.x) / spread) ** 2));
    if (path > 0.01) {
      const rows = Math.log(t + 0.03) * 34;
      const glint =
        noise((x / unit) * (26 / (0.25 + t)), rows) * 0.7 +
        noise((x / unit) * (60 / (0.2 + t)), rows * 2.1) * 0.4;
      pen.screen(sr, sg, sb, path * shine * (0.2 + 0.8 * smooth(0.05, 0.5, glint)) * (1 - 0.45 * t));
    }
    const veil = Math.exp(-t * 26) * (0.2 + 0.4 * mood.haze);
    pen.mix(mr, mg, mb, veil);
    // A dark hem hides the seam between land and mirror.
    if (t * height < 2.2 && width > 64) pen.scale(0.93 + 0.03 * speck(x, 4));
  };
}
