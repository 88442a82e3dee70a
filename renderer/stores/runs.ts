import { create } from 'zustand';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { ask } from '../bridge.ts';
import { useApp } from './app.ts';
import { useJobs } from './jobs.ts';
import { sayError } from '../ui/toasts.tsx';
import { joined, LogBatch, MOST_LINES, MOST_UNSEEN, withLines } from './log-book.ts';
import type { Logs } from './log-book.ts';

const RECENT = 24;
const NEWEST = 60;
const PASSED_OVER =
  'Some runs of the history cannot be shown: a newer version of this program wrote them, or they are damaged. They are kept as they are.';

interface RunsState {
  /** Every run this window has heard of. */
  readonly runs: Readonly<Record<RunId, Run>>;
  /** The newest lines: many of a run in sight, few of one under way, none of the others. Changes at most once a display frame. */
  readonly logs: Logs;
  /** The newest runs of a model, newest first. */
  readonly recent: Readonly<Record<string, readonly RunId[]>>;
  readonly take: (run: Run) => void;
  /** Runs read from the history; what was heard of one since is newer. */
  readonly know: (runs: readonly Run[]) => void;
  readonly takeLogs: (id: RunId, entries: readonly LogEntry[]) => void;
  readonly loadRecent: (endpointId: string) => Promise<void>;
  /** Those that are not over, also those that no page so far holds. */
  readonly loadJobs: () => Promise<void>;
  /** Holds the lines of a run in sight, also those written before the window heard of it; answers the way to let them go. */
  readonly holdLogs: (id: RunId) => () => void;
  /** The newest runs, whatever model they are of. */
  readonly loadNewest: () => Promise<void>;
  /** A run of the history in full, unless it is here. */
  readonly read: (id: RunId) => Promise<void>;
  readonly cancel: (id: RunId) => Promise<void>;
  readonly fetchMedia: (id: RunId) => Promise<void>;
}

/** Runs as main tells them: a row there first, an event here second. */
export const useRuns = create<RunsState>((set, get) => ({
  runs: {},
  logs: {},
  recent: {},
  take: (run) => {
    set((state) => ({
      runs: { ...state.runs, [run.id]: run },
      recent: {
        ...state.recent,
        [run.endpointId]: withNewest(state.recent[run.endpointId] ?? [], run.id).slice(0, RECENT),
      },
    }));
    trim(run.id);
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
  holdLogs: (id) => {
    inSight.set(id, (inSight.get(id) ?? 0) + 1);
    void loadLogs(id);
    return () => {
      const others = (inSight.get(id) ?? 1) - 1;
      if (others > 0) return void inSight.set(id, others);
      inSight.delete(id);
      trim(id);
    };
  },
  loadNewest: async () => {
    const answer = await ask('runs.page', { before: null, limit: NEWEST, endpointId: null });
    if (!answer.ok) return sayError(answer.error);
    if (answer.value.unreadable > 0) useApp.getState().notice(PASSED_OVER);
    get().know(answer.value.runs);
  },
  read: async (id) => {
    if (get().runs[id] !== undefined) return;
    const answer = await ask('runs.get', { id });
    if (!answer.ok) return sayError(answer.error);
    if (answer.value !== null) get().know([answer.value]);
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

/** How often each run is in sight. */
const inSight = new Map<RunId, number>();

/** Lines of a run that are held; the history has them all. */
function mostOf(id: RunId): number {
  if (inSight.has(id)) return MOST_LINES;
  const run = useRuns.getState().runs[id];
  return run !== undefined && isOver(run.state) ? 0 : MOST_UNSEEN;
}

const heard = new LogBatch((batch) =>
  useRuns.setState(({ logs }) => ({ logs: withLines(logs, batch, mostOf) })),
);

/** Lets go of the lines that are not held any more. */
function trim(id: RunId): void {
  const { logs } = useRuns.getState();
  if ((logs[id]?.length ?? 0) > mostOf(id))
    useRuns.setState({ logs: withLines(logs, new Map([[id, []]]), mostOf) });
}

async function loadLogs(id: RunId): Promise<void> {
  const answer = await ask('runs.logs', { id });
  // Out of sight again meanwhile: nobody waits for them.
  if (!inSight.has(id)) return;
  const written = answer.ok ? answer.value : [];
  // Lines that came meanwhile may or may not be among those already written.
  useRuns.setState(({ logs }) => ({ logs: { ...logs, [id]: joined(written, logs[id] ?? []) } }));
}

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
