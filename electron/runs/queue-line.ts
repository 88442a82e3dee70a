import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { assertNever } from '../../shared/result.ts';
import type { Run, RunState } from '../../shared/runs/run.ts';
import { follow } from '../fal/follow.ts';
import { cancel, result, status as askStatus, submit } from '../fal/queue.ts';
import { pause, waitBefore } from '../fal/retry.ts';
import { AskedAhead } from './asked-ahead.ts';
import { queuedAt, unconfirmed } from './confirm.ts';
import type { Confirmed } from './confirm.ts';
import { LineSteps } from './line-steps.ts';
import type { Line, LineOptions } from './line-steps.ts';
import { stampAfter } from './stamp.ts';
import { isPassing, lost, verdictOf } from './verdict.ts';

export interface QueueLineOptions extends LineOptions {
  /** The wish did not reach fal; the run goes on. */
  readonly cancelFailed: (error: AppError) => void;
  /** Looks for the run in fal's own list of requests. */
  readonly confirm: (run: Run, signal: AbortSignal) => Promise<Confirmed>;
}

/** Answers to a result call that are not fal's and are waited out before the run is given up. */
const FOREIGN_ANSWERS = 8;

/**
 * One run that goes through fal's queue, from its first row to its last: upload, submit, follow, fetch, save. Every state is a row before it is an event,
 * so a kill at any point loses nothing that fal still knows.
 */
export class QueueLine implements Line {
  readonly #options: QueueLineOptions;
  readonly #steps: LineSteps;
  /** Aborted by a cancel: nothing more is sent after it. */
  #cancelWish = new AbortController();
  /** fal was told to cancel and asked for patience: the run's own end says what came of it. */
  #cancelTaken = false;
  /** A submit was begun: from then on fal may have the request. */
  #submitBegun = false;
  /** What the status of a completed request said; undefined while this program has not heard it. */
  #verdict: AppError | null | undefined;
  /** The result, asked for while the row that says so is being written: it is a read, and the disk takes its time. */
  readonly #ahead = new AskedAhead<Awaited<ReturnType<typeof result>>>();
  /** Ends the step at hand, and with it its waits: a cancel or a recheck is asked at once. */
  #step = new AbortController();
  /** Ends everything: the program is going away, and the row says where to go on. */
  readonly #life = new AbortController();

  constructor(run: Run, options: QueueLineOptions) {
    this.#steps = new LineSteps(run, options);
    this.#options = options;
  }

  get run(): Run {
    return this.#steps.run;
  }

  /** Leaves the run as it is written; the next start takes it up again. */
  leave(): void {
    this.#life.abort();
    this.#step.abort();
  }

  /** Asks anew at once instead of waiting on: the connection may be dead, or alive again. A submit is never cut short. */
  recheck(): void {
    this.#step.abort();
  }

