import { gradient } from '../color.ts';
import type { Canvas } from '../canvas.ts';
import { clamp01, smooth } from '../noise.ts';
import type { Lamp, Light } from './light.ts';
import type { Place } from './place.ts';
import type { Textures } from './textures.ts';

/** Paints one row of air, light and clouds. */
export type SkyRow = (canvas: Canvas, y: number) => void;

export function skyOf(place: Place, light: Light, textures: Textures, mist: number): SkyRow {
  const { side, horizon, mood, cover } = place;
  const { palette, sun, moon } = light;
  const [gr, gg, gb] = palette.glow;
  const [lr, lg, lb] = palette.sun;
  const [cr, cg, cb] = palette.cloud;
  const [mr, mg, mb] = palette.mist;
  const dark = gradient(
    [
      [0, palette.sky[1]],
      [1, palette.far],
    ],
    0.5,
  );
  const end = horizon * 1.05;
  const low = 0.42 - cover * 0.62;
  const drift = Math.round(place.cloudOffset + (sun.x / side) * side * 0.12);
  const veiled = (mood.time === 'storm' ? 0.25 : 1) * (1 - 0.55 * mist);
  const scale = 1 / (side * side);
  const low2 = 1 - smooth(0.1, 0.42, (horizon - sun.y) / side);
  const glow = sun.strength * (0.42 + 0.4 * low2);
  const stars = light.stars > 0.01 ? place.stars : [];

  return (canvas, y) => {
    const { data } = canvas;
    const [r0, g0, b0] = gradient(
      [
        [0, palette.sky[0]],
        [0.38, palette.sky[1]],
        [0.74, palette.sky[2]],
        [1, palette.sky[3]],
      ],
      Math.min(1, y / end),
    );
    // Mist stands on the ground and thins out above it.
    const haze = mist * 0.75 * smooth(horizon * 0.35, horizon, y);
    const sy = (y - sun.y) ** 2 * scale;
    const my = (y - moon.y) ** 2 * scale;
    const thin = 0.85 - 0.4 * (y / end);
    const clouds = y * textures.width + drift;
    for (let x = 0, at = y * side * 3; x < side; x += 1, at += 3) {
      let r = r0;
      let g = g0;
      let b = b0;
      const dx = x - sun.x;
      const dd = dx * dx * scale;
      const near = 1 / (1 + (dd + sy) * 26);
      const shine = glow * (0.62 * near + 0.38 / (1 + dd * 3.2 + sy * 60));
      r += (gr - r) * shine;
      g += (gg - g) * shine;
      b += (gb - b) * shine;
      if (moon.strength > 0.01) {
        const mx = x - moon.x;
        const pale = (moon.strength * 0.5) / (1 + (mx * mx * scale + my) * 40);
        r += (gr - r) * pale;
        g += (gg - g) * pale;
        b += (gb - b) * pale;
      }
      const body = textures.clouds[clouds + x] ?? 0;
      const density = smooth(low, low + 0.5, body + 0.12);
      if (density > 0.01) {
        const towards =
          textures.clouds[clouds + x + (dx > 0 ? -9 : 9) + (y > 6 ? -6 * textures.width : 0)] ?? 0;
        const lit = clamp01(0.55 + (body - towards) * 1.5 + near * 0.5);
        const cover = density * thin * (0.8 - 0.3 * light.stars);
        r += (dark[0] + (cr - dark[0]) * lit - r) * cover;
        g += (dark[1] + (cg - dark[1]) * lit - g) * cover;
        b += (dark[2] + (cb - dark[2]) * lit - b) * cover;
      }
      data[at] = r + (mr - r) * haze;
      data[at + 1] = g + (mg - g) * haze;
      data[at + 2] = b + (mb - b) * haze;
    }
    for (const star of stars) {
      if (star.y !== y) continue;
      const at = (y * side + star.x) * 3;
      const bright = star.light * light.stars * (1 - haze) * 0.85;
      for (let c = 0; c < 3; c += 1) data[at + c] = (data[at + c] ?? 0) + (1 - (data[at + c] ?? 0)) * bright;
    }
    disc(
      data,
      side,
      y,
      sun,
      side * 0.036,
      [lr, lg, lb],
      veiled * smooth(-0.02, 0.05, (horizon - sun.y) / side + 0.05),
    );
    disc(data, side, y, moon, side * 0.027, [0.96, 0.95, 0.9], veiled * moon.strength * 1.6);
  };
}

/** The part of a bright disc and its halo that lies in a row. */
function disc(
  data: Float32Array,
  side: number,
  y: number,
  lamp: Lamp,
  radius: number,
  color: readonly [number, number, number],
  strength: number,
): void {
  const reach = radius * 6;
  const dy = y - lamp.y;
  if (strength < 0.01 || Math.abs(dy) > reach) return;
  const half = Math.sqrt(reach * reach - dy * dy);
  const last = Math.min(side - 1, Math.floor(lamp.x + half));
  for (let x = Math.max(0, Math.ceil(lamp.x - half)); x <= last; x += 1) {
    const distance = Math.hypot(x - lamp.x, dy);
    const halo = (0.55 / (1 + (distance / radius) ** 2 * 0.9)) * smooth(reach, reach * 0.3, distance);
    const edge = clamp01(radius - distance + 0.5);
    const at = (y * side + x) * 3;
    for (let c = 0; c < 3; c += 1) {
      const light = color[c] ?? 1;
      let value = data[at + c] ?? 0;
      value += (1 - value) * light * halo * Math.min(1, strength);
      data[at + c] = value + (light - value) * edge * Math.min(1, strength);
    }
  }
}
