/** How many of the last answers the round trip is told of. */
const TRIPS = 120;
const SECOND = 1000;

export interface RoundTrip {
  /** Milliseconds: half of the answers took less, and nineteen of twenty. */
  readonly p50: number;
  readonly p95: number;
}

/**
 * What the instruments show of a session. It changes with every frame, so it is no state of React's: who shows it looks
 * when it suits them. Times are milliseconds of one clock, whichever.
 */
export class FrameStats {
  /** As main counts them. */
  counts = { sent: 0, received: 0, dropped: 0 };
  /** Of the newest frame whose server told. */
  serverSeconds: number | null = null;
  readonly #painted: number[] = [];
  readonly #trips: number[] = [];
  #liveSince: number | null = null;
  #liveBefore = 0;

  painted(at: number, roundTrip: number | null, serverSeconds: number | null): void {
    this.#painted.push(at);
    this.#forget(at);
    if (roundTrip !== null) this.#trips.push(roundTrip);
    if (this.#trips.length > TRIPS) this.#trips.shift();
    if (serverSeconds !== null) this.serverSeconds = serverSeconds;
  }

  /** Frames painted in the last second. */
  perSecond(now: number): number {
    this.#forget(now);
    return this.#painted.length;
  }

  /** Null until an answer told how long it took. */
  roundTrip(): RoundTrip | null {
    if (this.#trips.length === 0) return null;
    const sorted = this.#trips.toSorted((a, b) => a - b);
    const at = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
    return { p50: at(0.5), p95: at(0.95) };
  }

  /** The connection stands, or no longer does. */
  connected(stands: boolean, at: number): void {
    if (stands === (this.#liveSince !== null)) return;
    if (this.#liveSince !== null) this.#liveBefore += at - this.#liveSince;
    this.#liveSince = stands ? at : null;
  }

  /** Milliseconds the connection has stood, over all its interruptions. */
  elapsed(now: number): number {
    return this.#liveBefore + (this.#liveSince === null ? 0 : now - this.#liveSince);
  }

  #forget(now: number): void {
    while ((this.#painted[0] ?? now) <= now - SECOND) this.#painted.shift();
  }
}
