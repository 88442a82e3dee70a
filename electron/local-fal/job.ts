import type { Answer, HookedJob, LocalModel, LogEntry, LogLevel } from './types.ts';
import type { Failure, Outcome } from './execution.ts';

export type JobState =
  | { readonly status: 'IN_QUEUE' }
  | { readonly status: 'IN_PROGRESS' }
  | {
      readonly status: 'COMPLETED';
      readonly answer: Answer;
      readonly failure: Failure | null;
      /** Seconds of work; null when no runner ever had it. */
      readonly inferenceTime: number | null;
    };

export type JobPlan =
  | { readonly kind: 'run'; readonly model: LocalModel; readonly subPath: string }
  | { readonly kind: 'no-path'; readonly subPath: string };

/** One request in a queue, from its submit to the end of its retention. */
export class Job implements HookedJob {
  readonly id: string;
  readonly endpointId: string;
  readonly plan: JobPlan;
  readonly input: unknown;
  readonly bodyText: string;
  readonly priority: 'normal' | 'low';
  /** Epoch milliseconds by which work must have begun, or null (fal-protocol §4.6). */
  readonly startBefore: number | null;
  readonly logs: LogEntry[] = [];
  readonly sentAt = new Date();
  startedAt: Date | null = null;
  endedAt: Date | null = null;
  returns = 0;
  /** Pretended requests still before it. */
  ahead = 0;
  cancelRequested = false;
  /** Its URLs name the whole id, as older docs have it (fal-protocol §14). */
  readonly longUrls: boolean;
  state: JobState = { status: 'IN_QUEUE' };
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();

  constructor(options: {
    id: string;
    endpointId: string;
    plan: JobPlan;
    input: unknown;
    bodyText: string;
    priority: 'normal' | 'low';
    startBefore: number | null;
    longUrls?: boolean;
  }) {
    this.id = options.id;
    this.endpointId = options.endpointId;
    this.plan = options.plan;
    this.input = options.input;
    this.bodyText = options.bodyText;
    this.priority = options.priority;
    this.startBefore = options.startBefore;
    this.longUrls = options.longUrls ?? false;
    this.ahead = options.plan.kind === 'run' ? (options.plan.model.ahead ?? 0) : 0;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get completed(): boolean {
    return this.state.status === 'COMPLETED';
  }

  log(message: string, level: LogLevel = 'INFO'): void {
    this.logs.push({ message, level, source: 'USER', timestamp: new Date().toISOString() });
    this.changed();
  }

  become(status: 'IN_QUEUE' | 'IN_PROGRESS'): void {
    if (this.completed) return;
    this.state = { status };
    if (status === 'IN_PROGRESS') this.startedAt ??= new Date();
    this.changed();
  }

  complete(outcome: Outcome, inferenceTime: number | null): void {
    if (this.completed) return;
    this.state = { status: 'COMPLETED', ...outcome, inferenceTime };
    this.endedAt = new Date();
    this.changed();
    this.#listeners.clear();
  }

  /** Tells the running model, and whoever holds the job back, to stop. */
  abort(): void {
    this.#abort.abort();
  }

  /** `listener` is called at every change of state, position or logs. Returns its removal. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
