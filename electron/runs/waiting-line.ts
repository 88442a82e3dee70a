import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { mostAtOnceSchema } from '../../shared/ipc/runs.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import type { History } from '../history/history.ts';
import type { LiveLines } from './live-lines.ts';
import { messageOf } from './message-of.ts';
import { sentNow } from './new-run.ts';
import { inOrder, isWaiting, lastRank, moved } from './ranks.ts';
import type { WaitingRun } from './ranks.ts';
import type { RowWriter } from './row-writer.ts';
import type { RunServiceOptions } from './run-service-options.ts';
import { stampAfter } from './stamp.ts';
import { unsent } from './take-up.ts';

const MOST = 'runs:most';

/** How many runs may be under way at once, as it was last set; 8 where it was not. */
export async function keptMost(history: Pick<History, 'kept'>): Promise<number> {
  const kept = mostAtOnceSchema.safeParse((await history.kept(MOST))?.value);
  return kept.success ? kept.data : 8;
}

export interface WaitingLineOptions extends Pick<
  RunServiceOptions,
  'connection' | 'changed' | 'notice' | 'most'
> {
  readonly history: Pick<History, 'keep'>;
  readonly rows: RowWriter;
  readonly lines: LiveLines;
  readonly life: AbortSignal;
}

/**
 * Runs that wait for their turn, and the places they wait for. What was waiting when the program last stopped is held: it
 * is sent only when a person says so.
 */
export class WaitingLine {
  readonly #options: WaitingLineOptions;
  #most: number;
  readonly #waiting = new Map<RunId, WaitingRun>();
  /** Places that are taken by runs without a line yet. */
  #taken = 0;
  /** Those whose turn it is, while the way to fal is looked up. */
  readonly #going = new Set<RunId>();

  constructor(options: WaitingLineOptions) {
    this.#options = options;
    this.#most = options.most;
  }

  get most(): number {
    return this.#most;
  }

  /** The next in front. */
  get runs(): readonly Run[] {
    return inOrder(this.#waiting.values());
  }

  has(id: RunId): boolean {
    return this.#waiting.has(id);
  }

  /** The rank of one that comes after all others. */
  get last(): number {
    return lastRank(this.#waiting.values());
  }

  async setMost(most: number): Promise<Result<null, AppError>> {
    try {
      await this.#options.history.keep(MOST, most, Date.now());
    } catch (error) {
      return fail(appError('storage', 'The setting could not be kept', { detail: messageOf(error) }));
    }
    this.#most = most;
    this.pump();
    return ok(null);
  }

  /** Takes up to `wanted` places, and none where others wait for one. They are given back when their lines have begun. */
  take(wanted: number, profileId: string): number {
    const queued = [...this.#waiting.values()].some(({ state }) => !state.held);
    const taken = queued ? 0 : Math.max(0, Math.min(wanted, this.#free(profileId)));
    this.#taken += taken;
    return taken;
  }

  giveBack(places: number): void {
    this.#taken -= places;
    this.pump();
  }

  /** Their rows stand already; of others than waiting runs nothing is done. */
  add(runs: readonly Run[]): void {
    for (const run of runs) {
      if (!isWaiting(run)) continue;
      this.#options.rows.watch(run);
      this.#waiting.set(run.id, run);
    }
    this.pump();
  }

  /** What was waiting when the program last stopped. */
  async hold(runs: readonly Run[]): Promise<void> {
    for (const run of runs) {
      if (!isWaiting(run) || this.has(run.id)) continue;
      this.#options.rows.watch(run);
      this.#waiting.set(run.id, run);
      await this.#rewrite({ ...run, state: { ...run.state, held: true } });
    }
  }

  /** Those of them that wait for a person's word. */
  held(ids: readonly RunId[]): WaitingRun[] {
    return ids.flatMap((id) => {
      const run = this.#waiting.get(id);
      return run?.state.held === true ? [run] : [];
    });
  }

  async release(ids: readonly RunId[]): Promise<void> {
    for (const id of ids) {
      const run = this.#waiting.get(id);
      if (run?.state.held === true) await this.#rewrite({ ...run, state: { ...run.state, held: false } });
    }
    this.pump();
  }

  async reorder(id: RunId, before: RunId | null): Promise<Result<null, AppError>> {
    if (!this.has(id))
      return fail(appError('input', 'This run does not wait any more', { hint: 'It has just been sent.' }));
    for (const run of moved(this.#waiting.values(), id, before)) await this.#rewrite(run);
    return ok(null);
  }

  /** Ends it at once, for nothing of it was sent. False where it does not wait. */
  async cancel(id: RunId): Promise<boolean> {
    const run = this.#waiting.get(id);
    if (run === undefined) return false;
    this.#waiting.delete(id);
    const times = { ...run.times, ended: stampAfter(run.times) };
    await this.#end({ ...run, times, state: { kind: 'cancelled', word: null } });
    return true;
  }

  /** Sends those whose turn it is. */
  pump(): void {
    if (this.#options.life.aborted) return;
    for (const run of inOrder(this.#waiting.values())) {
      if (run.state.held || this.#going.has(run.id)) continue;
      if (this.#free(run.profileId) > 0) void this.#send(run);
    }
  }

  #free(profileId: string): number {
    return this.#most - this.#options.lines.inTheWayOf(profileId) - this.#taken;
  }

  async #send({ id, profileId }: WaitingRun): Promise<void> {
    const { lines, rows, life } = this.#options;
    this.#taken += 1;
    this.#going.add(id);
    try {
      const connection = await this.#options.connection(profileId);
      const run = this.#waiting.get(id);
      // It may have been cancelled or held meanwhile.
      if (run === undefined || run.state.held || life.aborted) return;
      this.#waiting.delete(id);
      if (!connection.ok) return await this.#end(unsent(run, connection.error));
      if (connection.value.credentials() === null) return await this.#end(unsent(run, NO_KEY));
      const next = sentNow(run, Date.now());
      rows.watch(run);
      lines.begin(next, connection.value, undefined, this.#written(next, run));
    } finally {
      this.#going.delete(id);
      this.#taken -= 1;
      this.pump();
    }
  }

  /** Whether its row says that it is sent: one that says it waits could be sent again at the next start. */
  async #written(next: Run, before: WaitingRun): Promise<boolean> {
    const refusal = await this.#options.rows.writeFirst(next);
    if (refusal === null) return true;
    const line = this.#options.lines.get(next.id);
    if (line !== null && !isOver(line.run.state)) {
      this.#options.lines.drop(next.id);
      this.#waiting.set(before.id, before);
    }
    this.#holdAll();
    this.#options.notice(
      `The history could not be written (${refusal}). What waits for its turn waits on, and nothing of it was sent. Make room on the disk, then send it.`,
    );
    return false;
  }

  /** Told only: where the disk refuses, the next start holds them as well. */
  #holdAll(): void {
    for (const run of this.#waiting.values()) {
      const held: WaitingRun = { ...run, state: { ...run.state, held: true } };
      this.#waiting.set(run.id, held);
      this.#options.changed(held);
    }
  }

  /** Not of one that was sent meanwhile: it would be sent again. */
  async #rewrite(run: WaitingRun): Promise<void> {
    if (!this.has(run.id)) return;
    this.#waiting.set(run.id, run);
    await this.#options.rows.write(run);
  }

  async #end(run: Run): Promise<void> {
    await this.#options.rows.write(run);
    this.#options.rows.unwatch(run.id);
  }
}

const NO_KEY = appError('auth', 'There is no key any more');
