import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { findMedia } from '../../shared/media/find.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunPartial, RunState } from '../../shared/runs/run.ts';
import type { FalConnection } from '../fal/connection.ts';
import type { LogBook } from '../fal/log-book.ts';
import type { StoredFile } from '../history/small-tables.ts';
import { isLarge, shortened } from './large-output.ts';
import { unwritten } from './new-run.ts';
import { saveMedia } from './save-media.ts';
import type { FetchFile } from './save-media.ts';
import { stampAfter } from './stamp.ts';
import { uploadMedia } from './upload-media.ts';
import type { SendFile } from './upload-media.ts';

export interface LineOptions {
  readonly connection: FalConnection;
  readonly endpoint: EndpointId;
  readonly logBook: LogBook;
  readonly fetchFile: (...args: [...Parameters<FetchFile>, signal: AbortSignal]) => ReturnType<FetchFile>;
  readonly sendFile: SendFile;
  /** Writes the row, then tells the window. */
  readonly write: (run: Run) => Promise<void>;
  /** The same for a step that must not be taken unwritten: null when it stands, else why it does not. */
  readonly writeFirst: (run: Run) => Promise<string | null>;
  readonly log: (run: Run, entries: readonly LogEntry[]) => Promise<void>;
  readonly notice: (sentence: string) => void;
  readonly partial: (partial: RunPartial) => void;
  /** Aborted when the files of the output are not waited for any more. */
  readonly enough: AbortSignal;
}

/** A run on its way, however it is called. */
export interface Line {
  readonly run: Run;
  /** Goes on from wherever the row stands, to the end. */
  readonly drive: () => Promise<void>;
  /** Asks for an end. */
  readonly cancel: () => Promise<void>;
  /** The connection may be dead, or alive again: what can be asked anew is asked at once. */
  readonly recheck: () => void;
  /** Leaves the run as it is written; the next start takes it up again. */
  readonly leave: () => void;
}

/** The steps that every line has: files there, files back, rows and logs. Each is a row before it is an event. */
export class LineSteps {
  readonly #options: LineOptions;
  #run: Run;
  /** Copied already, by address: a step taken anew does not load them again. */
  readonly #copied = new Map<string, StoredFile>();
  /** Sent already: their addresses at fal. A step taken anew does not send them again. */
  readonly #addresses = new Map<string, string>();
  /** What is sent where the row's input names files of this computer. */
  #addressed: JsonObject | null = null;

  constructor(run: Run, options: LineOptions) {
    this.#run = run;
    this.#options = options;
  }

  get run(): Run {
    return this.#run;
  }

  /** What the model is sent. */
  get body(): JsonObject {
    return this.#addressed ?? this.#run.input;
  }

