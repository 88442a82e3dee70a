import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import { assertNever, fail } from '../../shared/result.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import type { FalConnection } from '../fal/connection.ts';
import { LogBook } from '../fal/log-book.ts';
import { upload } from '../fal/storage/upload.ts';
import { CallLine } from './call-line.ts';
import { direct, streamed } from './calls.ts';
import { Confirmer } from './confirm.ts';
import { resultFiles } from './fetch-file.ts';
import type { FetchResultFile } from './fetch-file.ts';
import { LogWriter } from './log-writer.ts';
import { messageOf } from './message-of.ts';
import type { RowWriter } from './row-writer.ts';
import type { Line, LineOptions } from './line-steps.ts';
import { QueueLine } from './queue-line.ts';
import { stampAfter } from './stamp.ts';
import type { RunServiceOptions } from './run-service-options.ts';

export interface LiveLinesOptions extends Pick<
  RunServiceOptions,
  'history' | 'media' | 'files' | 'fetch' | 'isOwnAddress' | 'logged' | 'partial' | 'notice'
> {
  readonly rows: RowWriter;
  /** A run may not take a place any more. */
  readonly eased: () => void;
  /** Nobody drives the run any more: it is over, or left as it is written. */
  readonly ended: (run: Run) => void;
}

/** All runs that are being driven, each on its own line. */
export class LiveLines {
  readonly #options: LiveLinesOptions;
  readonly #lines = new Map<RunId, Line>();
  /** Aborted where the files of a line's output are not waited for. */
  readonly #enough = new WeakMap<Line, AbortController>();
  readonly #confirmer: Confirmer;
  /** The program is going: what fails now is no fault of a run's. */
  #left = false;
  readonly #logs: LogWriter;
  /** Copies a file of a result. */
  readonly fetchFile: FetchResultFile;

  constructor(options: LiveLinesOptions) {
    this.#options = options;
    this.fetchFile = resultFiles(options);
    this.#logs = new LogWriter({
      write: (id, entries) => options.history.addLogs(id, entries),
      logged: options.logged,
    });
    this.#confirmer = new Confirmer({ history: options.history, live: () => this.runs() });
  }

  /**
   * How many runs stand in the way of one more with the profile. What is only being copied does not, and a key that is
   * refused holds up nothing but its own.
   */
  inTheWayOf(profileId: string): number {
    return [...this.#lines.values()].filter(
      ({ run }) => !isAside(run) || (isRefused(run) && run.profileId === profileId),
    ).length;
  }

  has(id: RunId): boolean {
    return this.#lines.has(id);
  }

  get(id: RunId): Line | null {
    return this.#lines.get(id) ?? null;
  }

  /** Those that are not over. */
  runs(): Run[] {
    return [...this.#lines.values()].map((line) => line.run).filter((run) => !isOver(run.state));
  }

  /** Asks for an end; of a run whose result is here, for one of the copying. False where nobody drives it. */
  async cancel(id: RunId): Promise<boolean> {
    const line = this.#lines.get(id);
    if (line === undefined) return false;
    if (line.run.state.kind === 'saving') this.#enough.get(line)?.abort();
    else await line.cancel();
    return true;
  }

  /** Forgets a run of which nothing was sent and nothing will be. */
  drop(id: RunId): void {
    this.#lines.delete(id);
  }

  recheck(): void {
    for (const line of this.#lines.values()) line.recheck();
  }

  leave(): void {
    this.#left = true;
    for (const line of this.#lines.values()) line.leave();
  }

  /** Takes the run on, from wherever it stands. Does nothing before `ready`, and nothing at all where that is false. */
  begin(
    run: Run,
    connection: FalConnection,
    logBook = new LogBook(),
    ready: Promise<boolean> = Promise.resolve(true),
  ): void {
    const endpoint = parseEndpointId(run.endpointId);
    if (endpoint === null) return;
    const { rows, notice, eased } = this.#options;
    const enough = new AbortController();
    const shared: LineOptions = {
      connection,
      endpoint,
      logBook,
      fetchFile: (url, claimedType, signal) => this.fetchFile(run.profileId, url, claimedType, signal),
      sendFile: this.#sender(run, connection),
      write: (next) => {
        if (isAside(next)) eased();
        return rows.write(next);
      },
      writeFirst: (next) => rows.writeFirst(next),
      log: (current, entries) => this.#logs.add(current.id, entries),
      notice,
      partial: (partial) => this.#options.partial(partial),
      enough: enough.signal,
    };
    const line = this.#lineOf(run, shared);
    this.#enough.set(line, enough);
    this.#lines.set(run.id, line);
    void ready
      .then((may) => (may ? line.drive() : undefined))
      .catch((error: unknown) => this.#endOfFault(line.run, messageOf(error)))
      .finally(() => {
        if (this.#lines.get(run.id) !== line) return;
        this.#lines.delete(run.id);
        this.#options.ended(line.run);
      });
  }

  /** Without an end it would be taken for one under way that nobody drives. */
  async #endOfFault(run: Run, detail: string): Promise<void> {
    const { rows, notice } = this.#options;
    notice(`A run stopped on a fault of this program: ${detail}`);
    if (this.#left || isOver(run.state)) return;
    const error = appError('internal', 'The run stopped on a fault of this program', {
      detail,
      hint:
        run.requestId === null
          ? 'fal may have it all the same, and bill it. Look there before you send it again.'
          : 'Its result may still be at fal: attach to the request by its id.',
      requestId: run.requestId,
    });
    const times = { ...run.times, ended: stampAfter(run.times) };
    // The table may know no such step; the row then leads on from where it stands at the next start.
    await rows.write({ ...run, times, state: { kind: 'failed', error } }).catch(() => undefined);
  }

  #lineOf(run: Run, shared: LineOptions): Line {
    const { notice } = this.#options;
    const { connection, endpoint } = shared;
    switch (run.method) {
      case 'queue':
        return new QueueLine(run, {
          ...shared,
          cancelFailed: (error) =>
            notice(
              `The cancel did not reach fal: ${error.title}. The run goes on; cancel it again in a moment.`,
            ),
          confirm: (current, signal) => this.#confirmer.confirm(current, connection, endpoint, signal),
        });
      case 'direct':
        return new CallLine(run, shared, direct);
      case 'stream':
        return new CallLine(run, shared, streamed);
      default:
        return assertNever(run.method);
    }
  }

  #sender({ options: { lifecycle } }: Run, connection: FalConnection): LineOptions['sendFile'] {
    const { files } = this.#options;
    return async (sha256, signal) => {
      const facts = await files.facts(sha256).catch(() => null);
      if (facts === null)
        return fail(appError('input', 'A file of this request is not on this computer any more'));
      const { contentType, fileName } = facts;
      const file = { kind: 'path', path: files.pathOf(sha256), contentType, fileName } as const;
      return upload(connection, file, { signal, lifecycle });
    };
  }
}

/** fal refuses the key it is followed with. */
const isRefused = ({ state }: Run): boolean => 'trouble' in state && state.trouble?.kind === 'auth';

/** Nothing of it is being worked at, as far as can be known. */
const isAside = (run: Run): boolean => run.state.kind === 'saving' || isRefused(run);
