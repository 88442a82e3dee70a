import type { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** Milliseconds between two looks at a silent server; a loaded machine only looks later. */
const LOOK = 5;

/**
 * A clock for tests: waits take no time at all and are written down; limits run out only while a server is known to be
 * silent, so that a slow machine is never taken for a dead connection.
 */
export class TestClock implements Clock {
  /** Milliseconds of each wait there was. */
  readonly waits: number[] = [];
  /** The limits that have not run out: when they will, and whether they were there at the last look. */
  readonly #armed = new Map<() => void, { readonly due: number; old: boolean }>();
  #now: number;

  /** `offset` in milliseconds: how much the clock is ahead of the true time. */
  constructor(offset = 0) {
    this.#now = Date.now() + offset;
  }

  readonly now = (): number => this.#now;

  readonly pause = async (ms: number, signal: AbortSignal): Promise<boolean> => {
    this.waits.push(ms);
    this.#now += ms;
    await nextTurn();
    return !signal.aborted;
  };

  readonly after = (ms: number, then: () => void): (() => void) => {
    this.#armed.set(then, { due: this.#now + ms, old: false });
    return () => void this.#armed.delete(then);
  };

  /** The limits of those that wait for this answer, which never comes or never ends, run out one after the other. */
  readonly silent = (response: EventEmitter): void => {
    const timer = setInterval(() => this.#runOut(), LOOK);
    response.once('close', () => clearInterval(timer));
  };

  /** Every limit runs out soon, until what this gives is called. */
  readonly hurry = (): (() => void) => {
    const timer = setInterval(() => this.#runOut(), LOOK);
    return () => clearInterval(timer);
  };

  /** The next one of those that have been armed since the look before: whatever is younger may belong to the next try. */
  #runOut(): void {
    let next: (() => void) | null = null;
    let at = Infinity;
    for (const [then, limit] of this.#armed) {
      if (limit.old && limit.due < at) [next, at] = [then, limit.due];
      limit.old = true;
    }
    if (next === null) return;
    this.#armed.delete(next);
    this.#now = Math.max(this.#now, at);
    next();
  }
}
