import type { Canvas } from './canvas.ts';
import { inSlices, makeCanvas } from './canvas.ts';
import { clamp01, noise } from './noise.ts';
import { randomOf } from './random.ts';

/** Brush widths, largest first, as shares of the mean side. */
const SIZES = [0.052, 0.026, 0.013, 0.0075] as const;
/** How far the painting may be off before a smaller brush mends it. */
const TOLERANCE = 0.05;

/**
 * Repaints a picture with brush strokes: broad ones everywhere, finer ones only where the broad missed the
 * subject (after Hertzmann's painterly rendering). Bristles catch the light.
 */
export async function paintInOil(source: Canvas, seed: number, signal: AbortSignal | null): Promise<Canvas> {
  const { width, height } = source;
  const unit = Math.sqrt(width * height);
  const painting = makeCanvas(width, height);
  for (let i = 0; i < painting.data.length; i += 3) {
    // A toned ground, warm where it shows through.
    painting.data[i] = 0.55;
    painting.data[i + 1] = 0.42;
    painting.data[i + 2] = 0.32;
  }
  for (const [pass, share] of SIZES.entries()) {
    const size = Math.max(1.6, share * unit);
    const step = size * 0.72;
    const random = randomOf(seed + pass * 977);
    const columns = Math.ceil(width / step) + 1;
    const rows = Math.ceil(height / step) + 1;
    const order = shuffled(columns * rows, seed + pass);
    await inSlices(order.length, signal, (i) => {
      const cell = order[i] ?? 0;
      const x = ((cell % columns) + random.between(-0.5, 0.5)) * step;
      const y = (Math.floor(cell / columns) + random.between(-0.5, 0.5)) * step;
      const turn = random.between(-0.28, 0.28);
      const tint = random.between(-1, 1);
      const salt = random.between(0, 900);
      if (pass > 0 && !misses(source, painting, x, y, size)) return;
      drawStroke(
        painting,
        { x, y, size, salt, angle: angleAt(source, x, y, size, unit) + turn },
        colorAt(source, x, y, tint),
      );
    });
  }
  return painting;
}

function shuffled(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const random = randomOf(seed);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}

function indexOf(canvas: Canvas, x: number, y: number): number {
  const column = Math.max(0, Math.min(canvas.width - 1, Math.round(x)));
  const row = Math.max(0, Math.min(canvas.height - 1, Math.round(y)));
  return (row * canvas.width + column) * 3;
}

function light(canvas: Canvas, x: number, y: number): number {
  const at = indexOf(canvas, x, y);
  const { data } = canvas;
  return 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
}

function misses(source: Canvas, painting: Canvas, x: number, y: number, size: number): boolean {
  let off = 0;
  for (const [dx, dy] of [
    [0, 0],
    [-0.4, 0],
    [0.4, 0],
    [0, -0.4],
    [0, 0.4],
  ] as const) {
    const at = indexOf(source, x + dx * size, y + dy * size);
    for (let c = 0; c < 3; c += 1) off += Math.abs((source.data[at + c] ?? 0) - (painting.data[at + c] ?? 0));
  }
  return off / 15 > TOLERANCE;
}

/** Across the change of light, so along edges; in even places the sky's own slow drift. */
function angleAt(source: Canvas, x: number, y: number, size: number, unit: number): number {
  const gx = light(source, x + size * 0.5, y) - light(source, x - size * 0.5, y);
  const gy = light(source, x, y + size * 0.5) - light(source, x, y - size * 0.5);
  if (gx * gx + gy * gy > 0.0009) return Math.atan2(gy, gx) + Math.PI / 2;
  return noise((x / unit) * 2.2, (y / unit) * 3.4) * 0.8;
}

function colorAt(source: Canvas, x: number, y: number, tint: number): readonly [number, number, number] {
  const at = indexOf(source, x, y);
  const { data } = source;
  // Paint is never mixed twice alike: a little lighter or darker, a little warmer or cooler.
  return [
    (data[at] ?? 0) + tint * 0.022,
    (data[at + 1] ?? 0) + tint * 0.012,
    (data[at + 2] ?? 0) - tint * 0.014,
  ];
}

type Stroke = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly angle: number;
  readonly salt: number;
};

function drawStroke(painting: Canvas, stroke: Stroke, color: readonly [number, number, number]): void {
  const { width, height, data } = painting;
  const { x: cx, y: cy, size, salt } = stroke;
  const half = size * 1.25;
  const thick = size * 0.42;
  const [cos, sin] = [Math.cos(stroke.angle), Math.sin(stroke.angle)];
  const reachX = Math.abs(cos) * half + Math.abs(sin) * thick + 1;
  const reachY = Math.abs(sin) * half + Math.abs(cos) * thick + 1;
  const y1 = Math.min(height - 1, cy + reachY);
  const x1 = Math.min(width - 1, cx + reachX);
  for (let y = Math.max(0, Math.floor(cy - reachY)); y <= y1; y += 1) {
    for (let x = Math.max(0, Math.floor(cx - reachX)); x <= x1; x += 1) {
      const along = ((x - cx) * cos + (y - cy) * sin) / half;
      const across = ((y - cy) * cos - (x - cx) * sin) / thick;
      const rim = 1 - Math.abs(across);
      if (rim <= 0 || along < -1 || along > 1) continue;
      const bristle = noise(across * 4.5 + salt, along * 1.4 + salt);
      // The stroke ends ragged, bristle by bristle.
      const end = 1 - Math.abs(along) - 0.22 * (bristle + 0.5);
      const cover = clamp01(rim * thick * 0.8) * clamp01(end * 5) * (0.86 + 0.14 * bristle);
      if (cover <= 0) continue;
      const relief = 1 + 0.075 * bristle + 0.05 * (across < 0 ? 1 : -1) * (1 - rim);
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c += 1) {
        const old = data[at + c] ?? 0;
        data[at + c] = old + ((color[c] ?? 0) * relief - old) * cover;
      }
    }
  }
}
