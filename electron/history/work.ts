import type { HistoryDatabase } from './database.ts';

/** Milliseconds of work, and between the works: a call waits for no more than one. */
const PIECE = 25;
const PAUSE = 5;

/** What is to be worked out of rows is done between the calls, a little at a time, and said once all of it is. */
export class Work {
  readonly #database: Pick<HistoryDatabase, 'due' | 'work'>;
  readonly #done: () => void;
  #next: NodeJS.Timeout | null = null;
  #begun = false;

  constructor(database: Pick<HistoryDatabase, 'due' | 'work'>, done: () => void) {
    this.#database = database;
    this.#done = done;
  }

  /** To be called whenever there may be work. */
  schedule(): void {
    if (this.#next !== null) return;
    if (this.#isDue()) {
      this.#begun = true;
      this.#next = setTimeout(() => this.#piece(), PAUSE);
    } else if (this.#begun) {
      this.#begun = false;
      this.#done();
    }
  }

  /** Not asked for by anybody, so a file that is damaged there must not take the history's thread with it. */
  #isDue(): boolean {
    try {
      return this.#database.due;
    } catch {
      return false;
    }
  }

  stop(): void {
    if (this.#next !== null) clearTimeout(this.#next);
  }

  #piece(): void {
    this.#next = null;
    try {
      this.#database.work(PIECE);
    } catch {
      // A full disk, or another program that holds the file: after the next call it is tried again.
      return;
    }
    this.schedule();
  }
}
