import { create } from 'zustand';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { useApp } from './app.ts';
import { useJobs } from './jobs.ts';
import { sayError } from '../ui/toasts.tsx';
import { joined, LogBatch, withLines } from './log-book.ts';
import type { Logs } from './log-book.ts';

const RECENT = 24;
const PAGE = 60;
const PASSED_OVER =
  'Some runs of the history cannot be shown: a newer version of this program wrote them, or they are damaged. They are kept as they are.';

interface RunsState {
  /** Every run this window has heard of. */
  readonly runs: Readonly<Record<RunId, Run>>;
  /** The newest lines of each, as many as `MOST_LINES`; changes at most once a display frame. */
  readonly logs: Logs;
  /** The newest runs of a model, newest first. */
  readonly recent: Readonly<Record<string, readonly RunId[]>>;
  /** The history as far as it has been scrolled, newest first; null until the first page is here. */
  readonly history: readonly RunId[] | null;
  readonly more: boolean;
  readonly take: (run: Run) => void;
  /** Runs read from the history; what was heard of one since is newer. */
  readonly know: (runs: readonly Run[]) => void;
  readonly takeLogs: (id: RunId, entries: readonly LogEntry[]) => void;
  readonly loadRecent: (endpointId: string) => Promise<void>;
  /** Those that are not over, also those that no page so far holds. */
  readonly loadJobs: () => Promise<void>;
  readonly loadLogs: (id: RunId) => Promise<void>;
  /** The next page of the history; the first when there is none yet. */
  readonly loadHistory: () => Promise<void>;
  readonly cancel: (id: RunId) => Promise<void>;
  readonly fetchMedia: (id: RunId) => Promise<void>;
}

/** Runs as main tells them: a row there first, an event here second. */
export const useRuns = create<RunsState>((set, get) => ({
  runs: {},
  logs: {},
  recent: {},
  history: null,
  more: true,
  take: (run) => {
    set((state) => ({
      runs: { ...state.runs, [run.id]: run },
      recent: {
        ...state.recent,
        [run.endpointId]: withNewest(state.recent[run.endpointId] ?? [], run.id).slice(0, RECENT),
      },
      history: state.history && withNewest(state.history, run.id),
    }));
    // After the run itself: whoever sees it in a list finds it.
    useJobs.getState().hear(run);
  },
  know: (runs) => set((state) => ({ runs: { ...index(runs), ...state.runs } })),
  takeLogs: (id, entries) => heard.take(id, entries),
  loadRecent: async (endpointId) => {
    const answer = await ask('runs.page', { before: null, limit: RECENT, endpointId });
    if (!answer.ok) return sayError(answer.error);
    set((state) => ({
      runs: { ...index(answer.value.runs), ...state.runs },
      recent: {
        ...state.recent,
        [endpointId]: merged(state.recent[endpointId], answer.value.runs).slice(0, RECENT),
      },
    }));
  },
  loadJobs: () => useJobs.getState().load(get().know),
  loadLogs: async (id) => {
    const answer = await ask('runs.logs', { id });
    if (!answer.ok) return;
    // Lines that came meanwhile may or may not be among those already written.
    set(({ logs }) => ({ logs: { ...logs, [id]: joined(answer.value, logs[id] ?? []) } }));
  },
  loadHistory: async () => {
    const { history } = get();
    const answer = await ask('runs.page', { before: history?.at(-1) ?? null, limit: PAGE, endpointId: null });
    if (!answer.ok) return sayError(answer.error);
    const { runs, more, unreadable } = answer.value;
    if (unreadable > 0) useApp.getState().notice(PASSED_OVER);
    set((state) => ({
      runs: { ...index(runs), ...state.runs },
      history: merged(state.history, runs),
      more,
    }));
  },
  cancel: async (id) => {
    const answer = await ask('runs.cancel', { id });
    if (!answer.ok) sayError(answer.error);
  },
  fetchMedia: async (id) => {
    // What still fails stands in the run itself.
    await ask('runs.fetchMedia', { id });
  },
}));

const heard = new LogBatch((batch) => useRuns.setState(({ logs }) => ({ logs: withLines(logs, batch) })));

/** New ids are larger than all before; a known one stays where it is. */
function withNewest(ids: readonly RunId[], id: RunId): readonly RunId[] {
  return ids.includes(id) || id < (ids[0] ?? 0) ? ids : [id, ...ids];
}

/** Ids are larger the newer they are. */
function merged(known: readonly RunId[] | null | undefined, runs: readonly Run[]): RunId[] {
  return [...new Set([...(known ?? []), ...runs.map((run) => run.id)])].sort((a, b) => b - a);
}

const index = (runs: readonly Run[]): Record<RunId, Run> =>
  Object.fromEntries(runs.map((run) => [run.id, run]));
