import { pause } from './retry.ts';

/** Time as the client takes it: every wait and every limit goes by it, so that a test can have its own. */
export interface Clock {
  /** Milliseconds since 1970. People and networks set it, also back: only dates that a server tells are compared with it. */
  readonly now: () => number;
  /** Waits so many milliseconds; false at once when aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** Calls `then` after so many milliseconds, unless what it gives is called before. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  pause,
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    // A limit is no reason to live on: what it limits is.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export const clockOf = ({ clock = SYSTEM_CLOCK }: { readonly clock?: Clock }): Clock => clock;

/** Aborts after so many milliseconds, as `AbortSignal.timeout` does. */
export function limitOf(clock: Clock, ms: number): AbortSignal {
  const over = new AbortController();
  clock.after(ms, () => over.abort(new DOMException('The time is over', 'TimeoutError')));
  return over.signal;
}

/** Aborts when no life was seen for so many milliseconds; with `begun` false they count from the first life on. */
export class Silence {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #dead = new AbortController();
  #rest: () => void = () => undefined;

  constructor(clock: Clock, limit: number, begun = true) {
    this.#clock = clock;
    this.#limit = limit;
    if (begun) this.#rest = this.#wait();
  }

  get signal(): AbortSignal {
    return this.#dead.signal;
  }

  alive(): void {
    this.#rest();
    this.#rest = this.#wait();
  }

  end(): void {
    this.#rest();
  }

  #wait(): () => void {
    return this.#clock.after(this.#limit, () =>
      this.#dead.abort(new Error(`nothing came for ${this.#limit / 1000} s`)),
    );
  }
}
