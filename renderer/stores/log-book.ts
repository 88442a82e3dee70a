import type { LogEntry } from '../../shared/fal/queue.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { onceAFrame } from '../realtime/once-a-frame.ts';
import { nextFrame } from './next-frame.ts';

/** Lines of a run in sight that the window holds; the history has them all. */
export const MOST_LINES = 20_000;
/** Of a run under way that nobody looks at: enough to tell how far it is. */
export const MOST_UNSEEN = 100;

export type Logs = Readonly<Record<RunId, readonly LogEntry[]>>;

/** Lines as they come, handed on at most once a display frame: a runner may write a thousand a second. */
export class LogBatch {
  #waiting = new Map<RunId, LogEntry[]>();
  readonly #flush: () => void;

  constructor(
    hand: (batch: ReadonlyMap<RunId, readonly LogEntry[]>) => void,
    frame: (callback: () => void) => void = nextFrame,
  ) {
    this.#flush = onceAFrame(() => {
      const batch = this.#waiting;
      this.#waiting = new Map();
      hand(batch);
    }, frame);
  }

  take(id: RunId, entries: readonly LogEntry[]): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) this.#waiting.set(id, [...entries]);
    else for (const entry of entries) waiting.push(entry);
    this.#flush();
  }
}

/** With the lines at the end; the oldest beyond the most that is held of the run are left out, and with none of it the run. */
export function withLines(
  logs: Logs,
  batch: ReadonlyMap<RunId, readonly LogEntry[]>,
  mostOf: (id: RunId) => number,
): Logs {
  const grown: Record<RunId, readonly LogEntry[]> = { ...logs };
  for (const [id, entries] of batch) {
    const most = mostOf(id);
    if (most > 0) grown[id] = [...(logs[id] ?? []), ...entries].slice(-most);
    else delete grown[id];
  }
  return grown;
}

/** What the history has of a run, and after it those lines of the window that are not among it. */
export function joined(written: readonly LogEntry[], heard: readonly LogEntry[]): readonly LogEntry[] {
  const known = new Set(written.map(lineOf));
  return [...written, ...heard.filter((entry) => !known.has(lineOf(entry)))].slice(-MOST_LINES);
}

const lineOf = (entry: LogEntry): string => `${entry.timestamp}\n${entry.level}\n${entry.message}`;