  /** Asks for an end. Before fal has answered the submit, the wish waits for the request id it needs. */
  async cancel(): Promise<void> {
    const { state } = this.run;
    const { kind } = state;
    // Also while the row of the submit is still being written: the line then finds the run over, and sends nothing.
    if (kind === 'uploading' || (kind === 'submitting' && !this.#submitBegun)) {
      this.#step.abort();
      // Written before it is told, like every end: the next start must not send what was cancelled.
      return this.#steps.end({ kind: 'cancelled', word: null });
    }
    if (kind === 'confirming') return this.#steps.move({ ...state, cancelWish: true });
    if (kind !== 'submitting' && kind !== 'queued' && kind !== 'running') return;
    this.#cancelWish.abort();
    const step = this.#step;
    await this.#steps.move({ kind: 'cancelling' });
    // The step of that moment: by now the line may be asking for the cancel.
    step.abort();
  }

  /** Goes on from wherever the row stands, to the end. */
  async drive(): Promise<void> {
    for (;;) {
      if (this.#life.signal.aborted) return;
      this.#step = new AbortController();
      const { state, requestId } = this.run;
      switch (state.kind) {
        case 'waiting':
          return;
        case 'uploading':
          await this.#steps.upload(this.#step.signal);
          break;
        case 'submitting':
          await this.#submit();
          break;
        case 'confirming':
          await this.#confirm();
          break;
        case 'cancelling':
          if (requestId === null) return;
          await (this.#cancelTaken ? this.#follow(requestId) : this.#askCancel(requestId));
          break;
        case 'queued':
        case 'running':
          if (requestId === null) return;
          await this.#follow(requestId);
          break;
        case 'fetching':
          if (requestId === null) return;
          await this.#fetch(requestId);
          break;
        case 'saving':
          await this.#steps.save(this.#step.signal);
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
    this.#submitBegun = true;
    const sent = await submit(
      connection,
      endpoint,
      this.#steps.body,
      this.#life.signal,
      this.#cancelWish.signal,
      this.run.options,
    );
    if (this.#life.signal.aborted) return;
    if (sent.ok) {
      const { requestId, position } = sent.value;
      const times = { ...this.run.times, queued: stampAfter(this.run.times) };
      const state: RunState = this.#cancelWish.signal.aborted
        ? { kind: 'cancelling' }
        : { kind: 'queued', position, trouble: null };
      await this.#steps.move(state, { requestId, times });
    } else if (sent.error.kind === 'unconfirmed') {
      const cancelWish = this.#cancelWish.signal.aborted;
      await this.#steps.move({ kind: 'confirming', error: sent.error, cancelWish });
    } else if (sent.error.kind === 'cancelled') {
      await this.#steps.end({ kind: 'cancelled', word: null });
    } else {
      await this.#steps.end({ kind: 'failed', error: sent.error });
    }
  }

  /** Whether fal has the request of a submit that it never answered. Nothing is sent. */
  async #confirm(): Promise<void> {
    const { signal } = this.#step;
    const found = await this.#options.confirm(this.run, signal);
    const { state } = this.run;
    if (signal.aborted || state.kind !== 'confirming') return;
    if (found.kind === 'ours') {
      const { requestId, sentAt } = found;
      const times = queuedAt(this.run, sentAt);
      const next: RunState = state.cancelWish
        ? { kind: 'cancelling' }
        : { kind: 'queued', position: null, trouble: null };
      await this.#steps.move(next, { requestId, times });
    } else {
      const { times, state: ended } = unconfirmed(this.run, state.error, found);
      await this.#steps.move(ended, { times });
    }
  }

  async #follow(requestId: string): Promise<void> {
    const { connection, endpoint } = this.#options;
    const { signal } = this.#step;
    for await (const event of follow(connection, endpoint, requestId, signal)) {
      if (signal.aborted) return;
      switch (event.kind) {
        case 'gone':
          await this.#steps.end({ kind: 'lost', error: lost(event.error, requestId) });
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
    // Waited for at the end only: the next word of fal's may be here before the disk is done.
    const logged = this.#steps.log(status.logs);
    const { state, times } = this.run;
    const cancelling = state.kind === 'cancelling';
    switch (status.status) {
      case 'IN_QUEUE': {
        const position = status.queue_position ?? null;
        const known = state.kind === 'queued' && state.position === position && state.trouble === null;
        if (!cancelling && !known) await this.#steps.move({ kind: 'queued', position, trouble: null });
        return;
      }
      case 'IN_PROGRESS': {
        const known = state.kind === 'running' && state.trouble === null && times.started !== null;
        const started = times.started ?? stampAfter(times);
        if (!cancelling && !known)
          await this.#steps.move({ kind: 'running', trouble: null }, { times: { ...times, started } });
        return;
      }
      case 'COMPLETED':
        await logged;
        this.#noteEnd(status, requestId);
        this.#ahead.begin((signal) => this.#result(requestId, signal), this.#life.signal);
        await this.#steps.move({ kind: 'fetching', trouble: null });
        return;
      default:
        assertNever(status);
    }
  }

  /** Written with the next step. */
  #noteEnd(status: QueueStatus, requestId: string): void {
    if (status.status !== 'COMPLETED') return;
    this.#verdict = verdictOf(status, requestId);
    const inferenceSeconds = status.metrics?.inference_time ?? null;
    this.#steps.note({ times: { ...this.run.times, inferenceSeconds } });
  }

  /** The result, however often the network has to be asked. */
  async #fetch(requestId: string): Promise<void> {
    const { backoff } = this.#options.connection;
    const { signal } = this.#step;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const passing = await this.#fetchOnce(requestId, signal, attempt);
      if (passing === null || signal.aborted) return;
      await this.#trouble(passing);
      if (!(await pause(waitBefore(attempt, backoff, null), signal))) return;
    }
  }

  /** Null when the run has moved on; else why to ask again. A failure told by the status ends in its fullest wording. */
  async #fetchOnce(requestId: string, signal: AbortSignal, attempt: number): Promise<AppError | null> {
    const { connection, endpoint } = this.#options;
    if (this.#verdict === undefined) {
      // The program stopped after COMPLETED; a failure that only the status tells of would pass for a success.
      const told = await askStatus(connection, endpoint, requestId, signal);
      if (signal.aborted) return null;
      if (!told.ok && isPassing(told.error)) return told.error;
      this.#verdict = null;
      if (told.ok) {
        // What it logged to its end has not been heard either; also where a cancel came too late.
        await this.#steps.log(told.value.logs);
        this.#noteEnd(told.value, requestId);
      }
    }
    const failure = this.#verdict;
    const fetched = await (this.#ahead.take(signal) ?? this.#result(requestId, signal));
    if (signal.aborted) return null;
    if (fetched.ok) {
      if (failure !== null) await this.#steps.end({ kind: 'failed', error: failure });
      else await this.#steps.finish(fetched.value, signal);
      return null;
    }
    const { error } = fetched;
    // Once the status has told of a failure, a 401 or 503 here may be the app's own: only the network is waited for.
    // An answer that is not fal's may come from whatever stands between; it is given some tries to go away.
    if (error.kind === 'protocol' && attempt < FOREIGN_ANSWERS) return error;
    if (error.kind === 'network' || error.kind === 'timeout' || (isPassing(error) && failure === null))
      return error;
    if (error.kind === 'cancelled')
      await this.#steps.end({ kind: 'cancelled', word: 'CANCELLATION_REQUESTED' });
    else if (error.kind === 'not_found' && failure === null)
      await this.#steps.end({ kind: 'lost', error: lost(error, requestId) });
    else {
      const unclear = isPassing(error) || error.kind === 'not_found';
      await this.#steps.end({ kind: 'failed', error: unclear && failure !== null ? failure : error });
    }
    return null;
  }

  #result(requestId: string, signal: AbortSignal): ReturnType<typeof result> {
    const { connection, endpoint } = this.#options;
    return result(connection, endpoint, requestId, signal, (headers) => this.#steps.head(headers));
  }

  /** Asks fal once; each of its answers leads on (fal-protocol §4.5). */
  async #askCancel(requestId: string): Promise<void> {
    const { connection, endpoint } = this.#options;
    const { signal } = this.#step;
    const answer = await cancel(connection, endpoint, requestId, signal);
    if (signal.aborted) return;
    if (!answer.ok) {
      this.#cancelWish = new AbortController();
      const { started } = this.run.times;
      await this.#steps.move(
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
        return this.#steps.end({ kind: 'cancelled', word: answer.value });
      case 'ALREADY_COMPLETED':
        return this.#steps.move({ kind: 'fetching', trouble: null });
      case 'CANCELLATION_REQUESTED':
        // The runner was told and may still finish; its end says which of both happened.
        this.#cancelTaken = true;
        return this.#follow(requestId);
      default:
        assertNever(answer.value);
    }
  }

  async #trouble(error: AppError): Promise<void> {
    const { state } = this.run;
    if (state.kind === 'queued' || state.kind === 'running' || state.kind === 'fetching')
      await this.#steps.move({ ...state, trouble: error });
  }
}
