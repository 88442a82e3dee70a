import { PLAIN } from '../../shared/runs/asked.ts';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Lookup, Run, RunId, RunState } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import type { FalConnection } from '../fal/connection.ts';
import { upload } from '../fal/storage/upload.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { History } from '../history/history.ts';
import type { InputFiles } from '../history/input-files.ts';
import type { MediaStore } from '../history/media-store.ts';
import { confirming, Confirmer, unconfirmed } from './confirm.ts';
import { resultFiles } from './fetch-file.ts';
import { LogBook } from '../fal/log-book.ts';
import { RowWriter } from './row-writer.ts';
import { RunLine } from './run-line.ts';
import type { LineOptions } from './run-line.ts';
import { saveMedia, saveRemaining } from './save-media.ts';
import { stampAfter } from './stamp.ts';
import { NOTHING_SENT } from './upload-media.ts';

export interface RunServiceOptions {
  readonly history: Pick<
    History,
    'newId' | 'putRun' | 'run' | 'page' | 'unfinished' | 'addLogs' | 'logs' | 'putFile'
  >;
  readonly media: Pick<MediaStore, 'fetch'>;
  /** For the files of results. */
  readonly fetch: Fetch;
  /** What requests name as `media:<sha256>`. */
  readonly files: Pick<InputFiles, 'facts' | 'pathOf'>;
  readonly activeProfile: () => string;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
  /** Whether a profile's results may lie on this computer's own addresses. */
  readonly isLocal: (profileId: string) => boolean;
  readonly changed: (run: Run) => void;
  readonly logged: (id: RunId, entries: readonly LogEntry[]) => void;
  /** Something went wrong that the person must know and nothing else will say. */
  readonly notice: (sentence: string) => void;
}

/** Of so many runs, missing files and answers are tried again by themselves; for older ones the window offers it. */
const NEWEST = 50;

