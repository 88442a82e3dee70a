import type { AppError } from '../../shared/fal/errors.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { CALL_DROPPED } from '../../shared/runs/transitions.ts';
import { LineSteps } from './line-steps.ts';
import type { Line, LineOptions } from './line-steps.ts';
import { Partials } from './partials.ts';
import { stampAfter } from './stamp.ts';

/** What a call that passes the queue by is given, and what it tells on its way. */
export interface CallContext extends Pick<LineOptions, 'connection' | 'endpoint'> {
  readonly body: JsonObject;
  readonly run: Run;
  /** Drops the connection. */
  readonly signal: AbortSignal;
  /** The model has it, as far as can be known. */
  readonly taken: (requestId: string | null) => Promise<void>;
  readonly partial: (output: JsonValue) => void;
  /** What the answer's head says (fal-protocol §9.2). */
  readonly head: (headers: Headers) => void;
}

export type Call = (context: CallContext) => Promise<Result<JsonValue, AppError>>;

/**
 * One run that passes the queue by: upload, call, save. Nobody can ask after such a call, so what is cut off once it has
 * begun is lost and may be billed; it is never sent again.
 */
export class CallLine implements Line {
  readonly #options: LineOptions;
  readonly #call: Call;
  readonly #steps: LineSteps;
  readonly #partials: Partials;
  /** Ends uploads and copies at hand; never the call itself. */
  #step = new AbortController();
  /** Drops the connection of the call. */
  readonly #drop = new AbortController();
  /** Ends the loading of previews: nothing waits for one when the model is done. */
  readonly #loading = new AbortController();
  #begun = false;
  readonly #life = new AbortController();

  constructor(run: Run, options: LineOptions, call: Call) {
    this.#options = options;
    this.#call = call;
    this.#steps = new LineSteps(run, options);
    this.#partials = new Partials({
      id: run.id,
      // A picture inside an event is here already; only what must be loaded can take long.
      fetchFile: (url, claimedType) =>
        url.startsWith('data:')
          ? options.fetchFile(url, claimedType, this.#life.signal)
          : this.#steps.copy(url, claimedType, this.#loading.signal),
      tell: options.partial,
    });
  }

  get run(): Run {
    return this.#steps.run;
  }

  leave(): void {
    this.#life.abort();
    this.#step.abort();
    this.#drop.abort();
    this.#loading.abort();
    this.#partials.stop();
  }

  /** A call that hangs on a dead connection is told so by the connection: to ask anew would be to pay anew. */
  recheck(): void {
    this.#step.abort();
  }

  async cancel(): Promise<void> {
    const { kind } = this.run.state;
    if (kind === 'uploading' || (kind === 'submitting' && !this.#begun)) {
      this.#step.abort();
      return this.#steps.end({ kind: 'cancelled', word: null });
    }
    // What comes of it is the call's own end.
    if (kind === 'submitting' || kind === 'running') this.#drop.abort();
  }

  async drive(): Promise<void> {
    for (;;) {
      if (this.#life.signal.aborted) return;
      this.#step = new AbortController();
      const { state } = this.run;
      switch (state.kind) {
        case 'uploading':
          await this.#steps.upload(this.#step.signal);
          break;
        case 'submitting':
          await this.#send();
          break;
        case 'saving':
          await this.#steps.save(this.#step.signal);
          break;
        case 'waiting':
        case 'confirming':
        case 'unconfirmed':
        case 'queued':
        case 'running':
        case 'fetching':
        case 'succeeded':
        case 'failed':
        case 'cancelling':
        case 'cancelled':
        case 'lost':
          return;
        default:
          assertNever(state);
      }
    }
  }

  async #send(): Promise<void> {
    const { connection, endpoint } = this.#options;
    this.#begun = true;
    const answer = await this.#call({
      connection,
      endpoint,
      body: this.#steps.body,
      run: this.run,
      signal: this.#drop.signal,
      taken: (requestId) => {
        const times = { ...this.run.times, started: stampAfter(this.run.times) };
        return this.#steps.move({ kind: 'running', trouble: null }, { requestId, times });
      },
      partial: (output) => this.#partials.offer(output),
      head: (headers) => this.#steps.head(headers),
    });
    if (this.#life.signal.aborted) return;
    this.#loading.abort();
    await this.#partials.finish();
    // An answer that was quicker than the cancel is kept: it is paid for.
    if (answer.ok) return this.#steps.finish(answer.value, this.#life.signal);
    const brought = this.#partials.last;
    if (this.#drop.signal.aborted) return this.#steps.end({ kind: 'cancelled', word: CALL_DROPPED }, brought);
    const { error } = answer;
    const cut = error.kind === 'unconfirmed' || error.kind === 'lost';
    await this.#steps.end(cut ? { kind: 'lost', error: cutOff(error) } : { kind: 'failed', error }, brought);
  }
}

const MAY_BE_BILLED =
  'It may have run to its end, and be billed. It is not sent again by itself; your request is kept.';

const cutOff = (error: AppError): AppError =>
  appError('lost', 'The connection broke before the model was done', {
    detail: error.detail,
    hint: MAY_BE_BILLED,
    requestId: error.requestId,
  });

/** A call that was under way when the program stopped. */
export function callLost(run: Run): Run {
  const error = appError('lost', 'The call was cut off when the app stopped', {
    hint: MAY_BE_BILLED,
    requestId: run.requestId,
  });
  return { ...run, state: { kind: 'lost', error }, times: { ...run.times, ended: stampAfter(run.times) } };
}
