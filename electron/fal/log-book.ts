import type { LogEntry } from '../../shared/fal/queue.ts';

/** Keeps one copy of each log line: polls repeat them all, the stream sends increments (fal-protocol §4.2, §4.3). */
export class LogBook {
  readonly #seen = new Set<string>();

  constructor(known: readonly LogEntry[] = []) {
    this.take(known);
  }

  /** The lines not seen before, in order. */
  take(entries: readonly LogEntry[]): LogEntry[] {
    return entries.filter((entry) => {
      const key = `${entry.timestamp}\n${entry.level}\n${entry.message}`;
      if (this.#seen.has(key)) return false;
      this.#seen.add(key);
      return true;
    });
  }
}