/** All runs that are not over, each on its own line. */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #lines = new Map<RunId, RunLine>();
  readonly #life = new AbortController();
  readonly #rows: RowWriter;
  readonly #confirmer: Confirmer;
  /** Runs under way whose profile could not be reached. */
  readonly #away = new Map<RunId, Run>();
  /** Runs that may be at fal without anyone here following them. */
  readonly #unconfirmed = new Set<RunId>();
  /** The newest runs with files that only the network kept from being copied. */
  readonly #incomplete = new Set<RunId>();

  constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#rows = new RowWriter({ ...options, life: this.#life.signal });
    this.#confirmer = new Confirmer({ history: options.history, live: () => this.live() });
  }

  /** Writes the run down, then sends it. Nothing is sent when it cannot be written. */
  async start(endpointId: string, input: JsonObject): Promise<Result<Run, AppError>> {
    const endpoint = parseEndpointId(endpointId);
    if (endpoint === null) return fail(appError('input', 'This is not a model id', { detail: endpointId }));
    const profileId = this.#options.activeProfile();
    const connection = await this.#options.connection(profileId);
    if (!connection.ok) return connection;
    if (connection.value.credentials() === null)
      return fail(
        appError('auth', 'There is no key yet', {
          hint: 'Your request is kept. Add a fal key in Settings, or choose the demo.',
        }),
      );
    const total = referencedShas(input).length;
    const now = Date.now();
    let run: Run;
    try {
      run = {
        id: await this.#options.history.newId(now),
        endpointId,
        profileId,
        requestId: null,
        origin: 'queue',
        ...PLAIN,
        input,
        output: null,
        media: [],
        times: {
          created: now,
          submitted: total === 0 ? now : null,
          queued: null,
          started: null,
          ended: null,
          inferenceSeconds: null,
        },
        state: total === 0 ? { kind: 'submitting' } : { kind: 'uploading', done: 0, total },
      };
      await this.#options.history.putRun(run);
    } catch (error) {
      return fail(
        appError('storage', 'The run could not be written down', {
          detail: messageOf(error),
          hint: 'Nothing was sent and nothing is paid. Make room on the disk, or make it writable, then run again.',
        }),
      );
    }
    this.#rows.watch(run);
    this.#options.changed(run);
    this.#begin(run, connection.value, new LogBook());
    return ok(run);
  }

  /** The runs under way at this moment. */
  live(): Run[] {
    return [...this.#lines.values()].map((line) => line.run).filter((run) => !isOver(run.state));
  }

  /** What comes of the wish is the run's next state; a failure where it cannot even be asked. */
  async cancel(id: RunId): Promise<Result<null, AppError>> {
    const away = this.#away.get(id);
    if (away !== undefined) {
      this.#away.delete(id);
      // Its profile may be back.
      await this.#takeUp(away);
    }
    const line = this.#lines.get(id);
    await line?.cancel();
    if (line !== undefined) return ok(null);
    const run = this.#away.get(id) ?? (await this.#rows.read(id));
    return run === null || isOver(run.state) ? ok(null) : fail(cancelUnasked(run.state));
  }

  /** Copies files of a finished run that could not be copied before. */
  async fetchMedia(id: RunId): Promise<Result<null, AppError>> {
    const run = await this.#rows.read(id);
    if (run === null) return fail(appError('not_found', 'This run is not in the history'));
    // A run under way copies its own files; writing its row from here could undo its next state.
    if (this.#lines.has(id)) return ok(null);
    const fetchFile = this.#fetcher(run.profileId);
    const media = await saveRemaining(run.media, (url, type) => fetchFile(url, type, this.#life.signal));
    const changed: Run = { ...run, media };
    await this.#rows.write(changed);
    this.#noteLeft(changed);
    const left = media.find((item) => item.kind === 'remote');
    return left === undefined ? ok(null) : fail(left.error);
  }

  /** Takes up what was under way when the program last stopped. */
  async recover(): Promise<void> {
    try {
      const unfinished = await this.#options.history.unfinished();
      const newest = await this.#options.history.page({ before: null, limit: NEWEST, endpointId: null });
      const open = newest.runs.filter(({ state }) => state.kind === 'unconfirmed');
      // At once, not in turn: a profile that does not answer must not keep those of others waiting.
      // The window may have started one meanwhile: its line must not get a second one beside it.
      const left = [...unfinished, ...open].filter(({ id }) => !this.#lines.has(id));
      await Promise.all(left.map((run) => this.#takeUp(run)));
      for (const run of newest.runs) this.#noteLeft(run);
      await this.#copyIncomplete();
    } catch (error) {
      this.#options.notice(
        `Runs of the last session could not be taken up (${messageOf(error)}). They are kept, and tried again at the next start.`,
      );
    }
  }

  /** After sleep, or when the network is back: asks for every run at once instead of waiting on. */
  async recheck(): Promise<void> {
    for (const line of this.#lines.values()) line.recheck();
    const away = [...this.#away.values()];
    const open = [...this.#unconfirmed];
    this.#away.clear();
    this.#unconfirmed.clear();
    await Promise.all([
      this.#rows.writeAgain(),
      this.#copyIncomplete(),
      ...away.map((run) => this.#takeUp(run)),
      ...open.map((id) => this.#confirmAgain(id)),
    ]);
  }

  async #copyIncomplete(): Promise<void> {
    const ids = [...this.#incomplete];
    this.#incomplete.clear();
    await Promise.all(ids.map((id) => this.fetchMedia(id)));
  }

  async #takeUp(run: Run): Promise<void> {
    this.#rows.watch(run);
    if (run.requestId === null && run.state.kind !== 'saving' && run.state.kind !== 'uploading')
      return this.#confirm(run);
    const connection = await this.#options.connection(run.profileId);
    if (this.#life.signal.aborted) return;
    if (connection.ok)
      this.#begin(run, connection.value, new LogBook(await this.#options.history.logs(run.id)));
    else await this.#setAside(run, connection.error);
  }

  /** A submit without an answer is never sent again: fal is asked whether it has it. */
  async #confirm(run: Run): Promise<void> {
    const state = confirming(run.state);
    const asking: Run = { ...run, state };
    await this.#rows.write(asking);
    const connection = await this.#options.connection(run.profileId);
    if (this.#life.signal.aborted) return;
    if (connection.ok) return this.#begin(asking, connection.value, new LogBook());
    const lookup: Lookup = { kind: 'impossible', error: connection.error };
    await this.#rows.write(unconfirmed(asking, state.error, lookup));
    this.#rows.unwatch(run.id);
    this.#unconfirmed.add(run.id);
  }

  async #confirmAgain(id: RunId): Promise<void> {
    const run = await this.#rows.read(id);
    if (run?.state.kind === 'unconfirmed' && !this.#lines.has(id)) await this.#takeUp(run);
  }

  /** Leaves every run as it is written. */
  close(): void {
    this.#life.abort();
    for (const line of this.#lines.values()) line.leave();
  }

  /** A run whose profile leads nowhere now waits, and says why, for the next recheck or the next start. */
  async #setAside(run: Run, error: AppError): Promise<void> {
    const { state } = run;
    if (state.kind === 'saving' || state.kind === 'uploading') {
      await (state.kind === 'saving' ? this.#save(run) : this.#failUnsent(run, error));
      return this.#rows.unwatch(run.id);
    }
    const waiting: Run =
      state.kind === 'queued' || state.kind === 'running' || state.kind === 'fetching'
        ? { ...run, state: { ...state, trouble: error } }
        : { ...run, state: { kind: 'running', trouble: error } };
    await this.#rows.write(waiting);
    this.#away.set(run.id, waiting);
  }

  /** Sent some day later, when the profile leads somewhere again, it would come as a surprise and cost. */
  #failUnsent(run: Run, error: AppError): Promise<void> {
    const times = { ...run.times, ended: stampAfter(run.times) };
    return this.#rows.write({
      ...run,
      times,
      state: { kind: 'failed', error: { ...error, hint: NOTHING_SENT } },
    });
  }

  /** Files are copied without a key, so a result that is known needs no profile any more. */
  async #save(run: Run): Promise<void> {
    const fetchFile = this.#fetcher(run.profileId);
    const { signal } = this.#life;
    const saved = await saveMedia(
      run.output,
      (url, claimedType) => fetchFile(url, claimedType, signal),
      () => Promise.resolve(),
    );
    if (signal.aborted) return;
    const times = { ...run.times, ended: stampAfter(run.times) };
    const { output, media } = saved;
    await this.#rows.write({ ...run, output, media: [...media], times, state: { kind: 'succeeded' } });
  }

  #begin(run: Run, connection: FalConnection, logBook: LogBook): void {
    const endpoint = parseEndpointId(run.endpointId);
    if (endpoint === null) return;
    const line = new RunLine(run, {
      connection,
      endpoint,
      logBook,
      fetchFile: this.#fetcher(run.profileId),
      sendFile: this.#sender(connection),
      write: (next) => this.#rows.write(next),
      cancelFailed: (error) =>
        this.#options.notice(
          `The cancel did not reach fal: ${error.title}. The run goes on; cancel it again in a moment.`,
        ),
      confirm: (current, signal) => this.#confirmer.confirm(current, connection, endpoint, signal),
      log: (current, entries) => this.#log(current, entries),
    });
    this.#lines.set(run.id, line);
    void line
      .drive()
      .catch((error: unknown) => {
        this.#options.notice(`A run stopped on a fault of this program: ${messageOf(error)}`);
      })
      .finally(() => {
        this.#lines.delete(run.id);
        this.#rows.unwatch(run.id);
        this.#noteLeft(line.run);
      });
  }

  /** What a later recheck may still mend of a run that is over. */
  #noteLeft(run: Run): void {
    if (!isOver(run.state)) return;
    if (run.state.kind === 'unconfirmed') this.#unconfirmed.add(run.id);
    const missing = run.media.some((item) => item.kind === 'remote' && item.error.kind === 'network');
    if (missing) this.#incomplete.add(run.id);
  }

  #fetcher(profileId: string): LineOptions['fetchFile'] {
    const fetchFile = resultFiles(this.#options);
    return (url, claimedType, signal) => fetchFile(profileId, url, claimedType, signal);
  }

  #sender(connection: FalConnection): LineOptions['sendFile'] {
    const { files } = this.#options;
    return async (sha256, signal) => {
      const facts = await files.facts(sha256).catch(() => null);
      if (facts === null)
        return fail(appError('input', 'A file of this request is not on this computer any more'));
      const { contentType, fileName } = facts;
      return upload(
        connection,
        { kind: 'path', path: files.pathOf(sha256), contentType, fileName },
        { signal },
      );
    };
  }

  async #log(run: Run, entries: readonly LogEntry[]): Promise<void> {
    await this.#options.history.addLogs(run.id, entries).catch(() => undefined);
    this.#options.logged(run.id, entries);
  }
}

function cancelUnasked(state: RunState): AppError {
  const trouble = 'trouble' in state ? state.trouble : null;
  if (trouble === null)
    return appError('busy', 'The cancel could not be sent to fal', {
      detail: 'The run is just being taken up.',
      hint: 'Cancel it again in a moment.',
    });
  return appError(trouble.kind, 'The cancel could not be sent to fal', {
    detail: `${trouble.title}.`,
    hint: `${trouble.hint} The run itself goes on.`.trim(),
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
