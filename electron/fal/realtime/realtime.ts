import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { assertNever, fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { waitBefore } from '../retry.ts';
import { realtimeAddress } from './address.ts';
import { encodeInput } from './codec.ts';
import type { WireObject } from './codec.ts';
import type { Dialogue } from './dialogue.ts';
import { dialogueFor } from './dialogue-for.ts';
import { AGAIN, endingOf, notAllowed, tooLarge, tooMany, unwritable } from './endings.ts';
import type { Ending } from './endings.ts';
import { after } from './machine.ts';
import type { RealtimeEvent, RealtimeStep } from './machine.ts';
import { readMessage } from './messages.ts';
import { LIMITS } from './options.ts';
import type { LiveInput, RealtimeLimits, RealtimeListener, RealtimeOptions } from './options.ts';
import { handshake, PassBook } from './pass.ts';
import type { Pass } from './pass.ts';
import { Patience, POISON } from './patience.ts';
import { openSocket } from './socket.ts';
import type { OpenSocket } from './socket.ts';

const CAP = 5_000;

/**
 * One realtime connection (fal-protocol §7): opens when there is something to send, keeps the newest input and no other
 * waiting, sends it again when the connection was lost, and never calls an ordinary close an error.
 */
export class RealtimeConnection {
  readonly #options: RealtimeOptions;
  readonly #limits: RealtimeLimits;
  readonly #listener: RealtimeListener;
  readonly #url: string;
  readonly #pass: PassBook;
  readonly #dialogue: Dialogue;
  readonly #life = new AbortController();
  #step: RealtimeStep = 'idle';
  #socket: OpenSocket | null = null;
  #retryTimer: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #serverSeconds: number | null = null;
  #refusedTokens = 0;
  readonly #patience: Patience<LiveInput>;
  /** Errors in a row after which the server closed, and the last of several. */
  #failures = 0;
  #failure: AppError | null = null;

  private constructor(url: string, options: RealtimeOptions, listener: RealtimeListener) {
    this.#url = url;
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#listener = listener;
    this.#patience = new Patience(this.#limits.giveUp);
    this.#pass = new PassBook({
      connection: options.connection,
      endpoint: options.endpoint,
      way: options.auth ?? 'token',
      tokenSeconds: options.tokenSeconds ?? 120,
    });
    const { mode, maxBuffering, echo } = options;
    this.#dialogue = dialogueFor({ mode, maxBuffering, echo });
  }

  /** Opens nothing yet. Fails with `input` where an option is outside its range (fal-protocol §7.2). */
  static create(options: RealtimeOptions, listener: RealtimeListener): Result<RealtimeConnection, AppError> {
    const url = realtimeAddress(options.connection.hosts.ws, options.endpoint, options);
    return url.ok ? ok(new RealtimeConnection(url.value, options, listener)) : fail(url.error);
  }

  get step(): RealtimeStep {
    return this.#step;
  }

  /** Takes the newest input; what becomes of one that still waits is the mode's. After `failed` it waits for `retry`. */
  send(input: LiveInput): void {
    if (this.#step === 'closed') return;
    if (!this.#dialogue.offer(input)) return this.#listener.refused(input, tooMany());
    if (this.#step === 'live') this.#pump();
    else if (this.#step === 'idle' && this.#failure !== null) this.#lose(this.#failure);
    else this.#happen('wake');
  }

  /** Tries at once: the person asked, or the network is back. */
  retry(): void {
    this.#patience.restore();
    this.#refusedTokens = 0;
    this.#failures = 0;
    this.#failure = null;
    if (this.#step === 'waiting' || this.#step === 'failed') this.#happen('retry');
  }

  /** The key is gone, or the profile is another: ends what is open and says why. */
  deny(error: AppError): void {
    this.#pass.forget();
    this.#renew(false);
    this.#happen('denied', error);
  }

  /** For good; nothing is told any more. */
  close(): void {
    this.#happen('close');
    this.#life.abort();
    this.#dialogue.clear();
  }

  /** The one place where a step is taken; what the step needs is begun here. */
  #happen(event: RealtimeEvent, error: AppError | null = null, retryIn = 0): void {
    const next = after(this.#step, event);
    if (next === null) return;
    this.#step = next;
    clearTimeout(this.#retryTimer);
    if (next !== 'live') this.#disconnect();
    switch (next) {
      case 'authorizing':
        void this.#authorize();
        break;
      case 'waiting':
        this.#retryTimer = setTimeout(() => this.#happen('retry'), retryIn);
        break;
      case 'live':
        this.#dialogue.opened();
        this.#pass.keepFresh(this.#life.signal);
        break;
      case 'idle':
      case 'connecting':
      case 'failed':
      case 'closed':
        break;
      default:
        assertNever(next);
    }
    this.#listener.moved(next, error, retryIn);
    if (next === 'live') this.#pump();
    // What was offered while the connection ended in good order opens the next one.
    if (next === 'idle' && this.#dialogue.waiting) this.#happen('wake');
  }

  async #authorize(): Promise<void> {
    const pass = await this.#pass.get(this.#life.signal);
    if (this.#step !== 'authorizing') return;
    if (!pass.ok) {
      if (pass.error.kind === 'auth') return this.#happen('denied', pass.error);
      return this.#lose({ ...pass.error, kind: 'network', hint: AGAIN });
    }
    this.#happen('authorized');
    try {
      this.#open(pass.value);
    } catch (error) {
      // Nothing of it depends on the network: it would be the same the next time.
      const detail = error instanceof Error ? error.message : String(error);
      this.#happen('denied', appError('internal', 'The connection could not be made', { detail }));
    }
  }

  #open(pass: Pass): void {
    const { connection } = this.#options;
    const { url, headers } = handshake(this.#url, pass, connection.userAgent);
    this.#socket = openSocket(
      url,
      {
        headers,
        mostBytes: this.#limits.frameBytes,
        openLimit: this.#limits.open,
        aliveEvery: this.#limits.alive,
        agent: connection.agentFor?.(new URL(url)),
      },
      {
        opened: () => this.#happen('opened'),
        message: (data) => this.#read(data),
        drained: () => this.#pump(),
        ended: (end) => this.#end(endingOf(end, this.#limits.frameBytes)),
      },
    );
  }

  /** Sends what waits, as far as there is room. */
  #pump(): void {
    if (this.#step !== 'live') return;
    if (this.#dialogue.isCut) return this.#end({ event: 'ended', error: null, refused: false });
    while (this.#socket?.isFull === false) {
      const input = this.#dialogue.take(performance.now());
      if (input === undefined) break;
      const frame = encodeInput(input.body, this.#options.codec ?? 'msgpack');
      const wrong = frame === null ? unwritable() : tooLarge(frame, this.#limits.frameBytes);
      if (frame === null || wrong !== null) {
        this.#dialogue.revoke(input);
        if (wrong !== null) this.#listener.refused(input, wrong);
        continue;
      }
      this.#socket.send(frame);
      this.#listener.sent(input);
    }
    this.#watch();
  }

  /** An answer that never comes would hold the next input for ever; answers come in order, so only a new connection is sure. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    const since = this.#dialogue.owedSince;
    if (since === undefined || this.#step !== 'live') return;
    const limit = this.#dialogue.isAnswered ? this.#limits.answer : this.#limits.firstAnswer;
    this.#watchdog = setTimeout(
      () =>
        this.#lose(
          appError('timeout', 'The model did not answer', {
            detail: `No answer within ${Math.round(limit / 1000)} s`,
            hint: AGAIN,
          }),
        ),
      Math.max(since + limit - performance.now(), 0),
    );
  }

  #read(data: Uint8Array | string): void {
    if (this.#step !== 'live') return;
    const message = readMessage(data);
    switch (message.kind) {
      case 'answer':
        return this.#answer(message.output);
      case 'timings':
        this.#serverSeconds = message.seconds;
        return;
      case 'unauthorized':
        return this.#end({ event: 'unauthorized', error: null, refused: false });
      case 'idle':
        return this.#end({ event: 'ended', error: null, refused: false });
      case 'refused':
        return this.#refuse(message);
      case 'noise':
        return;
      case 'unreadable':
        this.#took();
        this.#listener.refused(
          this.#unanswered(false),
          appError('protocol', 'An answer could not be read', { hint: 'The next input is sent as always.' }),
        );
        return this.#pump();
      default:
        assertNever(message);
    }
  }

  #answer(output: WireObject): void {
    const { input, roundTrip, passed } = this.#dialogue.answered(output, performance.now());
    if (passed > 0) this.#listener.dropped(passed);
    this.#took();
    const serverSeconds = this.#serverSeconds;
    if (input === null) return this.#listener.dropped(1);
    this.#pump();
    this.#listener.answered({ input, output, roundTrip, serverSeconds });
  }

  /** The model itself said no, so the same input would get the same answer. */
  #refuse({ code, reason, closes }: { code: string; reason: string; closes: boolean }): void {
    const input = this.#unanswered(closes);
    const error = appError('model', 'The model refused the input', {
      detail: reason === '' ? code : reason,
      hint: 'Change it; the next input is sent as always.',
    });
    this.#listener.refused(input, error);
    if (!closes) {
      this.#took();
      return this.#pump();
    }
    this.#failures += 1;
    // A model that fails every time would be opened anew as fast as a slider moves.
    if (this.#failures > 1) {
      this.#failure = error;
      this.#lose(error);
    } else this.#end({ event: 'ended', error: null, refused: false });
  }

  /** The input that is told to have no answer; `over` where the connection ends with it. */
  #unanswered(over: boolean): LiveInput | null {
    const { input, passed } = this.#dialogue.failed(over);
    if (passed > 0) this.#listener.dropped(passed);
    return input;
  }

  /** The server is there and works. */
  #took(): void {
    this.#dialogue.took();
    this.#patience.restore();
    this.#refusedTokens = 0;
    this.#failures = 0;
    this.#failure = null;
  }

  #end({ event, error, refused }: Ending): void {
    if (event === 'lost') return this.#lose(error);
    if (refused && error !== null) this.#listener.refused(this.#unanswered(true), error);
    const unanswered = this.#renew(event === 'ended');
    if (event === 'unauthorized') {
      this.#pass.forget();
      this.#refusedTokens += 1;
      // A token that has just been fetched and is refused again will be refused for ever.
      if (this.#refusedTokens > 1) return this.#happen('denied', error ?? notAllowed(''));
      // With nothing to send another token would be for nothing.
      if (!this.#dialogue.waiting) return this.#happen('ended');
    }
    if (event === 'ended' && unanswered !== undefined) {
      // A close in good order that left an input unanswered opens again at once, but not for ever.
      const verdict = this.#patience.failed(unanswered, performance.now());
      if (verdict.kind !== 'again') this.#giveUpOn(unanswered, null);
    }
    this.#happen(event, error);
  }

  #lose(error: AppError | null): void {
    const unanswered = this.#renew(false);
    // With nothing to send there is nothing to be sorry for: the next input opens another.
    if (!this.#dialogue.waiting) return this.#happen('ended');
    const verdict = this.#patience.failed(unanswered, performance.now());
    switch (verdict.kind) {
      case 'again': {
        const { base } = this.#options.connection.backoff;
        this.#happen('lost', error, waitBefore(verdict.attempt, { tries: 0, base, cap: CAP }, null));
        return;
      }
      case 'poison':
        if (unanswered !== undefined) this.#giveUpOn(unanswered, error);
        this.#happen('ended');
        return;
      case 'enough':
        this.#happen('lost', error);
        this.#happen('denied', error);
        return;
      default:
        assertNever(verdict);
    }
  }

  #giveUpOn(input: LiveInput, error: AppError | null): void {
    this.#dialogue.drop(input);
    this.#listener.refused(
      input,
      appError('model', `fal ended the connection ${POISON} times over this input`, {
        detail: error?.detail ?? '',
        hint: 'It is not sent again by itself. Change it, and the connection opens again.',
      }),
    );
  }

  /** What is to be sent again waits for the next connection; the newest of it is returned. */
  #renew(orderly: boolean): LiveInput | undefined {
    const { again, lost } = this.#dialogue.renew(orderly);
    if (lost > 0) this.#listener.dropped(lost);
    return again;
  }

  #disconnect(): void {
    clearTimeout(this.#watchdog);
    this.#pass.rest();
    this.#socket?.close();
    this.#socket = null;
  }
}
