import type { Answer } from '../../electron/local-fal/index.ts';

/**
 * What befalls a request:
 * - `none`          nothing
 * - `answer-lost`   it is taken, and the answer to its submit is lost
 * - `runner-fails`  its runner crashes: it ends COMPLETED with an error
 * - `back-to-queue` it falls from IN_PROGRESS back to IN_QUEUE once
 * - `stream-cut`    each of its status streams is cut after the first event
 * - `no-stream`     404 on its status stream
 * - `result-502`    its result is first answered with 502, by something in between
 */
const FATES = [
  'none',
  'answer-lost',
  'runner-fails',
  'back-to-queue',
  'stream-cut',
  'no-stream',
  'result-502',
] as const;
export type Fate = (typeof FATES)[number];

/** One submit in so many is refused with 429 before it is taken. */
const REFUSED_ONE_IN = 8;

/** Faults by chance, but the same for the same seed: the nth request taken meets the nth fate. */
export class SeededFaults {
  #seed: number | null = null;
  #chance: (() => number) | null = null;
  readonly #fates = new Map<string, Fate>();
  readonly #resultsLost = new Set<string>();
  /** Submits are refused by a chance of their own, or how often they came would change the fates. */
  #refusals: (() => number) | null = null;

  /** Null for none; the same seed as before goes on where it was. */
  set(seed: number | null): void {
    if (seed === this.#seed) return;
    this.#seed = seed;
    this.#chance = seed === null ? null : chanceOf(seed);
    this.#refusals = seed === null ? null : chanceOf(seed + 1);
  }

  /** What befell each request so far, by its id. */
  list(): ReadonlyMap<string, Fate> {
    return this.#fates;
  }

  fateOf(requestId: string): Fate {
    const known = this.#fates.get(requestId);
    if (known !== undefined) return known;
    if (this.#chance === null) return 'none';
    const fate = FATES[Math.floor(this.#chance() * FATES.length)] ?? 'none';
    this.#fates.set(requestId, fate);
    return fate;
  }

  /** Null where the submit is taken. */
  refusal(): Answer | null {
    if (this.#refusals === null || this.#refusals() >= 1 / REFUSED_ONE_IN) return null;
    return {
      status: 429,
      headers: { 'retry-after': '0', 'x-fal-error-type': 'concurrent_requests_limit' },
      body: { detail: 'Too many requests at once', error_type: 'concurrent_requests_limit' },
    };
  }

  /** Whether something in between keeps the result back; a second asking never meets it. */
  losesResult(requestId: string): boolean {
    if (this.#fates.get(requestId) !== 'result-502' || this.#resultsLost.has(requestId)) return false;
    this.#resultsLost.add(requestId);
    return true;
  }
}

/** Numbers from 0 to below 1 by a linear congruence modulo 2^32 (Numerical Recipes), its high bits. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
