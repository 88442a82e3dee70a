/** One `loadURL` under way: settled by the load of its own document, not by that of one before it. */
export class PageLoad {
  /** Resolves when the document has loaded; rejects with Electron's error. */
  readonly done: Promise<void>;
  readonly #url: string;
  readonly #settle = Promise.withResolvers<void>();
  readonly #seen = new Set<string>();
  /** DevTools' id of the document; undefined until known, and for the first one of a page. */
  #loaderId: string | undefined;
  #isFirst = true;

  constructor(url: string) {
    this.#url = url;
    this.done = this.#settle.promise;
    this.done.catch(() => {});
  }

  /** The navigation has been answered. */
  begun(loaderId: string | undefined): void {
    this.#loaderId = loaderId;
    // Without an id it stayed within the document, which is loaded already.
    if (loaderId === undefined || this.#seen.has(loaderId)) this.#settle.resolve();
  }

  /** For a page that already shows something: wait for `begun`. */
  expectAnswer(): void {
    this.#isFirst = false;
  }

  loaded(loaderId: string): void {
    this.#seen.add(loaderId);
    if (this.#isFirst || loaderId === this.#loaderId) this.#settle.resolve();
  }

  failed(errno: number, code: string): void {
    const url = this.#url;
    this.#settle.reject(
      Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { errno, code, url }),
    );
  }
}
