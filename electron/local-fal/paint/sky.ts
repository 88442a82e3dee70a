import { gradient } from './color.ts';
import type { Pen } from './brush.ts';
import { clamp01, cloudy, noise, smooth, speck } from './noise.ts';
import type { Scene } from './scene.ts';

/** The sky of the natural styles: air, light, clouds, and at night what shines through it. */
export function skyOf(scene: Scene): (x: number, y: number, pen: Pen) => void {
  const { palette, height, unit, sun, mood, clouds, waterline } = scene;
  const air = airByRow(scene);
  const [gr, gg, gb] = palette.glow;
  const [cr, cg, cb] = palette.cloud;
  const shade = gradient(
    [
      [0, palette.sky[1]],
      [1, palette.far],
    ],
    0.55,
  );
  const night = mood.time === 'night';
  const cloudEnd = (waterline ?? height) * 0.95;
  const cover = night ? clouds.cover * 0.35 : clouds.cover;
  const cloudX = (2.1 * clouds.scale) / unit;
  const cloudY = (6.5 * clouds.scale) / unit;
  const glowStrength = night ? 0.42 : mood.time === 'day' || mood.time === 'mist' ? 0.5 : 0.78;
  const lights = night || mood.stars ? nightLights(scene) : null;
  const disc = discOf(scene);

  return (x, y, pen) => {
    const row = Math.min(height - 1, Math.max(0, Math.floor(y))) * 3;
    pen.set(air[row] ?? 0, air[row + 1] ?? 0, air[row + 2] ?? 0);
    const dx = (x - sun.x) / unit;
    const dy = (y - sun.y) / unit;
    const near = 1 / (1 + (dx * dx + dy * dy) * 26);
    const band = 1 / (1 + dx * dx * 3.2 + dy * dy * 60);
    pen.mix(gr, gg, gb, glowStrength * (0.62 * near + 0.38 * band));
    if (lights) lights(x, y, pen);
    disc(x, y, pen);
    if (y >= cloudEnd || cover <= 0.05) return;

    // Flattened towards the horizon, as a layer seen from below is.
    const lie = 1 + 1.4 * (y / cloudEnd);
    const u = x * cloudX + clouds.offset;
    const v = y * cloudY * lie + clouds.offset;
    const body = cloudy(u + 0.35 * noise(u * 0.7, v * 0.7), v, 4);
    const density = smooth(0.42 - cover * 0.62, 0.92 - cover * 0.5, body + 0.12);
    if (density <= 0.01) return;
    const towards = cloudy(u - dx * 0.22 + 0.35 * noise(u * 0.7, v * 0.7), v - (dy < 0 ? 0.16 : -0.16), 3);
    const lit = clamp01(0.55 + (body - towards) * 1.5 + near * 0.5);
    const thin = density * (0.9 - 0.35 * (y / cloudEnd));
    pen.mix(
      shade[0] + (cr - shade[0]) * lit,
      shade[1] + (cg - shade[1]) * lit,
      shade[2] + (cb - shade[2]) * lit,
      thin * (night ? 0.5 : 0.85),
    );
    pen.screen(gr, gg, gb, thin * near * lit * 0.35);
  };
}

function airByRow(scene: Scene): Float32Array {
  const { palette, height } = scene;
  const air = new Float32Array(height * 3);
  const end = scene.horizon + scene.unit * 0.02;
  for (let y = 0; y < height; y += 1) {
    const [r, g, b] = gradient(
      [
        [0, palette.sky[0]],
        [0.38, palette.sky[1]],
        [0.74, palette.sky[2]],
        [1, palette.sky[3]],
      ],
      Math.min(1, y / end),
    );
    air.set([r, g, b], y * 3);
  }
  return air;
}

/** The sun, or a moon with its seas and, on some nights, a shadowed limb. */
function discOf(scene: Scene): (x: number, y: number, pen: Pen) => void {
  const { sun, palette, mood, unit } = scene;
  const [sr, sg, sb] = palette.sun;
  const moon = mood.moon;
  if (mood.aurora && !moon) return () => undefined;
  const veiled = mood.time === 'storm' ? 0.12 : mood.time === 'mist' ? 0.7 : 1;
  const phase = moon ? ((mood.hash >>> 7) % 5) / 5 : 0;
  const shadowX = sun.x + sun.radius * (0.35 + phase) * (mood.hash & 1 ? 1 : -1);
  return (x, y, pen) => {
    const dx = x - sun.x;
    const dy = y - sun.y;
    const far = dx * dx + dy * dy;
    const reach = sun.radius * 7;
    if (far > reach * reach) return;
    const distance = Math.sqrt(far);
    const halo = (1 / (1 + (distance / sun.radius) ** 2 * 0.9)) * smooth(reach, reach * 0.3, distance);
    pen.screen(sr, sg, sb, halo * (moon ? 0.5 : 0.62) * veiled);
    const edge = clamp01(sun.radius - distance + 0.5);
    if (edge <= 0) return;
    let light = 1;
    if (moon) {
      const seas = cloudy((x / sun.radius) * 0.9 + 40, (y / sun.radius) * 0.9, 4);
      light = 0.93 - 0.2 * smooth(0.02, 0.4, seas) - 0.08 * (distance / sun.radius) ** 2;
      if (phase > 0.1) {
        const dark = Math.hypot(x - shadowX, dy) - sun.radius * 1.05;
        light *= 0.12 + 0.88 * smooth(-unit * 0.006, unit * 0.006, dark);
      }
    }
    pen.mix(sr * light, sg * light, sb * light, edge * veiled * (light < 0.3 ? 0.35 : 1));
  };
}

