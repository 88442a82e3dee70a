import { inSlices } from '../canvas.ts';
import { cloudy, noise, ridged, speck } from '../noise.ts';
import { WATERLINE } from './place.ts';

/**
 * Noise that no prompt and no slider changes, one value a pixel: computing it takes longer than ten frames do. Places
 * begin at different columns of it, so it is twice as wide as a picture.
 */
export type Textures = {
  readonly side: number;
  /** Columns of `flanks` and `clouds`. */
  readonly width: number;
  /** -1..1, by pixels below a crest: spurs that run down from it. */
  readonly flanks: Float32Array;
  /** Crowns of a wood, the same way. */
  readonly crowns: Float32Array;
  /** About -1..1. */
  readonly clouds: Float32Array;
  /** For each pixel of water. */
  readonly ripples: Float32Array;
  readonly glints: Float32Array;
  /** What is added before a colour is rounded to a byte, -0.5..0.5 of one: or dark skies would show steps. */
  readonly dither: Float32Array;
  readonly vignette: Float32Array;
};

export async function makeTextures(side: number, signal: AbortSignal | null): Promise<Textures> {
  const width = side * 2;
  const waterline = Math.round(side * WATERLINE);
  const flanks = new Float32Array(width * side);
  const crowns = new Float32Array(width * side);
  const clouds = new Float32Array(width * side);
  const ripples = new Float32Array(side * side);
  const glints = new Float32Array(side * side);
  const dither = new Float32Array(side * side);
  const vignette = new Float32Array(side * side);
  await inSlices(side, signal, (y) => {
    const v = y / side;
    const lie = 1 + 1.6 * v;
    const t = (y - waterline) / (side - waterline);
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const u = x / side;
      const slant = (u + 0.55 * v) * 7;
      const here = ridged(slant, (0.75 * v + 0.2 * u) * 7, 3);
      flanks[at] = (here - ridged(slant + 0.09, (0.75 * v + 0.2 * u) * 7 - 0.05, 3)) * 1.6;
      crowns[at] = noise(u * 42, v * 30) * 0.65 + noise(u * 95, v * 70) * 0.45;
      clouds[at] = cloudy(u * 2.3 + 0.3 * noise(u * 1.7, v * 5), v * 6.2 * lie, 4);
    }
    for (let x = 0; x < side; x += 1) {
      const at = y * side + x;
      const [dx, dy] = [(x / side - 0.5) * 2, (v - 0.5) * 2];
      vignette[at] = 1 - 0.07 * (dx * dx + dy * dy) ** 2;
      dither[at] = (speck(x, y) + speck(x + 511, y + 77)) / 2 - 0.5;
      if (t < 0) continue;
      const u = x / side;
      const rows = Math.log(t + 0.035) * 21;
      const across = 6.5 / (0.2 + t);
      ripples[at] = noise(u * across + 11, rows) + 0.45 * noise(u * across * 2.7, rows * 2.3 + 5);
      const fine = Math.log(t + 0.03) * 34;
      glints[at] = noise(u * (26 / (0.25 + t)), fine) * 0.7 + noise(u * (60 / (0.2 + t)), fine * 2.1) * 0.4;
    }
  });
  return { side, width, flanks, crowns, clouds, ripples, glints, dither, vignette };
}
