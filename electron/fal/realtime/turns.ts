import type { WireObject } from './codec.ts';
import { namedBy } from './dialogue.ts';
import type { Dialogue, Found } from './dialogue.ts';
import type { LiveInput } from './options.ts';
import { Outbox } from './outbox.ts';

export interface TurnsOptions {
  /** Inputs that may be unanswered at a time. */
  readonly room: number;
  /** One input is answered many times; noticed by itself where not told. */
  readonly streams: boolean;
  readonly echo: string | undefined;
}

/**
 * Models that answer each input, once or many times: one input is out, the newest of the others waits, and what was out when
 * a connection was lost goes out again unless a newer one waits.
 */
export class Turns implements Dialogue {
  readonly #outbox: Outbox<LiveInput>;
  readonly #echo: string | undefined;
  #streams: boolean;
  #answers = 0;
  #lastAnswered: LiveInput | null = null;
  /** Sent on this connection, as far as a model that streams needs to know. */
  #first: LiveInput | null = null;

  constructor({ room, streams, echo }: TurnsOptions) {
    this.#outbox = new Outbox(room);
    this.#streams = streams;
    this.#echo = echo;
  }

  opened(): void {
    this.#answers = 0;
    this.#lastAnswered = null;
    this.#first = null;
  }

  /** One that still waits is replaced. */
  offer(input: LiveInput): boolean {
    this.#outbox.offer(input);
    return true;
  }

  get waiting(): boolean {
    return this.#outbox.waiting;
  }

  get isAnswered(): boolean {
    return this.#answers > 0;
  }

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

  take(now: number): LiveInput | undefined {
    if (this.#isTaken) return undefined;
    const input = this.#outbox.take(now);
    if (input !== undefined) this.#first ??= input;
    return input;
  }

  revoke(input: LiveInput): void {
    this.#outbox.revoke(input);
    if (this.#first === input) this.#first = null;
  }

  took(): void {
    this.#answers += 1;
  }

  answered(output: WireObject, now: number): Found {
    const named = namedBy(output, this.#echo);
    const { sent, passed } = this.#outbox.answered(named);
    // A streaming model answers one input many times (fal-protocol §7.5); only the first is a round trip.
    const input = sent?.item ?? this.#answeredAgain(named);
    if (input !== null) this.#lastAnswered = input;
    return { input, roundTrip: sent === undefined ? null : now - sent.sentAt, passed };
  }

  /** The input that waited longest has no answer. */
  failed(): Pick<Found, 'input' | 'passed'> {
    const { sent, passed } = this.#outbox.answered();
    return { input: sent?.item ?? null, passed };
  }

  renew(): { readonly again: LiveInput | undefined; readonly lost: number } {
    return this.#outbox.renew();
  }

  drop(input: LiveInput): void {
    this.#outbox.drop(input);
  }

  clear(): void {
    this.#outbox.clear();
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
