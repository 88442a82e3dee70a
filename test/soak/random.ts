/** Chance that comes again with its seed (mulberry32): a round that failed can be had once more. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  /** One of them, each as likely as the others. Throws where there is none. */
  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new Error('There is nothing to pick from');
    return one;
  }

  /** One of them; those at the beginning far oftener than those at the end. */
  favourite<T>(from: readonly T[]): T {
    const at = Math.floor(from.length * this.next() ** 3);
    return from[at] ?? this.pick(from);
  }
}
