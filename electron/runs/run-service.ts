import { PLAIN } from '../../shared/runs/asked.ts';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { LiveLines } from './live-lines.ts';
import { messageOf } from './message-of.ts';
import { RowWriter } from './row-writer.ts';
import type { RunServiceOptions } from './run-service-options.ts';
import { TakeUp } from './take-up.ts';

/** Of so many runs, missing files and answers are tried again by themselves; for older ones the window offers it. */
const NEWEST = 50;

/** All runs, from the press that begins them to their last row. */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #life = new AbortController();
  readonly #rows: RowWriter;
  readonly #lines: LiveLines;
  readonly #takeUp: TakeUp;

  constructor(options: RunServiceOptions) {
    this.#options = options;
    const rows = new RowWriter({ ...options, life: this.#life.signal });
    this.#rows = rows;
    this.#lines = new LiveLines({
      ...options,
      rows,
      ended: (run) => {
        rows.unwatch(run.id);
        this.#takeUp.noteLeft(run);
      },
    });
    this.#takeUp = new TakeUp({ ...options, rows, lines: this.#lines, life: this.#life.signal });
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
    this.#lines.begin(run, connection.value);
    return ok(run);
  }

  /** The runs under way at this moment. */
  live(): Run[] {
    return this.#lines.runs();
  }

  /** What comes of the wish is the run's next state; a failure where it cannot even be asked. */
  async cancel(id: RunId): Promise<Result<null, AppError>> {
    await this.#takeUp.tryAway(id);
    const line = this.#lines.get(id);
    await line?.cancel();
    if (line !== null) return ok(null);
    const run = this.#takeUp.away(id) ?? (await this.#rows.read(id));
    return run === null || isOver(run.state) ? ok(null) : fail(cancelUnasked(run.state));
  }

  /** Copies files of a finished run that could not be copied before. */
  async fetchMedia(id: RunId): Promise<Result<null, AppError>> {
    const run = await this.#rows.read(id);
    if (run === null) return fail(appError('not_found', 'This run is not in the history'));
    const left = await this.#takeUp.copyFiles(run);
    return left === null ? ok(null) : fail(left);
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
      await Promise.all(left.map((run) => this.#takeUp.take(run)));
      for (const run of newest.runs) this.#takeUp.noteLeft(run);
      await this.#takeUp.copyIncomplete();
    } catch (error) {
      this.#options.notice(
        `Runs of the last session could not be taken up (${messageOf(error)}). They are kept, and tried again at the next start.`,
      );
    }
  }

  /** After sleep, or when the network is back: asks for every run at once instead of waiting on. */
  async recheck(): Promise<void> {
    this.#lines.recheck();
    await Promise.all([this.#rows.writeAgain(), this.#takeUp.tryAll()]);
  }

  /** Leaves every run as it is written. */
  close(): void {
    this.#life.abort();
    this.#lines.leave();
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
