import { useCallback, useSyncExternalStore } from 'react';
import type { RunId, RunPartial } from '../../shared/runs/run.ts';
import { onceAFrame } from '../realtime/once-a-frame.ts';
import { nextFrame } from './next-frame.ts';

/**
 * What runs under way have brought so far: of each the newest alone. They come far oftener than they can be seen, so whoever
 * listens is told at most once a display frame.
 */
export class Partials {
  /** Came since the last display frame. */
  readonly #waiting = new Map<RunId, RunPartial>();
  /** What everybody sees: whatever draws between two frames draws the same. */
  readonly #shown = new Map<RunId, RunPartial>();
  readonly #listeners = new Map<RunId, Set<() => void>>();
  readonly #over = new Set<RunId>();
  readonly #tell: () => void;

  constructor(frame: (callback: () => void) => void = nextFrame) {
    this.#tell = onceAFrame(() => {
      const news = [...this.#waiting];
      this.#waiting.clear();
      for (const [id, partial] of news) {
        this.#shown.set(id, partial);
        for (const listener of this.#listeners.get(id) ?? []) listener();
      }
    }, frame);
  }

  take(partial: RunPartial): void {
    const { id, n } = partial;
    if (n <= (this.#waiting.get(id)?.n ?? this.#shown.get(id)?.n ?? 0)) return;
    this.#waiting.set(id, partial);
    this.#tell();
  }

  of(id: RunId): RunPartial | undefined {
    return this.#shown.get(id);
  }

  /** The run has its output now. What it brought before is kept as long as somebody still shows it. */
  end(id: RunId): void {
    this.#waiting.delete(id);
    if (!this.#shown.has(id)) return;
    this.#over.add(id);
    this.#drop(id);
  }

  subscribe(id: RunId, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(id);
      this.#drop(id);
    };
  }

  #drop(id: RunId): void {
    if (!this.#over.has(id) || this.#listeners.has(id)) return;
    this.#over.delete(id);
    this.#shown.delete(id);
  }
}

/** Those of this window. */
export const partials = new Partials();

export function usePartial(id: RunId): RunPartial | undefined {
  const subscribe = useCallback((listener: () => void) => partials.subscribe(id, listener), [id]);
  return useSyncExternalStore(subscribe, () => partials.of(id));
}
