/** An input on its way: `sentAt` is when its newest sending went out, in milliseconds of a steady clock. */
export interface InFlight<T> {
  readonly item: T;
  readonly sentAt: number;
}

/**
 * What has been sent and not answered, and one place behind it where the newest input waits: an older one there is
 * replaced, never queued, so that the pace follows the server and what comes back is never far behind the hand.
 */
export class Outbox<T> {
  readonly #room: number;
  #flying: InFlight<T>[] = [];
  #next: { readonly item: T } | null = null;

  /** `room` inputs may be unanswered at a time. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Puts an input into the waiting place; true when it took that of another. */
  offer(item: T): boolean {
    const replaced = this.#next !== null;
    this.#next = { item };
    return replaced;
  }

  /** The waiting input, if there is one and room to send it. */
  take(now: number): T | undefined {
    if (this.#next === null || this.#flying.length >= this.#room) return undefined;
    const { item } = this.#next;
    this.#next = null;
    this.#flying.push({ item, sentAt: now });
    return item;
  }

  /**
   * The input that an answer belongs to: the one it names, else the oldest, for answers come in order (fal-protocol
   * §7.5). What went out before a named one will not be answered any more and is counted as `passed`.
   */
  answered(names?: (item: T) => boolean): {
    readonly sent: InFlight<T> | undefined;
    readonly passed: number;
  } {
    const named = names === undefined ? 0 : this.#flying.findIndex(({ item }) => names(item));
    if (named < 0) return { sent: undefined, passed: 0 };
    const [sent] = this.#flying.splice(0, named + 1).slice(-1);
    return { sent, passed: sent === undefined ? 0 : named };
  }

  /** The connection is gone: the newest unanswered input waits to be sent again, unless a newer one waits already. */
  renew(): { readonly again: T | undefined; readonly lost: number } {
    const lost = this.#flying.length;
    const newest = this.#flying.at(-1);
    this.#flying = [];
    if (newest === undefined || this.#next !== null) return { again: undefined, lost };
    this.#next = { item: newest.item };
    return { again: newest.item, lost };
  }

  /** It could not be sent after all. */
  revoke(item: T): void {
    this.#flying = this.#flying.filter((sent) => sent.item !== item);
  }

  /** Forgets the waiting input if it is this one. */
  drop(item: T): void {
    if (this.#next?.item === item) this.#next = null;
  }

  clear(): void {
    this.#flying = [];
    this.#next = null;
  }

  get waiting(): boolean {
    return this.#next !== null;
  }

  get oldest(): InFlight<T> | undefined {
    return this.#flying[0];
  }
}
