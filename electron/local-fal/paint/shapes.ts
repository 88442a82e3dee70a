import type { Canvas } from './canvas.ts';
import type { Rgb } from './color.ts';

/** A line with round ends, blended. */
export function drawLine(
  canvas: Canvas,
  from: readonly [number, number],
  to: readonly [number, number],
  thickness: number,
  color: Rgb,
  alpha: number,
): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy || 1;
  const r = thickness / 2 + 1;
  const [x0, x1] = [
    Math.max(0, Math.floor(Math.min(from[0], to[0]) - r)),
    Math.min(canvas.width - 1, Math.max(from[0], to[0]) + r),
  ];
  const [y0, y1] = [
    Math.max(0, Math.floor(Math.min(from[1], to[1]) - r)),
    Math.min(canvas.height - 1, Math.max(from[1], to[1]) + r),
  ];
  for (let y = y0; y <= y1; y += 1) {
    for (let x = x0; x <= x1; x += 1) {
      const t = Math.max(0, Math.min(1, ((x + 0.5 - from[0]) * dx + (y + 0.5 - from[1]) * dy) / length));
      const distance = Math.hypot(x + 0.5 - from[0] - t * dx, y + 0.5 - from[1] - t * dy);
      blendAt(canvas, x, y, color, Math.max(0, Math.min(1, thickness / 2 + 0.5 - distance)) * alpha);
    }
  }
}

/** A polygon given by its corners, smoothed by four samples a row. */
export function fillPolygon(
  canvas: Canvas,
  corners: readonly (readonly [number, number])[],
  color: Rgb,
): void {
  const ys = corners.map(([, y]) => y);
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(...ys))),
    Math.min(canvas.height - 1, Math.max(...ys)),
  ];
  for (let y = top; y <= bottom; y += 1) {
    for (let sample = 0; sample < 4; sample += 1) {
      const crossings = crossingsAt(corners, y + (sample + 0.5) / 4);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [a, b] = [crossings[i] ?? 0, crossings[i + 1] ?? 0];
        for (let x = Math.max(0, Math.floor(a)); x < Math.min(canvas.width, b); x += 1) {
          const cover = Math.min(x + 1, b) - Math.max(x, a);
          // Four samples of a third each reach 80 %: edges stay a little soft, insides are filled below.
          blendAt(canvas, x, y, color, Math.max(0, cover) * 0.44);
        }
      }
    }
  }
}

function crossingsAt(corners: readonly (readonly [number, number])[], y: number): number[] {
  const found: number[] = [];
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length] ?? a;
    if (a[1] <= y === b[1] <= y) continue;
    found.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  }
  return found.sort((a, b) => a - b);
}

export function blendAt(canvas: Canvas, x: number, y: number, color: Rgb, alpha: number): void {
  if (alpha <= 0 || x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const at = (Math.floor(y) * canvas.width + Math.floor(x)) * 3;
  for (const c of [0, 1, 2] as const) {
    const old = canvas.data[at + c] ?? 0;
    canvas.data[at + c] = old + (color[c] - old) * alpha;
  }
}
