/** What to do about a connection that was lost, or ended with an input unanswered. */
export type Verdict =
  | { readonly kind: 'again'; readonly attempt: number }
  /** The input has cost several connections without an answer: it is taken for the cause. */
  | { readonly kind: 'poison' }
  /** In vain for so long that only the person should try again. */
  | { readonly kind: 'enough' };

/** Connections that one input may cost. */
export const POISON = 3;

/** Counts failures since the last answer, and holds them against the input that was on its way each time. */
export class Patience<T> {
  readonly #giveUp: number;
  #attempt = 0;
  #since: number | null = null;
  #blamed: { readonly input: T; readonly times: number } | null = null;

  /** `giveUp` in milliseconds. */
  constructor(giveUp: number) {
    this.#giveUp = giveUp;
  }

  /** `unanswered` is the input that was on its way, if there was one; `now` in milliseconds of a steady clock. */
  failed(unanswered: T | undefined, now: number): Verdict {
    this.#since ??= now;
    if (unanswered !== undefined) {
      const times = this.#blamed?.input === unanswered ? this.#blamed.times + 1 : 1;
      this.#blamed = { input: unanswered, times };
      if (times >= POISON) {
        this.#blamed = null;
        return { kind: 'poison' };
      }
    }
    if (now - this.#since >= this.#giveUp) return { kind: 'enough' };
    const attempt = this.#attempt;
    this.#attempt += 1;
    return { kind: 'again', attempt };
  }

  /** An answer came, or the person wants it tried anew. */
  restore(): void {
    this.#attempt = 0;
    this.#since = null;
    this.#blamed = null;
  }
}
