/** An answer that is asked for before anyone is ready to take it; none is asked for twice. */
export class AskedAhead<T> {
  #asked: { readonly answer: Promise<T>; readonly stop: AbortController } | null = null;

  /** `ask` must not reject. What was asked before and never taken is dropped; `life` ends it too. */
  begin(ask: (signal: AbortSignal) => Promise<T>, life: AbortSignal): void {
    this.#asked?.stop.abort();
    const stop = new AbortController();
    this.#asked = { answer: ask(AbortSignal.any([stop.signal, life])), stop };
  }

  /** The answer to come, once; from here on `signal` ends it as if it had been asked for now. Null where there is none. */
  take(signal: AbortSignal): Promise<T> | null {
    const asked = this.#asked;
    this.#asked = null;
    if (asked === null) return null;
    if (signal.aborted) asked.stop.abort();
    else signal.addEventListener('abort', () => asked.stop.abort(), { once: true });
    return asked.answer;
  }
}
