/** Does one at a time of what is wanted; of what was wanted meanwhile, only the last. */
export class Newest<T> {
  readonly #work: (wanted: T) => Promise<void>;
  #busy = false;
  #next: { readonly wanted: T } | null = null;

  constructor(work: (wanted: T) => Promise<void>) {
    this.#work = work;
  }

  want(wanted: T): void {
    this.#next = { wanted };
    if (!this.#busy) void this.#run();
  }

  /** Whether something newer waits than what is being done. */
  get overtaken(): boolean {
    return this.#next !== null;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#next !== null) {
      const { wanted } = this.#next;
      this.#next = null;
      // In their order: that is what this is for.
      // oxlint-disable-next-line no-await-in-loop
      await this.#work(wanted);
    }
    this.#busy = false;
  }
}
