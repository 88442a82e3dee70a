/** Display (gamma-encoded) sRGB, each 0..1. */
export type Rgb = readonly [number, number, number];

export function hex(text: string): Rgb {
  const n = Number.parseInt(text.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

function toLinear(c: number): number {
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function toDisplay(c: number): number {
  const x = c < 0 ? 0 : c > 1 ? 1 : c;
  return x <= 0.0031308 ? x * 12.92 : 1.055 * x ** (1 / 2.4) - 0.055;
}

type Lab = readonly [number, number, number];

function toLab([r, g, b]: Rgb): Lab {
  const [lr, lg, lb] = [toLinear(r), toLinear(g), toLinear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([L, A, B]: Lab): Rgb {
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3;
  return [
    toDisplay(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toDisplay(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toDisplay(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Between two colours in OKLab: a mix of rose and blue stays clean where plain sRGB turns grey. */
export function blend(a: Rgb, b: Rgb, t: number): Rgb {
  const [p, q] = [toLab(a), toLab(b)];
  return fromLab([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t]);
}

/** A gradient through evenly or freely placed stops, `t` in 0..1. */
export function gradient(stops: readonly (readonly [number, Rgb])[], t: number): Rgb {
  let before = stops[0];
  if (!before) return [0, 0, 0];
  for (const stop of stops) {
    if (t <= stop[0]) {
      const span = stop[0] - before[0];
      return span <= 0 ? stop[1] : blend(before[1], stop[1], (t - before[0]) / span);
    }
    before = stop;
  }
  return before[1];
}

/** Turns the hue by `degrees` and scales chroma and lightness. */
export function shift(color: Rgb, degrees: number, chroma = 1, lightness = 1): Rgb {
  const [L, A, B] = toLab(color);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * chroma, Math.sin(angle) * chroma];
  return fromLab([Math.min(1, L * lightness), A * cos - B * sin, A * sin + B * cos]);
}
