import type { AppError } from '../../shared/fal/errors.ts';
import type { Lookup, Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { LogBook } from '../fal/log-book.ts';
import { callLost } from './call-line.ts';
import { confirming, unconfirmed } from './confirm.ts';
import type { LiveLines } from './live-lines.ts';
import type { RowWriter } from './row-writer.ts';
import type { RunServiceOptions } from './run-service-options.ts';
import { saveMedia, saveRemaining } from './save-media.ts';
import { stampAfter } from './stamp.ts';
import { NOTHING_SENT } from './upload-media.ts';

export interface TakeUpOptions extends Pick<RunServiceOptions, 'history' | 'connection'> {
  readonly rows: RowWriter;
  readonly lines: LiveLines;
  readonly life: AbortSignal;
}

/** Runs that nobody drives and that are not done with: taken up from their rows, or set aside until they can be. */
export class TakeUp {
  readonly #options: TakeUpOptions;
  /** Runs under way whose profile could not be reached. */
  readonly #away = new Map<RunId, Run>();
  /** Runs that may be at fal without anyone here following them. */
  readonly #unconfirmed = new Set<RunId>();
  /** The newest runs with files that only the network kept from being copied. */
  readonly #incomplete = new Set<RunId>();

  constructor(options: TakeUpOptions) {
    this.#options = options;
  }

  /** The run as it waits for its profile; null where it does not. */
  away(id: RunId): Run | null {
    return this.#away.get(id) ?? null;
  }

  /** Its profile may be back. */
  async tryAway(id: RunId): Promise<void> {
    const run = this.#away.get(id);
    if (run === undefined) return;
    this.#away.delete(id);
    await this.take(run);
  }

  /** All that a network that is back may mend. */
  async tryAll(): Promise<void> {
    const away = [...this.#away.values()];
    const open = [...this.#unconfirmed];
    this.#away.clear();
    this.#unconfirmed.clear();
    await Promise.all([
      this.copyIncomplete(),
      ...away.map((run) => this.take(run)),
      ...open.map((id) => this.#confirmAgain(id)),
    ]);
  }

  /** Goes on with a run from its row. */
  async take(run: Run): Promise<void> {
    const { rows, lines, history, life } = this.#options;
    rows.watch(run);
    if (run.method !== 'queue' && (run.state.kind === 'submitting' || run.state.kind === 'running')) {
      await rows.write(callLost(run));
      return rows.unwatch(run.id);
    }
    if (run.requestId === null && run.state.kind !== 'saving' && run.state.kind !== 'uploading')
      return this.#confirm(run);
    const connection = await this.#options.connection(run.profileId);
    if (life.aborted) return;
    if (connection.ok) lines.begin(run, connection.value, new LogBook(await history.logs(run.id)));
    else await this.#setAside(run, connection.error);
  }

  /** What a later try may still mend of a run that is over. */
  noteLeft(run: Run): void {
    if (!isOver(run.state)) return;
    if (run.state.kind === 'unconfirmed') this.#unconfirmed.add(run.id);
    const missing = run.media.some((item) => item.kind === 'remote' && item.error.kind === 'network');
    if (missing) this.#incomplete.add(run.id);
  }

  async copyIncomplete(): Promise<void> {
    const ids = [...this.#incomplete];
    this.#incomplete.clear();
    await Promise.all(
      ids.map(async (id) => {
        const run = await this.#options.rows.read(id);
        if (run !== null) await this.copyFiles(run);
      }),
    );
  }

  /** Copies files of a finished run that could not be copied before; answers the first that still cannot. */
  async copyFiles(run: Run): Promise<AppError | null> {
    const { rows, lines, life } = this.#options;
    // A run under way copies its own files; writing its row from here could undo its next state.
    if (lines.has(run.id)) return null;
    const media = await saveRemaining(run, (url, type) => lines.fetchFile(run.profileId, url, type, life));
    const changed: Run = { ...run, media };
    await rows.write(changed);
    this.noteLeft(changed);
    return media.find((item) => item.kind === 'remote')?.error ?? null;
  }

  /** A submit without an answer is never sent again: fal is asked whether it has it. */
  async #confirm(run: Run): Promise<void> {
    const { rows, lines, life } = this.#options;
    const state = confirming(run.state);
    const asking: Run = { ...run, state };
    await rows.write(asking);
    const connection = await this.#options.connection(run.profileId);
    if (life.aborted) return;
    if (connection.ok) return lines.begin(asking, connection.value);
    const lookup: Lookup = { kind: 'impossible', error: connection.error };
    await rows.write(unconfirmed(asking, state.error, lookup));
    rows.unwatch(run.id);
    this.#unconfirmed.add(run.id);
  }

  async #confirmAgain(id: RunId): Promise<void> {
    const { rows, lines } = this.#options;
    const run = await rows.read(id);
    if (run?.state.kind === 'unconfirmed' && !lines.has(id)) await this.take(run);
  }

  /** A run whose profile leads nowhere now waits, and says why, for the next try or the next start. */
  async #setAside(run: Run, error: AppError): Promise<void> {
    const { rows } = this.#options;
    const { state } = run;
    if (state.kind === 'saving' || state.kind === 'uploading') {
      await (state.kind === 'saving' ? this.#save(run) : rows.write(unsent(run, error)));
      return rows.unwatch(run.id);
    }
    const waiting: Run =
      state.kind === 'queued' || state.kind === 'running' || state.kind === 'fetching'
        ? { ...run, state: { ...state, trouble: error } }
        : { ...run, state: { kind: 'running', trouble: error } };
    await rows.write(waiting);
    this.#away.set(run.id, waiting);
  }

  /** Files are copied without a key, so a result that is known needs no profile any more. */
  async #save(run: Run): Promise<void> {
    const { rows, lines, life } = this.#options;
    const saved = await saveMedia(
      run.output,
      (url, claimedType) => lines.fetchFile(run.profileId, url, claimedType, life),
      () => Promise.resolve(),
    );
    if (life.aborted) return;
    const times = { ...run.times, ended: stampAfter(run.times) };
    const { output, media } = saved;
    await rows.write({ ...run, output, media: [...media], times, state: { kind: 'succeeded' } });
  }
}

/** Sent some day later, when its profile leads somewhere again, it would come as a surprise and cost. */
export function unsent(run: Run, error: AppError): Run {
  const times = { ...run.times, ended: stampAfter(run.times) };
  return { ...run, times, state: { kind: 'failed', error: { ...error, hint: NOTHING_SENT } } };
}
