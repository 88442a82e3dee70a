/** Gradient noise without tables: hashing the lattice is as fast here and needs no state. */

function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}

/** In [0, 1), one value per whole-numbered place. */
export function speck(x: number, y: number): number {
  const h = hash(x | 0, y | 0);
  return (Math.imul(h ^ (h >>> 16), 0x45d9f3b) >>> 8) / 16777216;
}

function slope(h: number, dx: number, dy: number): number {
  // Eight directions; the diagonals are longer, which noise of this kind does not mind.
  switch (h & 7) {
    case 0:
      return dx + dy;
    case 1:
      return dx - dy;
    case 2:
      return dy - dx;
    case 3:
      return -dx - dy;
    case 4:
      return dx * 1.4;
    case 5:
      return dx * -1.4;
    case 6:
      return dy * 1.4;
    default:
      return dy * -1.4;
  }
}

/** About [-1, 1], smooth, with features one unit wide. */
export function noise(x: number, y: number): number {
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  const dx = x - fx;
  const dy = y - fy;
  const u = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
  const v = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
  const a = slope(hash(fx, fy), dx, dy);
  const b = slope(hash(fx + 1, fy), dx - 1, dy);
  const c = slope(hash(fx, fy + 1), dx, dy - 1);
  const d = slope(hash(fx + 1, fy + 1), dx - 1, dy - 1);
  const top = a + (b - a) * u;
  return top + (c + (d - c) * u - top) * v;
}

/** Octaves of noise, about [-1, 1]. */
export function cloudy(x: number, y: number, octaves: number): number {
  let sum = 0;
  let amplitude = 0.55;
  let frequency = 1;
  for (let i = 0; i < octaves; i += 1) {
    sum += amplitude * noise(x * frequency + i * 17.3, y * frequency - i * 9.1);
    amplitude *= 0.5;
    frequency *= 2.03;
  }
  return sum;
}

/** Sharp crests, in about [0, 1]: mountains. Each octave is weighed by the one before, so valleys stay smooth. */
export function ridged(x: number, y: number, octaves: number): number {
  let sum = 0;
  let amplitude = 0.6;
  let frequency = 1;
  let weight = 1;
  for (let i = 0; i < octaves; i += 1) {
    const crest = 1 - Math.abs(noise(x * frequency + i * 31.7, y * frequency + i * 5.9));
    const value = crest ** 1.35 * weight;
    sum += amplitude * value;
    weight = Math.min(1, value * 1.6);
    amplitude *= 0.48;
    frequency *= 2.1;
  }
  return sum;
}

export function clamp01(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

export function smooth(low: number, high: number, x: number): number {
  const t = clamp01((x - low) / (high - low));
  return t * t * (3 - 2 * t);
}
