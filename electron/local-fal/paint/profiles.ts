import { clamp01, cloudy, noise, ridged } from './noise.ts';
import type { Random } from './random.ts';

/**
 * The upper edge of a layer of land: for each sample along x the height of its top in pixels from the
 * picture's upper border. Twice as many samples as columns, so that steep edges stay smooth.
 */
export type Profile = Float32Array;

export const SAMPLES = 2;

export type ProfilePlan = {
  readonly width: number;
  /** Pixels per unit: the picture's mean side, so that any size shows the same land. */
  readonly unit: number;
  /** Pixels from the top: where the land would be if it were flat. */
  readonly base: number;
  /** Pixels. */
  readonly relief: number;
  /** Features per unit. */
  readonly frequency: number;
  readonly offset: number;
};

function along(plan: ProfilePlan, heightAt: (u: number) => number): Profile {
  const profile = new Float32Array(plan.width * SAMPLES);
  for (let i = 0; i < profile.length; i += 1) {
    profile[i] = plan.base - plan.relief * heightAt(i / SAMPLES / plan.unit);
  }
  return profile;
}

/** `peakAt` (units) lifts one summit above its neighbours: a range without a hero looks like a saw. */
export function mountains(plan: ProfilePlan, peakAt: number, roughness: number): Profile {
  const octaves = 4 + Math.round(3 * roughness);
  return along(plan, (u) => {
    const x = u * plan.frequency + plan.offset;
    const wide = noise(x * 0.45, plan.offset) * 0.4;
    const hero = Math.exp(-(((u - peakAt) / 0.26) ** 2));
    // Straight shoulders, broken by ridges of their own.
    const shoulders = Math.max(0, 1 - Math.abs(u - peakAt - 0.03 * noise(u * 9, plan.offset)) / 0.3) * 0.62;
    const crags = ridged(x, plan.offset * 1.7, octaves);
    return crags * (0.62 + 0.16 * hero) + wide + shoulders - 0.42;
  });
}

export function hills(plan: ProfilePlan): Profile {
  return along(plan, (u) => {
    const x = u * plan.frequency + plan.offset;
    return cloudy(x * 0.8, plan.offset * 1.3, 3) * 0.9 + 0.25 + noise(x * 9, plan.offset) * 0.012;
  });
}

/** Long windward slopes, short lee ones: a skewed wave. */
export function dunes(plan: ProfilePlan): Profile {
  return along(plan, (u) => {
    const x = u * plan.frequency * 0.9 + plan.offset;
    const warped = x + 0.35 * noise(x * 0.8, plan.offset + 3);
    const phase = warped - Math.floor(warped);
    const crest =
      phase < 0.68
        ? Math.sin((phase / 0.68) * Math.PI * 0.5)
        : Math.cos(((phase - 0.68) / 0.32) * Math.PI * 0.5);
    const fall = crest ** 1.5;
    return (
      fall * (0.45 + 0.35 * noise(Math.floor(warped) * 0.7, plan.offset)) + noise(x * 0.4, plan.offset) * 0.3
    );
  });
}

export type TreePlan = {
  /** Pixels of a middling tree. */
  readonly height: number;
  /** Trees per own width. */
  readonly density: number;
  readonly crown: 'conifer' | 'round';
  /** 0 keeps the trees everywhere, 1 only in clumps. */
  readonly clumps: number;
};

/** Grows trees on a profile, in place. */
export function growTrees(profile: Profile, ground: Profile, plan: TreePlan, random: Random): void {
  const spacing = (plan.height * 0.3 * SAMPLES) / plan.density;
  const offset = random.between(0, 500);
  for (let at = -plan.height; at < profile.length + plan.height; at += spacing * random.between(0.5, 1.5)) {
    const clump = noise(at / (plan.height * SAMPLES * 6) + offset, offset);
    if (clump < plan.clumps * 1.2 - 0.75) continue;
    const vigour = 0.7 + 0.3 * clamp01(clump + 0.5);
    const height = plan.height * vigour * random.between(0.55, 1.25);
    if (plan.crown === 'conifer') growConifer(profile, ground, at, height, random);
    else growRound(profile, ground, at, height * 0.7, random);
  }
}

function growConifer(profile: Profile, ground: Profile, at: number, height: number, random: Random): void {
  const half = height * random.between(0.14, 0.2) * SAMPLES;
  const centre = Math.round(at);
  const foot = ground[Math.min(ground.length - 1, Math.max(0, centre))] ?? 0;
  const top = foot - height;
  const tiers = random.between(4, 7);
  const phase = random.next();
  for (
    let i = Math.max(0, Math.ceil(centre - half));
    i <= Math.min(profile.length - 1, centre + half);
    i += 1
  ) {
    const t = Math.abs(i - centre) / half;
    // Branches droop in tiers: the outline is a line with teeth that grow outwards.
    const tooth = (t * tiers + phase) % 1;
    const y = top + height * (t ** 0.85 + 0.1 * (tooth - 0.5) * t);
    if (y < (profile[i] ?? 0)) profile[i] = y;
  }
}

function growRound(profile: Profile, ground: Profile, at: number, height: number, random: Random): void {
  const half = height * random.between(0.45, 0.7) * SAMPLES;
  const centre = Math.round(at);
  const foot = ground[Math.min(ground.length - 1, Math.max(0, centre))] ?? 0;
  const lumps = random.between(0, 100);
  for (
    let i = Math.max(0, Math.ceil(centre - half));
    i <= Math.min(profile.length - 1, centre + half);
    i += 1
  ) {
    const t = (i - centre) / half;
    const dome = Math.sqrt(Math.max(0, 1 - t * t));
    const y = foot - height * dome * (0.86 + 0.16 * noise(i / (half * 0.22) + lumps, lumps));
    if (y < (profile[i] ?? 0)) profile[i] = y;
  }
}
