import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import type { JsonValue } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import type { Run, RunState } from '../../shared/runs/run.ts';
import type { FalConnection } from '../fal/connection.ts';
import { failureOfStatus } from '../fal/failures.ts';
import { follow } from '../fal/follow.ts';
import { cancel, result, submit } from '../fal/queue.ts';
import { pause, waitBefore } from '../fal/retry.ts';
import type { LogBook } from './log-book.ts';
import { saveMedia } from './save-media.ts';
import type { FetchFile } from './save-media.ts';

export interface LineOptions {
  readonly connection: FalConnection;
  readonly endpoint: EndpointId;
  readonly logBook: LogBook;
  readonly fetchFile: FetchFile;
  /** Writes the row, then tells the window. */
  readonly write: (run: Run) => Promise<void>;
  /** The wish did not reach fal; the run goes on. */
  readonly cancelFailed: (error: AppError) => void;
  readonly log: (run: Run, entries: ReturnType<LogBook['take']>) => Promise<void>;
}

/** Answers to a result call that are not fal's and are waited out before the run is given up. */
const FOREIGN_ANSWERS = 8;

/**
 * One run from its first row to its last: submit, follow, fetch, save. Every state is a row before it is an event,
 * so a kill at any point loses nothing that fal still knows.
 */
export class RunLine {
  readonly #options: LineOptions;
  #run: Run;
  /** Aborted by a cancel: nothing more is sent after it. */
  #cancelWish = new AbortController();
  /** Ends the following at hand, so that a cancel is asked at once. */
  #following = new AbortController();
  /** Ends everything: the program is going away, and the row says where to go on. */
  readonly #life = new AbortController();

  constructor(run: Run, options: LineOptions) {
    this.#run = run;
    this.#options = options;
  }

  get run(): Run {
    return this.#run;
  }

  /** Leaves the run as it is written; the next start takes it up again. */
  leave(): void {
    this.#life.abort();
    this.#following.abort();
  }

  /** Asks for an end. Before fal has answered the submit, the wish waits for the request id it needs. */
  async cancel(): Promise<void> {
    const { kind } = this.#run.state;
    if (kind !== 'submitting' && kind !== 'queued' && kind !== 'running') return;
    this.#cancelWish.abort();
    await this.#move({ kind: 'cancelling' });
    this.#following.abort();
  }

