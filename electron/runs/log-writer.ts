import type { LogEntry } from '../../shared/fal/queue.ts';
import type { RunId } from '../../shared/runs/run.ts';

export interface LogWriterOptions {
  readonly write: (id: RunId, entries: readonly LogEntry[]) => Promise<void>;
  /** Told once they are written, or the disk has refused them. */
  readonly logged: (id: RunId, entries: readonly LogEntry[]) => void;
}

interface Waiting {
  readonly entries: LogEntry[];
  readonly written: Promise<void>;
}

/**
 * Writes what runs log, the lines that come while the disk is at work together: a model may log faster than a disk syncs.
 * The lines of a run stay in their order.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #writing = new Map<RunId, Promise<void>>();
  readonly #waiting = new Map<RunId, Waiting>();

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Ends when these lines are written. Never fails. */
  add(id: RunId, entries: readonly LogEntry[]): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      waiting.entries.push(...entries);
      return waiting.written;
    }
    const writing = this.#writing.get(id);
    if (writing === undefined) return this.#write(id, entries);
    const gathered = [...entries];
    const written = writing.then(() => {
      this.#waiting.delete(id);
      return this.#write(id, gathered);
    });
    this.#waiting.set(id, { entries: gathered, written });
    return written;
  }

  #write(id: RunId, entries: readonly LogEntry[]): Promise<void> {
    const writing = this.#options
      .write(id, entries)
      .catch(() => undefined)
      .then(() => {
        if (this.#writing.get(id) === writing) this.#writing.delete(id);
        this.#options.logged(id, entries);
      });
    this.#writing.set(id, writing);
    return writing;
  }
}
