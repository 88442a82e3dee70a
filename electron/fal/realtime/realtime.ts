import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { assertNever, fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { waitBefore } from '../retry.ts';
import { realtimeAddress } from './address.ts';
import { encodeInput } from './codec.ts';
import type { WireObject } from './codec.ts';
import { AGAIN, endingOf } from './endings.ts';
import type { Ending } from './endings.ts';
import { after } from './machine.ts';
import type { RealtimeEvent, RealtimeStep } from './machine.ts';
import { readMessage } from './messages.ts';
import { LIMITS } from './options.ts';
import type { LiveInput, RealtimeLimits, RealtimeListener, RealtimeOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import type { InFlight } from './outbox.ts';
import { PassBook } from './pass.ts';
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
    else this.#happen('wake');
  }

  /** Tries at once: the person asked, or the network is back. */
  retry(): void {
    this.#patience.restore();
    this.#refusedTokens = 0;
    if (this.#step === 'waiting' || this.#step === 'failed') this.#happen('retry');
  }

  /** The key is gone, or the profile is another: ends what is open and says why. */
  deny(error: AppError): void {
    this.#pass.forget();
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
    const headers: Record<string, string> = { 'user-agent': this.#options.connection.userAgent };
    let url = this.#url;
    if (pass.value.kind === 'token')
      url += `${url.includes('?') ? '&' : '?'}fal_jwt_token=${encodeURIComponent(pass.value.token)}`;
    else headers['authorization'] = pass.value.header;
    const socket = openSocket(
      url,
      { headers, mostBytes: this.#limits.frameBytes, openLimit: this.#limits.open },
      {
        opened: () => this.#happen('opened'),
        message: (data) => this.#read(data),
        ended: (end) => this.#end(endingOf(end, this.#limits.frameBytes)),
      },
    );
    this.#socket = socket;
  }

  /** Sends what waits, as far as there is room. */
  #pump(): void {
    for (;;) {
      const input = this.#outbox.take(performance.now());
      if (input === undefined) break;
      const frame = encodeInput(input.body, this.#options.codec ?? 'msgpack');
      if (frame === null) {
        this.#outbox.revoke(input);
        this.#listener.refused(input, appError('input', 'This input cannot be written as one message'));
        continue;
      }
      this.#socket?.send(frame);
      this.#listener.sent(input);
    }
    this.#watch();
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
    const { echo } = this.#options;
    const named = echo === undefined ? undefined : output[echo];
    const found = this.#outbox.answered(
      echo === undefined || typeof named !== 'string' || named === ''
        ? undefined
        : ({ body }) => body[echo] === named,
    );
    this.#took();
    const sent = this.#settle(found);
    const serverSeconds = this.#serverSeconds;
    // A streaming model answers one input many times (fal-protocol §7.5); only the first is a round trip.
    const input = sent?.item ?? this.#lastAnswered;
    if (input === null) return;
    this.#lastAnswered = input;
    const roundTrip = sent === undefined ? null : performance.now() - sent.sentAt;
    this.#pump();
    this.#listener.answered({ input, output, roundTrip, serverSeconds });
  }

  /** The model itself said no, so the same input would get the same answer. */
  #refuse({ code, reason, closes }: { code: string; reason: string; closes: boolean }): void {
    const sent = this.#settle(this.#outbox.answered());
    this.#took();
    this.#listener.refused(
      sent?.item ?? null,
      appError('model', 'The model refused the input', {
        detail: reason === '' ? code : reason,
        hint: 'Change it; the next input is sent as always.',
      }),
    );
    if (closes) this.#end({ event: 'ended', error: null, refused: false });
    else this.#pump();
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
      if (this.#refusedTokens > 1) return this.#happen('denied', error ?? refusedKey());
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

const refusedKey = (): AppError =>
  appError('auth', 'fal did not accept the key for this session', {
    hint: 'Your input is kept. Check the key in Settings, then try again.',
  });