  /** Goes on from wherever the row stands, to the end. */
  async drive(): Promise<void> {
    for (;;) {
      if (this.#life.signal.aborted) return;
      const { state, requestId } = this.#run;
      switch (state.kind) {
        case 'submitting':
          await this.#submit();
          break;
        case 'cancelling':
          if (requestId === null) return;
          await this.#askCancel(requestId);
          break;
        case 'queued':
        case 'running':
          if (requestId === null) return;
          await this.#follow(requestId);
          break;
        case 'fetching':
          if (requestId === null) return;
          await this.#fetch(requestId, null);
          break;
        case 'saving':
          await this.#save(this.#run.output);
          break;
        case 'succeeded':
        case 'failed':
        case 'cancelled':
        case 'lost':
        case 'unconfirmed':
          return;
        default:
          assertNever(state);
      }
    }
  }

  async #submit(): Promise<void> {
    const { connection, endpoint } = this.#options;
    const sent = await submit(
      connection,
      endpoint,
      this.#run.input,
      this.#life.signal,
      this.#cancelWish.signal,
    );
    if (this.#life.signal.aborted) return;
    if (sent.ok) {
      const { requestId, position } = sent.value;
      const times = { ...this.#run.times, queued: Date.now() };
      const state: RunState = this.#cancelWish.signal.aborted
        ? { kind: 'cancelling' }
        : { kind: 'queued', position, trouble: null };
      await this.#move(state, { requestId, times });
    } else if (sent.error.kind === 'unconfirmed') {
      await this.#end({ kind: 'unconfirmed', error: sent.error });
    } else if (sent.error.kind === 'cancelled') {
      await this.#end({ kind: 'cancelled', word: null });
    } else {
      await this.#end({ kind: 'failed', error: sent.error });
    }
  }

  async #follow(requestId: string): Promise<void> {
    const { connection, endpoint } = this.#options;
    this.#following = new AbortController();
    for await (const event of follow(connection, endpoint, requestId, this.#following.signal)) {
      if (this.#following.signal.aborted) return;
      switch (event.kind) {
        case 'gone':
          await this.#end({ kind: 'lost', error: lost(event.error, requestId) });
          return;
        case 'trouble':
          await this.#trouble(event.error);
          break;
        case 'status':
          await this.#stand(event.status, requestId);
          break;
        default:
          assertNever(event);
      }
    }
  }

  async #stand(status: QueueStatus, requestId: string): Promise<void> {
    await this.#log(status.logs);
    const cancelling = this.#run.state.kind === 'cancelling';
    switch (status.status) {
      case 'IN_QUEUE':
        if (!cancelling)
          await this.#move({ kind: 'queued', position: status.queue_position ?? null, trouble: null });
        return;
      case 'IN_PROGRESS': {
        const times = { ...this.#run.times, started: this.#run.times.started ?? Date.now() };
        if (!cancelling) await this.#move({ kind: 'running', trouble: null }, { times });
        return;
      }
      case 'COMPLETED': {
        const times = { ...this.#run.times, inferenceSeconds: status.metrics?.inference_time ?? null };
        await this.#move({ kind: 'fetching', trouble: null }, { times });
        const error =
          status.error == null ? null : failureOfStatus(status.error, status.error_type ?? null, requestId);
        await this.#fetch(requestId, error);
        return;
      }
      default:
        assertNever(status);
    }
  }

  /** The result, however often the network has to be asked; a failure told by the status ends in its fullest wording. */
  async #fetch(requestId: string, failure: AppError | null): Promise<void> {
    const { connection, endpoint } = this.#options;
    const { signal } = this.#life;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const fetched = await result(connection, endpoint, requestId, signal);
      if (signal.aborted) return;
      if (fetched.ok) {
        if (failure !== null) return this.#end({ kind: 'failed', error: failure });
        await this.#move({ kind: 'saving', done: 0, total: 0 }, { output: fetched.value });
        return;
      }
      const { error } = fetched;
      if (error.kind === 'cancelled') return this.#end({ kind: 'cancelled', word: 'CANCELLATION_REQUESTED' });
      if (error.kind === 'not_found' && failure === null)
        return this.#end({ kind: 'lost', error: lost(error, requestId) });
      // Once the status has told of a failure, a 401 or 503 here may be the app's own: only the network is waited for.
      const unclear = error.kind === 'auth' || error.kind === 'busy' || error.kind === 'not_found';
      // An answer that is not fal's may come from whatever stands between; it is given some tries to go away.
      const foreign = error.kind === 'protocol' && attempt < FOREIGN_ANSWERS;
      const passing =
        error.kind === 'network' || error.kind === 'timeout' || foreign || (unclear && failure === null);
      if (!passing)
        return this.#end({ kind: 'failed', error: unclear && failure !== null ? failure : error });
      await this.#trouble(error);
      if (!(await pause(waitBefore(attempt, connection.backoff, null), signal))) return;
    }
  }

  async #save(output: JsonValue): Promise<void> {
    const saved = await saveMedia(output, this.#options.fetchFile, (done, total) =>
      this.#move({ kind: 'saving', done, total }),
    );
    if (this.#life.signal.aborted) return;
    await this.#end({ kind: 'succeeded' }, { output: saved.output, media: [...saved.media] });
  }

  /** Asks fal once; each of its answers leads on (fal-protocol §4.5). */
  async #askCancel(requestId: string): Promise<void> {
    const { connection, endpoint } = this.#options;
    const answer = await cancel(connection, endpoint, requestId, this.#life.signal);
    if (this.#life.signal.aborted) return;
    if (!answer.ok) {
      this.#cancelWish = new AbortController();
      const { started } = this.#run.times;
      await this.#move(
        started === null
          ? { kind: 'queued', position: null, trouble: null }
          : { kind: 'running', trouble: null },
      );
      this.#options.cancelFailed(answer.error);
      return;
    }
    switch (answer.value) {
      case 'OK':
      case 'NOT_FOUND':
        return this.#end({ kind: 'cancelled', word: answer.value });
      case 'ALREADY_COMPLETED':
        return this.#move({ kind: 'fetching', trouble: null });
      case 'CANCELLATION_REQUESTED':
        // The runner was told and may still finish; its end says which of both happened.
        return this.#follow(requestId);
      default:
        assertNever(answer.value);
    }
  }

  async #log(entries: readonly Parameters<LogBook['take']>[0][number][]): Promise<void> {
    const fresh = this.#options.logBook.take(entries);
    if (fresh.length > 0) await this.#options.log(this.#run, fresh);
  }

  async #trouble(error: AppError): Promise<void> {
    const { state } = this.#run;
    if (state.kind === 'queued' || state.kind === 'running' || state.kind === 'fetching')
      await this.#move({ ...state, trouble: error });
  }

  #end(state: RunState, patch: Partial<Run> = {}): Promise<void> {
    return this.#move(state, { ...patch, times: { ...this.#run.times, ended: Date.now() } });
  }

  async #move(state: RunState, patch: Partial<Run> = {}): Promise<void> {
    this.#run = { ...this.#run, ...patch, state };
    await this.#options.write(this.#run);
  }
}

function lost(error: AppError, requestId: string): AppError {
  return appError('lost', 'fal no longer knows this run', {
    detail: error.detail,
    hint: 'Results are kept at fal for a limited time. The request itself is kept here and can be run again.',
    requestId,
  });
}
