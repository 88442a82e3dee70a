import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { assertNever, fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { waitBefore } from '../retry.ts';
import { realtimeAddress } from './address.ts';
import { encodeInput } from './codec.ts';
import type { WireObject } from './codec.ts';
import { AGAIN, endingOf, notAllowed } from './endings.ts';
import type { Ending } from './endings.ts';
import { after } from './machine.ts';
import type { RealtimeEvent, RealtimeStep } from './machine.ts';
import { readMessage } from './messages.ts';
import { LIMITS } from './options.ts';
import type { LiveInput, RealtimeLimits, RealtimeListener, RealtimeOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import type { InFlight } from './outbox.ts';
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
  readonly #outbox: Outbox<LiveInput>;
  readonly #life = new AbortController();
  #step: RealtimeStep = 'idle';
  #socket: OpenSocket | null = null;
  #retryTimer: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #answersHere = 0;
  #serverSeconds: number | null = null;
  #refusedTokens = 0;
  readonly #patience: Patience<LiveInput>;
  #lastAnswered: LiveInput | null = null;
  /** Sent on this connection, in their order, as far as a model that streams needs to know. */
  #firstHere: LiveInput | null = null;
  #streams: boolean;
  /** Errors in a row after which the server closed, and the last of several. */
  #failures = 0;
  #failure: AppError | null = null;

  private constructor(url: string, options: RealtimeOptions, listener: RealtimeListener) {
    this.#url = url;
    this.#options = options;
    this.#streams = options.streams ?? false;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#listener = listener;
    this.#patience = new Patience(this.#limits.giveUp);
    this.#pass = new PassBook({
      connection: options.connection,
      endpoint: options.endpoint,
      way: options.auth ?? 'token',
      tokenSeconds: options.tokenSeconds ?? 120,
    });
    // With room for only one input at the server a second one on its way could push out the first.
    this.#outbox = new Outbox((options.maxBuffering ?? 1) >= 2 ? 2 : 1);
  }

  /** Opens nothing yet. Fails with `input` where an option is outside its range (fal-protocol §7.2). */
  static create(options: RealtimeOptions, listener: RealtimeListener): Result<RealtimeConnection, AppError> {
    const url = realtimeAddress(options.connection.hosts.ws, options.endpoint, options);
    return url.ok ? ok(new RealtimeConnection(url.value, options, listener)) : fail(url.error);
  }

  get step(): RealtimeStep {
    return this.#step;
  }

  /** Takes the newest input; one that still waits is replaced. After `failed` it waits for `retry`. */
  send(input: LiveInput): void {
    if (this.#step === 'closed') return;
    this.#outbox.offer(input);
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
    this.#renew();
    this.#happen('denied', error);
  }

  /** For good; nothing is told any more. */
  close(): void {
    this.#happen('close');
    this.#life.abort();
    this.#outbox.clear();
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
        this.#answersHere = 0;
        this.#lastAnswered = null;
        this.#firstHere = null;
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
    if (next === 'idle' && this.#outbox.waiting) this.#happen('wake');
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
        agent: connection.agentFor?.(new URL(url)),
      },
      {
        opened: () => this.#happen('opened'),
        message: (data) => this.#read(data),
        ended: (end) => this.#end(endingOf(end, this.#limits.frameBytes)),
      },
    );
  }

  /** Sends what waits, as far as there is room. */
  #pump(): void {
    if (this.#streams && this.#firstHere !== null) return this.#cutStream();
    for (;;) {
      const input = this.#outbox.take(performance.now());
      if (input === undefined) break;
      const frame = encodeInput(input.body, this.#options.codec ?? 'msgpack');
      if (frame === null) {
        this.#outbox.revoke(input);
        this.#listener.refused(input, appError('input', 'This input cannot be written as one message'));
        continue;
      }
      this.#firstHere ??= input;
      this.#socket?.send(frame);
      this.#listener.sent(input);
    }
    this.#watch();
  }

  /**
   * A model that streams reads one input a connection. A newer one is worth more than the rest of the stream, but not before
   * something of it was seen, or a moving slider would never show anything.
   */
  #cutStream(): void {
    if (this.#outbox.waiting && this.#answersHere > 0)
      this.#end({ event: 'ended', error: null, refused: false });
    else this.#watch();
  }

  /** An answer that never comes would hold the next input for ever; answers come in order, so only a new connection is sure. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    const oldest = this.#outbox.oldest;
    if (oldest === undefined || this.#step !== 'live') return;
    const limit = this.#answersHere === 0 ? this.#limits.firstAnswer : this.#limits.answer;
    this.#watchdog = setTimeout(
      () =>
        this.#lose(
          appError('timeout', 'The model did not answer', {
            detail: `No answer within ${Math.round(limit / 1000)} s`,
            hint: AGAIN,
          }),
        ),
      Math.max(oldest.sentAt + limit - performance.now(), 0),
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
          this.#settle(this.#outbox.answered())?.item ?? null,
          appError('protocol', 'An answer could not be read', { hint: 'The next input is sent as always.' }),
        );
        return this.#pump();
      default:
        assertNever(message);
    }
  }

  #answer(output: WireObject): void {
    const named = this.#namedBy(output);
    const sent = this.#settle(this.#outbox.answered(named));
    this.#took();
    const serverSeconds = this.#serverSeconds;
    // A streaming model answers one input many times (fal-protocol §7.5); only the first is a round trip.
    const input = sent?.item ?? this.#answeredAgain(named);
    if (input === null) return this.#listener.dropped(1);
    this.#lastAnswered = input;
    const roundTrip = sent === undefined ? null : performance.now() - sent.sentAt;
    this.#pump();
    this.#listener.answered({ input, output, roundTrip, serverSeconds });
  }

  /** Whether an input is the one an answer names, for models whose answers do that. */
  #namedBy(output: WireObject): ((input: LiveInput) => boolean) | undefined {
    const { echo } = this.#options;
    const name = echo === undefined ? undefined : output[echo];
    return echo === undefined || typeof name !== 'string' || name === ''
      ? undefined
      : ({ body }) => body[echo] === name;
  }

  /** The input of an answer that none of those on their way was waiting for; null where it is too late for any. */
  #answeredAgain(named: ((input: LiveInput) => boolean) | undefined): LiveInput | null {
    const last = this.#lastAnswered;
    if (named !== undefined) return last !== null && named(last) ? last : null;
    if (last !== null && !this.#streams) {
      this.#streams = true;
      // One that was sent after the first was taken for answered by the rest of the stream, and never read.
      if (last !== this.#firstHere && !this.#outbox.waiting) this.#outbox.offer(last);
    }
    return this.#firstHere;
  }

  /** The model itself said no, so the same input would get the same answer. */
  #refuse({ code, reason, closes }: { code: string; reason: string; closes: boolean }): void {
    const sent = this.#settle(this.#outbox.answered());
    const error = appError('model', 'The model refused the input', {
      detail: reason === '' ? code : reason,
      hint: 'Change it; the next input is sent as always.',
    });
    this.#listener.refused(sent?.item ?? null, error);
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

  #settle(found: {
    readonly sent: InFlight<LiveInput> | undefined;
    readonly passed: number;
  }): InFlight<LiveInput> | undefined {
    if (found.passed > 0) this.#listener.dropped(found.passed);
    return found.sent;
  }

  /** The server is there and works. */
  #took(): void {
    this.#answersHere += 1;
    this.#patience.restore();
    this.#refusedTokens = 0;
    this.#failures = 0;
    this.#failure = null;
  }

  #end({ event, error, refused }: Ending): void {
    if (event === 'lost') return this.#lose(error);
    if (refused && error !== null)
      this.#listener.refused(this.#settle(this.#outbox.answered())?.item ?? null, error);
    const unanswered = this.#renew();
    if (event === 'unauthorized') {
      this.#pass.forget();
      this.#refusedTokens += 1;
      // A token that has just been fetched and is refused again will be refused for ever.
      if (this.#refusedTokens > 1) return this.#happen('denied', error ?? notAllowed(''));
      // With nothing to send another token would be for nothing.
      if (!this.#outbox.waiting) return this.#happen('ended');
    }
    if (event === 'ended' && unanswered !== undefined) {
      // A close in good order that left an input unanswered opens again at once, but not for ever.
      const verdict = this.#patience.failed(unanswered, performance.now());
      if (verdict.kind !== 'again') this.#giveUpOn(unanswered, null);
    }
    this.#happen(event, error);
  }

  #lose(error: AppError | null): void {
    const unanswered = this.#renew();
    // With nothing to send there is nothing to be sorry for: the next input opens another.
    if (!this.#outbox.waiting) return this.#happen('ended');
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
    this.#outbox.drop(input);
    this.#listener.refused(
      input,
      appError('model', `fal ended the connection ${POISON} times over this input`, {
        detail: error?.detail ?? '',
        hint: 'It is not sent again by itself. Change it, and the connection opens again.',
      }),
    );
  }

  /** The newest input that was on its way waits to be sent again, if none newer waits; that one is returned. */
  #renew(): LiveInput | undefined {
    const { again, lost } = this.#outbox.renew();
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
