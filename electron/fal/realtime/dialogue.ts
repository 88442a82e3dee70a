import type { WireObject } from './codec.ts';
import type { LiveInput } from './options.ts';
import { Outbox } from './outbox.ts';

/** Whose an answer is: null where it is too late for any input. */
export interface Found {
  readonly input: LiveInput | null;
  /** Milliseconds from the sending of the input; null for all but its first answer. */
  readonly roundTrip: number | null;
  /** Inputs that were sent before it and will have no answer. */
  readonly passed: number;
}

export interface DialogueOptions {
  /** Inputs that may be unanswered at a time. */
  readonly room: number;
  /** One input is answered many times; noticed by itself where not told. */
  readonly streams: boolean;
  /** The property by which the model tells its answers apart, where it has one. */
  readonly echo: string | undefined;
}

/** What is said over one connection after another: which input goes out when, and which of them an answer belongs to. */
export class Dialogue {
  readonly #outbox: Outbox<LiveInput>;
  readonly #echo: string | undefined;
  #streams: boolean;
  #answers = 0;
  #lastAnswered: LiveInput | null = null;
  /** Sent on this connection, as far as a model that streams needs to know. */
  #first: LiveInput | null = null;

  constructor({ room, streams, echo }: DialogueOptions) {
    this.#outbox = new Outbox(room);
    this.#streams = streams;
    this.#echo = echo;
  }

  /** A connection is open, and nothing has been said on it. */
  opened(): void {
    this.#answers = 0;
    this.#lastAnswered = null;
    this.#first = null;
  }

  /** One that still waits is replaced. */
  offer(input: LiveInput): void {
    this.#outbox.offer(input);
  }

  get waiting(): boolean {
    return this.#outbox.waiting;
  }

  /** Whether anything has been answered on this connection. */
  get isAnswered(): boolean {
    return this.#answers > 0;
  }

  /** When the input went out that has waited longest for its answer, in milliseconds of a steady clock. */
  get owedSince(): number | undefined {
    return this.#outbox.oldest?.sentAt;
  }

  /**
   * A model that streams reads one input a connection. A newer one is worth more than the rest of the stream, but not before
   * something of it was seen, or a moving slider would never show anything.
   */
  get isCut(): boolean {
    return this.#isTaken && this.#outbox.waiting && this.#answers > 0;
  }

  /** This connection reads no more inputs. */
  get #isTaken(): boolean {
    return this.#streams && this.#first !== null;
  }

  /** The input to be sent now, if there is one. */
  take(now: number): LiveInput | undefined {
    return this.#isTaken ? undefined : this.#outbox.take(now);
  }

  /** It went out. */
  sent(input: LiveInput): void {
    this.#first ??= input;
  }

  /** It could not be sent after all. */
  revoke(input: LiveInput): void {
    this.#outbox.revoke(input);
  }

  /** Something came that shows the model at work. */
  took(): void {
    this.#answers += 1;
  }

  /** Whose this answer is. */
  answered(output: WireObject, now: number): Found {
    const named = this.#namedBy(output);
    const { sent, passed } = this.#outbox.answered(named);
    // A streaming model answers one input many times (fal-protocol §7.5); only the first is a round trip.
    const input = sent?.item ?? this.#answeredAgain(named);
    if (input !== null) this.#lastAnswered = input;
    return { input, roundTrip: sent === undefined ? null : now - sent.sentAt, passed };
  }

  /** An error came in place of an answer, or one that cannot be read: the input that waited longest has none. */
  failed(): { readonly input: LiveInput | null; readonly passed: number } {
    const { sent, passed } = this.#outbox.answered();
    return { input: sent?.item ?? null, passed };
  }

  /** The connection is gone: what of it is to be sent again, and how many inputs have no answer. */
  renew(): { readonly again: LiveInput | undefined; readonly lost: number } {
    return this.#outbox.renew();
  }

  /** It is not sent again. */
  drop(input: LiveInput): void {
    this.#outbox.drop(input);
  }

  clear(): void {
    this.#outbox.clear();
  }

  /** Whether an input is the one an answer names, for models whose answers do that. */
  #namedBy(output: WireObject): ((input: LiveInput) => boolean) | undefined {
    const echo = this.#echo;
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
      if (last !== this.#first && !this.#outbox.waiting) this.#outbox.offer(last);
    }
    return this.#first;
  }
}
