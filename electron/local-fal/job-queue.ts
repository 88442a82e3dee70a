import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FileStore } from './file-store.ts';
import type { LocalFalHooks } from './types.ts';
import { ModelError } from './types.ts';
import type { Job } from './job.ts';
import {
  cancelledOutcome,
  execute,
  failedOutcome,
  makeContext,
  outcomeOfError,
  pathOutcome,
  validationOutcome,
} from './execution.ts';

/** How long a pretended request ahead keeps the runner, in milliseconds at pace 1. */
const AHEAD_MS = 250;
/** Finished jobs whose answers are kept; at fal it is an hour (fal-protocol §4.4). */
const MAX_KEPT = 2_000;

/** One runner slot per endpoint: the others wait, low priority behind all normal ones (fal-protocol §9.1). */
export class JobQueue {
  readonly #jobs = new Map<string, Job>();
  readonly #waiting = new Map<string, Job[]>();
  readonly #busy = new Set<string>();
  /** Heads of their lines whose turn has come, while their pretended predecessors finish. */
  readonly #heading = new Set<Job>();
  readonly #startTimers = new Map<string, NodeJS.Timeout>();
  readonly #pace: number;
  readonly #files: FileStore;
  readonly #hooks: LocalFalHooks;
  #closed = false;

  constructor(options: { pace: number; files: FileStore; hooks: LocalFalHooks }) {
    this.#pace = options.pace;
    this.#files = options.files;
    this.#hooks = options.hooks;
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Every request of the endpoints that is still kept, in the order they came. */
  of(endpointIds: readonly string[]): Job[] {
    return [...this.#jobs.values()].filter((job) => endpointIds.includes(job.endpointId));
  }

  waitingCount(endpointId: string): number {
    return this.#line(endpointId).length;
  }

  /** Requests ahead of the job, 0-based (fal-protocol §4.2). */
  positionOf(job: Job): number {
    const line = this.#line(job.endpointId);
    const index = Math.max(0, line.indexOf(job));
    const running = this.#busy.has(job.endpointId) && line[0] !== undefined && !this.#heading.has(line[0]);
    return index + job.ahead + (running ? 1 : 0);
  }

  submit(job: Job): void {
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    this.#enqueue(job);
  }

  /** The HTTP status and word of fal-protocol §4.5. */
  cancel(job: Job): { status: number; word: string } {
    if (job.completed) return { status: 400, word: 'ALREADY_COMPLETED' };
    job.cancelRequested = true;
    if (job.state.status === 'IN_PROGRESS') {
      job.abort();
      return { status: 202, word: 'CANCELLATION_REQUESTED' };
    }
    this.#leaveLine(job);
    job.complete(cancelledOutcome(), null);
    job.abort();
    return { status: 200, word: 'OK' };
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#startTimers.values()) clearTimeout(timer);
    for (const job of this.#jobs.values()) if (!job.completed) job.abort();
  }

  #line(endpointId: string): Job[] {
    let line = this.#waiting.get(endpointId);
    if (!line) {
      line = [];
      this.#waiting.set(endpointId, line);
    }
    return line;
  }

  #enqueue(job: Job): void {
    const line = this.#line(job.endpointId);
    const firstLow = line.findIndex((other) => other.priority === 'low');
    if (job.priority === 'normal' && firstLow >= 0 && !this.#heading.has(line[firstLow] ?? job)) {
      line.splice(firstLow, 0, job);
    } else line.push(job);
    this.#armStartLimit(job);
    this.#lineMoved(job.endpointId);
    if (!this.#busy.has(job.endpointId)) void this.#work(job.endpointId);
  }

  #leaveLine(job: Job): void {
    clearTimeout(this.#startTimers.get(job.id));
    this.#startTimers.delete(job.id);
    const line = this.#line(job.endpointId);
    const index = line.indexOf(job);
    if (index < 0) return;
    line.splice(index, 1);
    this.#lineMoved(job.endpointId);
  }

  #lineMoved(endpointId: string): void {
    for (const waiting of this.#line(endpointId)) waiting.changed();
  }

  /** fal-protocol §4.6: the limit covers the wait, also a second one, and ends when a runner begins. */
  #armStartLimit(job: Job): void {
    if (job.startBefore === null) return;
    const expire = () => {
      if (job.state.status !== 'IN_QUEUE') return;
      this.#leaveLine(job);
      job.complete(
        failedOutcome(504, 'Request did not start within the requested time', 'request_timeout', {
          'x-fal-request-timeout-type': 'user',
        }),
        null,
      );
      job.abort();
    };
    const timer = setTimeout(expire, Math.max(0, job.startBefore - Date.now()));
    timer.unref();
    this.#startTimers.set(job.id, timer);
  }

  async #work(endpointId: string): Promise<void> {
    this.#busy.add(endpointId);
    try {
      for (;;) {
        const job = this.#line(endpointId)[0];
        if (!job || this.#closed) return;
        this.#heading.add(job);
        this.#lineMoved(endpointId);
        await this.#bringForward(job);
        this.#heading.delete(job);
        // Cancelled or out of time while it waited.
        if (job.completed || this.#line(endpointId)[0] !== job) continue;
        job.become('IN_PROGRESS');
        this.#leaveLine(job);
        await this.#run(job);
      }
    } finally {
      this.#busy.delete(endpointId);
    }
  }

  async #bringForward(job: Job): Promise<void> {
    try {
      while (job.ahead > 0) {
        await this.#pause(AHEAD_MS, job.signal);
        job.ahead -= 1;
        this.#lineMoved(job.endpointId);
      }
      await this.#pause(AHEAD_MS, job.signal);
      await this.#hooks.whileQueued?.(job);
    } catch (error) {
      if (!job.signal.aborted) throw error;
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#pace > 0) await sleep(ms * this.#pace, undefined, { signal });
    else await nextTurn(undefined, { signal });
  }

  async #run(job: Job): Promise<void> {
    const began = performance.now();
    const seconds = () => Math.round(performance.now() - began) / 1000;
    const verdict = await Promise.resolve(this.#hooks.whileRunning?.(job) ?? null).catch(() => null);
    if (job.cancelRequested) {
      job.complete(cancelledOutcome(), seconds());
    } else if (verdict === 'requeue') {
      // fal-protocol §4.6: a runner that was lost puts the request back.
      job.returns += 1;
      job.become('IN_QUEUE');
      this.#enqueue(job);
    } else if (verdict instanceof ModelError) {
      job.complete(outcomeOfError(verdict), seconds());
    } else {
      job.complete(await this.#outcome(job), seconds());
    }
  }

  async #outcome(job: Job) {
    if (job.plan.kind === 'no-path' || job.plan.subPath !== '') return pathOutcome(job.plan.subPath);
    const { model } = job.plan;
    // fal takes every request and leaves it to the runner to refuse the input (fal-protocol §4.4).
    const details = model.validate(job.input);
    if (details) return validationOutcome(details);
    const context = makeContext({
      requestId: job.id,
      signal: job.signal,
      streaming: false,
      bodyText: job.bodyText,
      pace: this.#pace,
      files: this.#files,
    });
    return execute(model, job.input, context, (event) => {
      if (event.kind === 'log') job.log(event.message, event.level);
    });
  }

  #forgetOldest(): void {
    if (this.#jobs.size <= MAX_KEPT) return;
    for (const job of this.#jobs.values()) {
      if (!job.completed) continue;
      this.#jobs.delete(job.id);
      return;
    }
  }
}
