import type { Canvas } from './canvas.ts';
import { inSlices } from './canvas.ts';
import type { Rgb } from './color.ts';
import { clamp01, noise } from './noise.ts';
import { SAMPLES } from './profiles.ts';
import type { Profile } from './profiles.ts';
import type { Random } from './random.ts';
import { randomOf } from './random.ts';

/** A tree near enough to show its branches; those further off are only an outline of their layer. */
export type Tree = {
  readonly crown: 'conifer' | 'round';
  /** Pixels: the middle of the trunk, where it stands, how tall it is. */
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  readonly seed: number;
};

/** Shade, body and light of a crown, and the light's side: -1 left, 1 right. */
export type TreeTones = {
  readonly dark: Rgb;
  readonly body: Rgb;
  readonly light: Rgb;
  readonly side: number;
};

/** Stands of trees along a ground line between two places (pixels), the tallest amid each stand. */
export function plantTrees(
  ground: Profile,
  from: number,
  to: number,
  plan: { readonly height: number; readonly count: number; readonly crown: Tree['crown'] },
  random: Random,
): Tree[] {
  const trees: Tree[] = [];
  for (let i = 0; i < plan.count; i += 1) {
    const t = random.next();
    const x = from + (to - from) * t;
    const bell = 0.55 + 0.45 * Math.sin(Math.PI * clamp01(t));
    const foot = ground[Math.max(0, Math.min(ground.length - 1, Math.round(x * SAMPLES)))] ?? 0;
    const height = plan.height * bell * random.between(0.5, 1.15);
    trees.push({
      crown: plan.crown,
      x,
      foot: foot + height * 0.03,
      height,
      seed: Math.floor(random.next() * 2 ** 31),
    });
  }
  return trees.sort((a, b) => a.foot - b.foot);
}

export async function drawTrees(
  canvas: Canvas,
  trees: readonly Tree[],
  tones: TreeTones,
  signal: AbortSignal | null,
): Promise<void> {
  await inSlices(trees.length, signal, (i) => {
    const tree = trees[i];
    if (tree?.crown === 'conifer') drawConifer(canvas, tree, tones);
    else if (tree) drawRound(canvas, tree, tones);
  });
}

/** Whorls of drooping branches: each row is a span whose ends swing out and back. */
function drawConifer(canvas: Canvas, tree: Tree, tones: TreeTones): void {
  const random = randomOf(tree.seed);
  const { x: centre, foot, height } = tree;
  const half = height * random.between(0.17, 0.23);
  const whorls = Math.round(random.between(9, 13));
  const phases: readonly [number, number] = [random.next(), random.next()];
  const salt = random.between(0, 500);
  const top = foot - height;
  const fine = 75 / height;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(canvas.height, foot); y += 1) {
    const t = (y + 0.5 - top) / height;
    if (t <= 0) continue;
    const trunk = height * 0.012;
    const reachOf = (side: 0 | 1) => {
      const swing = (t ** 0.82 * whorls + phases[side]) % 1;
      const ragged = 0.82 + 0.36 * noise(y * fine + salt, side * 9 + salt);
      return t > 0.95
        ? trunk
        : Math.max(trunk * t, half * (0.05 + t ** 0.95) * (0.42 + 0.62 * swing ** 0.8) * ragged);
    };
    const [left, right] = [centre - reachOf(0), centre + reachOf(1)];
    for (let x = Math.floor(left); x <= right; x += 1) {
      const cover = Math.min(1, x + 1 - left, right - x);
      const across = (x + 0.5 - centre) / half;
      const needles = noise(x * fine * 1.3 + salt, y * fine * 0.8);
      const lit = clamp01(across * tones.side * 0.75 + needles * 0.35 - 0.05) * (0.4 + 0.6 * t);
      shade(canvas, x, y, tones, lit, 0.5 + needles * 0.5, cover);
    }
  }
}

/** A trunk and a cloud of leaf dabs: the shaded ones first, the lit ones last and higher. */
function drawRound(canvas: Canvas, tree: Tree, tones: TreeTones): void {
  const random = randomOf(tree.seed);
  const { x: centre, foot, height } = tree;
  const size = height * 0.42;
  const middle = foot - height * 0.62;
  for (let y = Math.floor(middle); y < Math.min(canvas.height, foot); y += 1) {
    const t = clamp01((y - middle) / (foot - middle));
    const bend = Math.sin(t * 2.2 + tree.seed) * height * 0.012;
    const wide = height * (0.012 + 0.016 * t * t);
    for (let x = Math.floor(centre + bend - wide); x <= centre + bend + wide; x += 1) {
      shade(canvas, x, y, { ...tones, body: tones.dark, light: tones.dark }, 0, 0, 1);
    }
  }
  const dabs = Math.round(Math.min(150, 40 + size * 1.6));
  for (let i = 0; i < dabs; i += 1) {
    const depth = i / dabs;
    const angle = random.next() * Math.PI * 2;
    const spread = Math.sqrt(random.next());
    const dx = Math.cos(angle) * spread * size * (1 - 0.12 * depth) + tones.side * size * 0.14 * depth;
    const dy = Math.sin(angle) * spread * size * 0.78 - size * 0.16 * depth;
    const lit = clamp01(depth * 1.05 - 0.28 + (tones.side * dx - dy) / (size * 2.6));
    dab(
      canvas,
      centre + dx,
      middle + dy,
      size * random.between(0.07, 0.17) * Math.sqrt(150 / dabs),
      tones,
      lit,
      random.next(),
    );
  }
}

function dab(
  canvas: Canvas,
  cx: number,
  cy: number,
  radius: number,
  tones: TreeTones,
  lit: number,
  body: number,
): void {
  const salt = cx * 0.7;
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(canvas.height - 1, cy + radius); y += 1) {
    for (let x = Math.floor(cx - radius); x <= cx + radius; x += 1) {
      const distance = Math.hypot(x + 0.5 - cx, y + 0.5 - cy) / radius;
      const edge = 0.78 + 0.32 * noise(x * 0.45 + salt, y * 0.45);
      const cover = clamp01((edge - distance) * radius * 0.7);
      if (cover > 0) shade(canvas, x, y, tones, lit, body, cover * 0.92);
    }
  }
}

function shade(
  canvas: Canvas,
  x: number,
  y: number,
  tones: TreeTones,
  lit: number,
  body: number,
  cover: number,
): void {
  if (cover <= 0 || x < 0 || x >= canvas.width) return;
  const at = (y * canvas.width + x) * 3;
  const b = body * 0.7;
  for (const c of [0, 1, 2] as const) {
    const base = tones.dark[c] + (tones.body[c] - tones.dark[c]) * b;
    const value = base + (tones.light[c] - base) * lit;
    const old = canvas.data[at + c] ?? 0;
    canvas.data[at + c] = old + (value - old) * cover;
  }
}
