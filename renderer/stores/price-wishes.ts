/** Milliseconds; a list that is scrolled past asks for nothing. */
const QUIET = 150;
/** As many as are told at once (fal-protocol §12.2). */
const AT_ONCE = 50;

/** Asks for prices when the wish for them has stood for a moment: each once, a few dozen at a time, one request after the other. */
export class PriceWishes {
  readonly #read: (endpointIds: readonly string[]) => Promise<void>;
  #asked = new Set<string>();
  #wished: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading = false;

  /** `read` asks main and never rejects. */
  constructor(read: (endpointIds: readonly string[]) => Promise<void>) {
    this.#read = read;
  }

  /** Takes the place of what was wished before and not yet asked. */
  wish(endpointIds: readonly string[]): void {
    this.#wished = endpointIds;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), QUIET);
  }

  /** Everything may be asked again: it was another account's. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#asked = new Set();
    this.#wished = [];
  }

  async #ask(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (;;) {
      const next = this.#wished.filter((id) => !this.#asked.has(id)).slice(0, AT_ONCE);
      if (next.length === 0) break;
      for (const id of next) this.#asked.add(id);
      await this.#read(next);
    }
    this.#reading = false;
  }
}
