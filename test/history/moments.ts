import type { Random } from '../soak/random.ts';

/** When a run was begun, and whether it is the first of a sitting. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly begins: boolean;
}

const DAY = 86_400_000;
const AWAKE = 15 * 3_600_000;
/** Of a day, in UTC. */
const MORNING = 8 * 3_600_000;
const RUNS_OF_A_SITTING = 22;
/** Milliseconds from run to run. */
const SHORTEST = 8000;
const MORE = 120_000;

/** So many of them in their order, over the days before `until`: sittings of some runs each, nights and pauses between. */
export function moments(count: number, days: number, until: number, random: Random): readonly Moment[] {
  const starts = Array.from({ length: count }, (_, i) => i === 0 || random.chance(1 / RUNS_OF_A_SITTING));
  const gaps = starts.map((begins) => (begins ? 0 : SHORTEST + random.next() ** 2 * MORE));
  const busy = gaps.reduce((sum, gap) => sum + gap, 0);
  // What is left of the time awake lies between the sittings, by chance and of very different lengths.
  const free = Math.max(0, days * AWAKE - busy);
  const weights = starts.map((begins) => (begins ? -Math.log(1 - random.next()) : 0));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const first = Math.floor(until / DAY) * DAY - days * DAY;
  let awake = 0;
  return starts.map((begins, i) => {
    awake += (gaps[i] ?? 0) + ((weights[i] ?? 0) / weight) * free;
    const at = first + Math.floor(awake / AWAKE) * DAY + MORNING + (awake % AWAKE);
    return { at: Math.min(Math.floor(at), until), begins };
  });
}
