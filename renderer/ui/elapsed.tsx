import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

/** One timer for all that show a time on its way, however many. */
const watchers = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function watch(changed: () => void): () => void {
  if (watchers.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const tell of watchers) tell();
    }, 1000);
  }
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) clearInterval(timer);
  };
}

/** What has passed since a moment, in milliseconds since 1970, written by `words` and renewed each second. */
export function Elapsed({
  since,
  words,
}: {
  readonly since: number;
  readonly words: (ms: number) => string;
}): ReactNode {
  const at = useSyncExternalStore(watch, () => now);
  return words(Math.max(0, at - since));
}
