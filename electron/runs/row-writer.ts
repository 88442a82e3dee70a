import type { Run, RunId } from '../../shared/runs/run.ts';
import { mayFollow } from '../../shared/runs/transitions.ts';
import type { History } from '../history/history.ts';
import { messageOf } from './message-of.ts';

export interface RowWriterOptions {
  readonly history: Pick<History, 'putRun' | 'run'>;
  readonly changed: (run: Run) => void;
  readonly notice: (sentence: string) => void;
  /** Aborted when the program goes: what fails then is no news. */
  readonly life: AbortSignal;
}

/** Writes each step of a run before it is told, and refuses those the table does not know. */
export class RowWriter {
  readonly #options: RowWriterOptions;
  /** The state last written of each live run. */
  readonly #written = new Map<RunId, Run>();
  /** Rows as they should stand, where the disk refused them; none of a run that is being written at this moment. */
  readonly #unwritten = new Map<RunId, Run>();
  /** The newest state on its way to the disk, of each run that has one. */
  readonly #posted = new Map<RunId, Run>();

  constructor(options: RowWriterOptions) {
    this.#options = options;
  }

  /** From here on the run's steps are held against the table; `run` is how its row stands. */
  watch(run: Run): void {
    this.#written.set(run.id, run);
  }

  unwatch(id: RunId): void {
    this.#written.delete(id);
  }

  /** As it should stand: what the disk has of a run it refused is older, and must not be built upon. */
  async read(id: RunId): Promise<Run | null> {
    const refused = this.#unwritten.get(id);
    if (refused !== undefined) return refused;
    const row = await this.#options.history.run(id);
    // A write that was on its way may have been refused meanwhile.
    return this.#unwritten.get(id) ?? row;
  }

  async write(run: Run): Promise<void> {
    this.#step(run);
    try {
      await this.#options.history.putRun(run);
      this.#settle(run);
      await this.writeAgain();
    } catch (error) {
      const newest = this.#settle(run);
      if (this.#options.life.aborted) return;
      if (newest) this.#unwritten.set(run.id, run);
      // The run itself goes on: what is written of it still leads back to it at the next start.
      this.#options.notice(
        `The history could not be written (${messageOf(error)}). Make room on the disk. Runs go on and are looked up again at the next start.`,
      );
    }
    this.#options.changed(run);
  }

  /**
   * Writes a step after which money may be spent. Null when it stands; else why it does not: then it is not told, and must
   * not be taken.
   */
  async writeFirst(run: Run): Promise<string | null> {
    const before = this.#step(run);
    try {
      await this.#options.history.putRun(run);
    } catch (error) {
      this.#settle(run);
      if (before !== undefined && this.#written.get(run.id) === run) this.#written.set(run.id, before);
      return messageOf(error);
    }
    this.#settle(run);
    this.#options.changed(run);
    return null;
  }

  /** Holds the step against the table and answers the one before it. */
  #step(run: Run): Run | undefined {
    const before = this.#written.get(run.id);
    if (before !== undefined && !mayFollow(before.state.kind, run.state.kind))
      throw new Error(`${run.state.kind} cannot follow ${before.state.kind}`);
    if (before !== undefined) this.#written.set(run.id, run);
    // Taken out before: written again behind this row, what was refused would stand in its place.
    this.#unwritten.delete(run.id);
    this.#posted.set(run.id, run);
    return before;
  }

  /** Whether no newer state of the run has been sent after it. */
  #settle(run: Run): boolean {
    return this.#posted.get(run.id) === run && this.#posted.delete(run.id);
  }

  /** Writes what the disk refused before; most of all how runs ended, for nothing else would write it again. */
  async writeAgain(): Promise<void> {
    for (const [id, run] of this.#unwritten) {
      const written = await this.#options.history.putRun(run).then(
        () => true,
        () => false,
      );
      if (!written) return;
      if (this.#unwritten.get(id) === run) this.#unwritten.delete(id);
    }
  }
}
