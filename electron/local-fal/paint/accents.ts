import type { Canvas } from './canvas.ts';
import { inSlices } from './canvas.ts';
import type { Rgb } from './color.ts';
import { blend } from './color.ts';
import { mixSeeds, randomOf } from './random.ts';
import type { Scene } from './scene.ts';
import { blendAt, drawLine, fillPolygon } from './shapes.ts';

/** The small things a prompt names: birds, a boat, what falls from the sky. */
export async function drawAccents(
  canvas: Canvas,
  scene: Scene,
  ink: Rgb,
  signal: AbortSignal | null,
): Promise<void> {
  const { mood } = scene;
  if (mood.boat && scene.waterline !== null) drawBoat(canvas, scene, ink);
  if (mood.birds) drawBirds(canvas, scene, ink);
  if (mood.rain) await drawRain(canvas, scene, signal);
  if (mood.snowfall) await drawSnowfall(canvas, scene, signal);
}

function drawBirds(canvas: Canvas, scene: Scene, ink: Rgb): void {
  const { unit, width, height, sun } = scene;
  const random = randomOf(mixSeeds(scene.seed, scene.mood.hash ^ 0xb12d));
  const count = 5 + Math.floor(random.next() * 7);
  const [cx, cy] = [
    sun.x + (width / 2 - sun.x) * random.between(0.5, 0.9),
    height * random.between(0.2, 0.32),
  ];
  for (let i = 0; i < count; i += 1) {
    const size = unit * random.between(0.006, 0.013);
    const x = cx + unit * random.between(-0.17, 0.17);
    const y = cy + unit * random.between(-0.05, 0.05);
    const lift = random.between(0.25, 0.75);
    const thickness = Math.max(0.8, size * 0.13);
    for (const side of [-1, 1]) {
      const elbow = [x + side * size * 0.5, y - size * lift] as const;
      drawLine(canvas, [x, y], elbow, thickness * 1.25, ink, 0.85);
      drawLine(canvas, elbow, [x + side * size, y - size * (lift - 0.3)], thickness, ink, 0.8);
    }
  }
}

function drawBoat(canvas: Canvas, scene: Scene, ink: Rgb): void {
  const { unit, width, height, waterline, sun } = scene;
  if (waterline === null) return;
  const random = randomOf(mixSeeds(scene.seed, scene.mood.hash ^ 0xb0a7));
  const x = sun.x + (width / 2 - sun.x) * random.between(0.25, 0.6);
  const y = waterline + (height - waterline) * random.between(0.26, 0.4);
  const s = unit * 0.042;
  const sail = blend(ink, scene.palette.mist, 0.6);
  // Its own mirror first, broken by the waves.
  for (let k = 0; k < 9; k += 1) {
    const wide = s * (0.8 - 0.07 * k) * random.between(0.6, 1.1);
    const line = y + s * (0.16 + 0.17 * k);
    drawLine(canvas, [x - wide, line], [x + wide * 0.8, line], s * 0.07, k < 2 ? ink : sail, 0.5 - 0.05 * k);
  }
  fillPolygon(
    canvas,
    [
      [x - s, y - s * 0.16],
      [x + s * 1.1, y - s * 0.2],
      [x + s * 0.72, y + s * 0.1],
      [x - s * 0.7, y + s * 0.1],
    ],
    ink,
  );
  drawLine(canvas, [x, y - s * 0.1], [x, y - s * 2.1], s * 0.06, ink, 1);
  fillPolygon(
    canvas,
    [
      [x + s * 0.05, y - s * 2],
      [x + s * 0.95, y - s * 0.42],
      [x + s * 0.05, y - s * 0.36],
    ],
    sail,
  );
  fillPolygon(
    canvas,
    [
      [x - s * 0.06, y - s * 1.8],
      [x - s * 0.7, y - s * 0.42],
      [x - s * 0.06, y - s * 0.36],
    ],
    blend(sail, ink, 0.25),
  );
}

async function drawRain(canvas: Canvas, scene: Scene, signal: AbortSignal | null): Promise<void> {
  const { unit, width, height, palette } = scene;
  const random = randomOf(mixSeeds(scene.seed, 0x7a1));
  await inSlices(900, signal, () => {
    const [x, y] = [random.between(-0.1, 1.1) * width, random.next() * height];
    const length = unit * random.between(0.02, 0.07);
    drawLine(
      canvas,
      [x, y],
      [x - length * 0.22, y + length],
      Math.max(0.5, unit * 0.0011),
      palette.mist,
      random.between(0.08, 0.3),
    );
  });
}

async function drawSnowfall(canvas: Canvas, scene: Scene, signal: AbortSignal | null): Promise<void> {
  const { unit, width, height } = scene;
  const random = randomOf(mixSeeds(scene.seed, 0x5e0));
  await inSlices(1100, signal, () => {
    const [cx, cy] = [random.next() * width, random.next() * height];
    const near = random.next() ** 5;
    const radius = unit * (0.0012 + 0.006 * near);
    const alpha = 0.75 - 0.45 * near;
    for (let y = Math.floor(cy - radius * 1.5); y <= cy + radius * 1.5; y += 1) {
      for (let x = Math.floor(cx - radius * 1.5); x <= cx + radius * 1.5; x += 1) {
        const d = ((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2) / (radius * radius);
        blendAt(canvas, x, y, [0.97, 0.98, 1], alpha * Math.exp(-d * 1.6));
      }
    }
  });
}