/** Stars, the band of the galaxy, and the curtains of an aurora. */
function nightLights(scene: Scene): (x: number, y: number, pen: Pen) => void {
  const { unit, height, width, mood, clouds, seed } = scene;
  const bright = mood.time === 'night' ? 1 : 0.45;
  const cell = Math.max(3, unit * 0.013);
  const salt = (seed ^ mood.hash) & 0xffff;
  const slant = (mood.hash & 2 ? 1 : -1) * 0.75;
  const aurora = mood.aurora ? auroraOf(scene) : null;
  return (x, y, pen) => {
    const high = 1 - smooth(height * 0.3, height * 0.62, y);
    // The galaxy runs across a corner; its dust is noise that takes light away.
    const off = ((x - width * 0.5) * slant + (y - height * 0.22)) / unit;
    const wander = off + 0.1 * noise(x / unit + 7, y / unit);
    const band = Math.exp(-wander * wander * 22);
    let galaxy = 0;
    if (band > 0.02) {
      const dust = cloudy((x / unit) * 3.4 + clouds.offset, (y / unit) * 3.4, 4);
      galaxy = band * (0.42 + 0.75 * dust) * high;
      if (galaxy > 0) pen.screen(0.72, 0.74, 0.95, galaxy * 0.36 * bright);
    }
    const cx = Math.floor(x / cell);
    const cy = Math.floor(y / cell);
    const chance = speck(cx + salt, cy);
    if (chance > 0.74 - galaxy * 0.9) {
      const px = (cx + 0.2 + 0.6 * speck(cx + salt + 77, cy + 5)) * cell;
      const py = (cy + 0.2 + 0.6 * speck(cx + salt + 31, cy + 9)) * cell;
      const great = speck(cx + 3, cy + salt) ** 9;
      const size = unit * (0.00045 + 0.0011 * great) + 0.18;
      const d = ((x + 0.5 - px) ** 2 + (y + 0.5 - py) ** 2) / (size * size);
      if (d < 12) {
        const warm = speck(cx + 11, cy + salt);
        pen.screen(
          0.88 + 0.12 * warm,
          0.92,
          1.12 - 0.24 * warm,
          Math.exp(-d) * high * bright * (0.18 + 0.5 * speck(cx - 7, cy + salt) ** 2 + 0.5 * great),
        );
      }
    }
    if (aurora) aurora(x, y, pen);
  };
}

function auroraOf(scene: Scene): (x: number, y: number, pen: Pen) => void {
  const { unit, height, clouds, width } = scene;
  const curtains = [0, 1, 2].map((k) => {
    const foot = new Float32Array(width);
    const ray = new Float32Array(width);
    for (let x = 0; x < width; x += 1) {
      const u = x / unit;
      foot[x] =
        height * (0.36 + 0.07 * k) + unit * 0.11 * cloudy(u * 1.3 + clouds.offset + k * 9, k * 3.3, 3);
      const rays = 0.6 + 0.55 * noise(u * 26 + k * 40, k) + 0.3 * noise(u * 70, k + 5);
      ray[x] = clamp01(rays) * clamp01(0.55 + 0.9 * noise(u * 1.7 + clouds.offset, k * 7));
    }
    return { foot, ray, reach: unit * (0.34 - 0.06 * k) };
  });
  return (x, y, pen) => {
    const column = Math.min(width - 1, Math.max(0, x | 0));
    for (const { foot, ray, reach } of curtains) {
      const t = ((foot[column] ?? 0) - y) / reach;
      if (t <= -0.08 || t >= 1) continue;
      const body = t < 0 ? smooth(-0.08, 0, t) : (1 - t) ** 2.1;
      const light = body * (ray[column] ?? 0) * 0.85;
      const up = clamp01(t * 1.5);
      pen.screen(0.3 + 0.42 * up, 0.98 - 0.55 * up, 0.66 + 0.22 * up, light);
    }
  };
}
