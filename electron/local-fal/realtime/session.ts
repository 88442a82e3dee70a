import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import type { JsonObject, LocalModel, ValidationDetail } from '../types.ts';
import type { FileStore } from '../file-store.ts';
import { isObject } from '../http.ts';
import type { Codec } from './codecs.ts';
import { codecOf } from './codecs.ts';
import { Inbox } from './inbox.ts';
import type {
  Frame,
  Handshake,
  HookedSession,
  RealtimeContext,
  RealtimeHooks,
  RealtimeModel,
} from './types.ts';

export type SessionPlan = {
  readonly socket: WebSocket;
  readonly handshake: Handshake;
  readonly model: LocalModel;
  readonly realtime: RealtimeModel;
  /** What the client asked for with max_buffering, or null. */
  readonly buffering: number | null;
  readonly pace: number;
  readonly files: FileStore;
  readonly hooks: RealtimeHooks;
};

/** One client at one runner, from the open socket to its close (fal-protocol §7.3-7.5). */
export class Session implements HookedSession {
  inputs = 0;
  answers = 0;
  readonly #plan: SessionPlan;
  readonly #codec: Codec;
  readonly #inbox: Inbox<JsonObject>;
  readonly #abort = new AbortController();
  readonly #refused = Promise.withResolvers<never>();
  #idle: NodeJS.Timeout | undefined;

  constructor(plan: SessionPlan) {
    const { realtime, buffering } = plan;
    this.#plan = plan;
    this.#codec = codecOf(realtime);
    // Only unary mode drops: the others promise their handler every input.
    const limit = realtime.mode === 'unary' ? (buffering ?? realtime.buffering ?? Infinity) : Infinity;
    this.#inbox = new Inbox(limit);
    this.#refused.promise.catch(() => undefined);
  }

  get handshake(): Handshake {
    return this.#plan.handshake;
  }

  get endpointId(): string {
    return this.#plan.model.endpointId;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Ends with the session. */
  async run(): Promise<void> {
    const { socket, hooks } = this.#plan;
    // A frame that is too large, or a connection that broke: the close event follows and tells all.
    socket.on('error', () => undefined);
    socket.on('message', (data, binary) => this.#receive(data, binary));
    socket.once('close', (code, reason) => {
      this.#stop();
      hooks.onClosed?.(this, code, reason.toString('utf8'));
    });
    hooks.onOpened?.(this);
    this.#waitForInput();
    try {
      await Promise.race([this.#serve(), this.#refused.promise]);
      // Every orderly end is called a time-out, a finished stream's too (fal-protocol §7.5).
      await this.#tell({
        type: 'x-fal-error',
        error: 'TIMEOUT',
        reason: 'no inputs, reconnect when needed!',
      });
    } catch (error) {
      // First: what is being worked on must not be answered after the error.
      this.#stop();
      const reason = error instanceof Error ? error.message : String(error);
      await this.#tell({ type: 'x-fal-error', error: 'INTERNAL_ERROR', reason });
    }
    this.close(1000);
  }

  send(frame: Frame): Promise<void> {
    const { socket } = this.#plan;
    // A socket that closed meanwhile is no fault of the sender's.
    return new Promise((resolve) =>
      socket.send(frame, { binary: typeof frame !== 'string' }, () => resolve()),
    );
  }

  close(code?: number, reason?: string): void {
    this.#stop();
    this.#plan.socket.close(code, reason);
  }

  terminate(): void {
    this.#stop();
    this.#plan.socket.terminate();
  }

  #stop(): void {
    clearTimeout(this.#idle);
    this.#abort.abort();
    this.#inbox.end();
  }

  #receive(data: RawData, binary: boolean): void {
    const { model, hooks } = this.#plan;
    try {
      const bytes = Buffer.isBuffer(data)
        ? data
        : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
      const input = this.#codec.decode(bytes, binary);
      this.inputs += 1;
      this.#waitForInput();
      if (hooks.onInput?.(this, input) === 'drop') return;
      const details = model.validate(input);
      if (details) throw new Error(summaryOf(details));
      if (!isObject(input)) throw new Error('Input should be a valid dictionary');
      this.#inbox.push(input);
    } catch (error) {
      this.#refused.reject(error);
    }
  }

  /** The limit runs from input to input, work or none. */
  #waitForInput(): void {
    const { realtime, hooks } = this.#plan;
    clearTimeout(this.#idle);
    const limit = hooks.idleMs?.(this) ?? realtime.idleMs;
    const fed = realtime.mode === 'server_streaming' && this.inputs > 0;
    if (limit !== undefined && !fed) this.#idle = setTimeout(() => this.#inbox.end(), limit);
  }

  async #serve(): Promise<void> {
    const { realtime } = this.#plan;
    const context = this.#context();
    switch (realtime.mode) {
      case 'unary':
        for await (const input of this.#inbox) {
          const began = performance.now();
          const output = await realtime.answer(input, context);
          const seconds = (performance.now() - began) / 1000;
          await this.#answer(output);
          await this.#tellTime(seconds);
        }
        return;
      case 'server_streaming':
        for await (const input of this.#inbox) {
          const began = performance.now();
          await this.#answerAll(realtime.answer(input, context));
          return this.#tellTime((performance.now() - began) / 1000);
        }
        return;
      case 'client_streaming':
        return this.#answer(await realtime.answer(this.#inbox, context));
      case 'bidi':
        return this.#answerAll(realtime.answer(this.#inbox, context));
    }
  }

  async #answerAll(outputs: AsyncIterable<JsonObject>): Promise<void> {
    for await (const output of outputs) {
      await this.#answer(output);
      // Nobody listens: the model is let go of at its next output, if the signal did not tell it before.
      if (this.#abort.signal.aborted) return;
    }
  }

  async #answer(output: JsonObject): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const { hooks } = this.#plan;
    const encode = (value: JsonObject) => this.#codec.encode(value);
    const frame = encode(output);
    const instead = (await hooks.onAnswer?.(this, { output, frame, encode })) ?? null;
    for (const each of instead ?? [frame]) await this.send(each);
    if (this.#abort.signal.aborted) return;
    this.answers += 1;
    hooks.onAnswered?.(this);
  }

  /** JSON in any codec (fal-protocol §7.3). */
  #tell(message: JsonObject): Promise<void> {
    return this.send(JSON.stringify(message));
  }

  #tellTime(seconds: number): Promise<void> {
    return this.#tell({ type: 'x-fal-message', action: 'timings', timing: seconds });
  }

  #context(): RealtimeContext {
    const { pace, files } = this.#plan;
    const { signal } = this.#abort;
    return {
      signal,
      async pause(ms) {
        if (pace > 0 && ms > 0) await sleep(ms * pace, undefined, { signal });
        else await nextTurn(undefined, { signal });
      },
      store: (file) => files.store(file),
    };
  }
}

function summaryOf(details: readonly ValidationDetail[]): string {
  const lines = details.map(({ loc, msg, type }) => `${loc.slice(1).join('.')}: ${msg} [type=${type}]`);
  return `${details.length} validation error${details.length === 1 ? '' : 's'}\n${lines.join('\n')}`;
}
