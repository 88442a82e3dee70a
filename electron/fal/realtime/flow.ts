import type { WireObject } from './codec.ts';
import { namedBy } from './dialogue.ts';
import type { Dialogue, Found } from './dialogue.ts';
import type { LiveInput } from './options.ts';
import type { InFlight } from './outbox.ts';

export interface FlowOptions {
  readonly mode: 'client_streaming' | 'bidi';
  readonly echo: string | undefined;
}

/** Inputs that wait for a connection, and those of a session that are kept to be said again. */
export const MOST_INPUTS = 1_000;

/**
 * Models that read inputs as they come, whether they answer or not (fal-protocol §7.5): every input counts, so all go out in
 * their order, none waits for an answer and none is replaced.
 *
 * - `client_streaming` reads until no more come for a while, and then gives one answer to all, said to be that of the last.
 *   A connection that is lost before took all of them along: all are sent again.
 * - `bidi` answers when it likes. An answer belongs to the input it names, else to the last one sent before it came. The
 *   last input goes out again where nothing has come since it was sent and the connection was lost; what the model knew of
 *   the others is gone. A session that ends in good order owes nothing.
 */
export class Flow implements Dialogue {
  readonly #mode: FlowOptions['mode'];
  readonly #echo: string | undefined;
  #queue: LiveInput[] = [];
  /** Sent on this connection, the newest of them last; `bidi` needs those that an answer may still name. */
  #sent: InFlight<LiveInput>[] = [];
  /** Sent on this connection and no longer among those. */
  #forgotten = 0;
  /** How many have been sent since the last answer. */
  #unheard = 0;
  #answers = 0;
  readonly #named = new WeakSet<LiveInput>();

  constructor({ mode, echo }: FlowOptions) {
    this.#mode = mode;
    this.#echo = echo;
  }

  opened(): void {
    this.#forget();
    this.#answers = 0;
  }

  offer(input: LiveInput): boolean {
    if (this.#queue.length >= MOST_INPUTS) return false;
    this.#queue.push(input);
    return true;
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  get isAnswered(): boolean {
    return this.#answers > 0;
  }

  /** Nothing is owed at any time: that the other end is there is asked by other means. */
  readonly owedSince = undefined;
  readonly isCut = false;

  take(now: number): LiveInput | undefined {
    // After its one answer the model reads no more, and the server closes.
    if (this.#mode === 'client_streaming' && this.#answers > 0) return undefined;
    const item = this.#queue.shift();
    if (item === undefined) return undefined;
    this.#sent.push({ item, sentAt: now });
    if (this.#sent.length > MOST_INPUTS) {
      this.#sent.shift();
      this.#forgotten += 1;
    }
    this.#unheard += 1;
    return item;
  }

  revoke(input: LiveInput): void {
    this.#sent = this.#sent.filter(({ item }) => item !== input);
    this.#unheard -= 1;
  }

  took(): void {
    this.#answers += 1;
  }

  answered(output: WireObject, now: number): Found {
    const { item, sentAt } = this.#sent.at(-1) ?? { item: null, sentAt: now };
    this.#unheard = 0;
    if (this.#mode === 'client_streaming')
      return {
        input: item,
        roundTrip: this.#answers === 0 && item !== null ? now - sentAt : null,
        passed: 0,
      };
    const named = namedBy(output, this.#echo);
    if (named === undefined) return { input: item, roundTrip: null, passed: 0 };
    const found = this.#sent.find((sent) => named(sent.item));
    if (found === undefined) return { input: null, roundTrip: null, passed: 0 };
    const again = this.#named.has(found.item);
    this.#named.add(found.item);
    return { input: found.item, roundTrip: again ? null : now - found.sentAt, passed: 0 };
  }

  /** The model checks each input as it comes: the newest is the likely one. */
  failed(over: boolean): Pick<Found, 'input' | 'passed'> {
    const input = this.#sent.at(-1)?.item ?? null;
    const passed = over ? Math.max(this.#unheard - 1, 0) : 0;
    if (over) this.#forget();
    return { input, passed };
  }

  renew(orderly: boolean): { readonly again: LiveInput | undefined; readonly lost: number } {
    const newest = this.#sent.at(-1)?.item;
    const [unheard, sent, whole] = [this.#unheard, this.#sent, this.#forgotten === 0];
    this.#forget();
    if (newest === undefined || unheard === 0) return { again: undefined, lost: 0 };
    if (this.#mode === 'bidi') {
      if (orderly) return { again: undefined, lost: 0 };
      if (this.waiting) return { again: undefined, lost: unheard };
      this.#queue.push(newest);
      return { again: newest, lost: unheard };
    }
    // Without their beginning the others would be answered as if they were all.
    if (!whole) return { again: undefined, lost: unheard };
    this.#queue.unshift(...sent.map(({ item }) => item));
    return { again: newest, lost: 0 };
  }

  drop(input: LiveInput): void {
    const at = this.#queue.indexOf(input);
    // Of a session that is given up on all that was said goes, up to the last.
    if (at >= 0) this.#queue.splice(0, at + 1);
  }

  clear(): void {
    this.#queue = [];
    this.#forget();
  }

  #forget(): void {
    this.#sent = [];
    this.#forgotten = 0;
    this.#unheard = 0;
  }
}