  /** Sends the files that the input names; `submitting` comes next. */
  async upload(signal: AbortSignal): Promise<void> {
    const sendOnce: SendFile = async (sha256, either) => {
      const known = this.#addresses.get(sha256);
      if (known !== undefined) return ok(known);
      const sent = await this.#options.sendFile(sha256, either);
      if (sent.ok) this.#addresses.set(sha256, sent.value);
      return sent;
    };
    const sent = await uploadMedia(
      this.#run.input,
      sendOnce,
      (done, total) => (signal.aborted ? Promise.resolve() : this.move({ kind: 'uploading', done, total })),
      signal,
    );
    if (signal.aborted) return;
    if (!sent.ok) return this.end({ kind: 'failed', error: sent.error });
    this.#addressed = sent.value;
    this.note({ state: { kind: 'submitting' }, times: { ...this.#run.times, submitted: Date.now() } });
    // A row that says files are on their way is submitted anew at the next start.
    const refusal = await this.#options.writeFirst(this.#run);
    // Not one that was cancelled meanwhile; a recheck in between does not let it go on unwritten.
    if (refusal !== null && this.#run.state.kind === 'submitting')
      await this.end({ kind: 'failed', error: unwritten(refusal) });
  }

  /**
   * The output is known: what it names is to be copied, or the run has succeeded. One that is too large for a row becomes
   * smaller before any row or anybody has it; `signal` ends that, and then nothing is written.
   */
  async finish(output: JsonValue, signal: AbortSignal): Promise<void> {
    if (isLarge(output)) return this.#finishLarge(output, signal);
    return findMedia(output).length === 0
      ? this.end({ kind: 'succeeded' }, { output })
      : this.move({ kind: 'saving', done: 0, total: 0 }, { output });
  }

  async #finishLarge(output: JsonValue, signal: AbortSignal): Promise<void> {
    const short = await shortened(output, (url, claimedType) => this.copy(url, claimedType, signal));
    if (signal.aborted) return;
    if (!short.ok)
      return this.end({ kind: 'failed', error: { ...short.error, requestId: this.#run.requestId } });
    const { output: left, media, setAside } = short.value;
    await this.end({ kind: 'succeeded' }, { output: left, media: [...media] });
    if (setAside > 0)
      this.#options.notice(
        `The output of ${this.#run.endpointId} is ${Math.ceil(setAside / 2 ** 20)} MB of JSON, more than is shown here. It is kept whole as the file output.json of the run.`,
      );
  }

  /** Copies the files of the output to this computer, as long as they are waited for; the run has succeeded then. */
  async save(signal: AbortSignal): Promise<void> {
    const saved = await saveMedia(
      this.#run.output,
      (url, claimedType) => this.#copyUnlessEnough(url, claimedType, signal),
      (done, total) => (signal.aborted ? Promise.resolve() : this.move({ kind: 'saving', done, total })),
    );
    if (signal.aborted) return;
    await this.end({ kind: 'succeeded' }, { output: saved.output, media: [...saved.media] });
  }

  /** What stands in the output itself is copied all the same: it is here already. */
  async #copyUnlessEnough(
    url: string,
    claimedType: string | null,
    signal: AbortSignal,
  ): ReturnType<LineSteps['copy']> {
    if (url.startsWith('data:')) return this.copy(url, claimedType, signal);
    const { enough } = this.#options;
    const file = await this.copy(url, claimedType, AbortSignal.any([signal, enough]));
    return !file.ok && enough.aborted ? fail(NOT_WAITED_FOR) : file;
  }

  /** Copies one file to this computer, once. */
  async copy(
    url: string,
    claimedType: string | null,
    signal: AbortSignal,
  ): Promise<Result<StoredFile, AppError>> {
    const kept = this.#copied.get(url);
    if (kept !== undefined) return ok(kept);
    const file = await this.#options.fetchFile(url, claimedType, signal);
    if (file.ok && !signal.aborted) this.#copied.set(url, file.value);
    return file;
  }

  /** What an answer's head says of the run (fal-protocol §9.2). */
  head(headers: Headers): void {
    const billableUnits = unitsIn(headers);
    if (billableUnits !== null) this.note({ money: { ...this.#run.money, billableUnits } });
  }

  /** Those not heard before. */
  async log(entries: readonly LogEntry[]): Promise<void> {
    const fresh = this.#options.logBook.take(entries);
    if (fresh.length > 0) await this.#options.log(this.#run, fresh);
  }

  end(state: RunState, patch: Partial<Run> = {}): Promise<void> {
    return this.move(state, { ...patch, times: { ...this.#run.times, ended: stampAfter(this.#run.times) } });
  }

  async move(state: RunState, patch: Partial<Run> = {}): Promise<void> {
    this.note({ ...patch, state });
    await this.#options.write(this.#run);
  }

  /** Written with the next step. */
  note(patch: Partial<Run>): void {
    this.#run = { ...this.#run, ...patch };
  }
}

const NOT_WAITED_FOR = appError('cancelled', 'This file was not copied to this computer', {
  hint: 'Its copying was cancelled. The result itself is kept; fetch the file again while fal has it.',
});

/** The units fal charges, where it says so. */
function unitsIn(headers: Headers): number | null {
  const told = headers.get('x-fal-billable-units');
  const units = told === null || told.trim() === '' ? Number.NaN : Number(told);
  return units >= 0 && units <= MOST_UNITS ? units : null;
}

/** No run is charged so many, and sums stay sums. */
const MOST_UNITS = 1e9;
