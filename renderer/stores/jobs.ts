import { create } from 'zustand';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { startWithLimit } from '../money/start-with-limit.ts';
import { sayError, sayProblem } from '../ui/toasts.tsx';
import { JobIndex, NO_JOBS } from './job-lists.ts';
import type { JobLists } from './job-lists.ts';

/** A request of fal's that may be followed here; its model as far as its address names it. */
export interface Attaching {
  readonly requestId: string;
  readonly endpointId: string | null;
}

interface JobsState extends JobLists {
  readonly open: boolean;
  /** How many may be at fal at once; null until main has said it. */
  readonly most: number | null;
  /** What the person is asked about; null while they are not. */
  readonly attaching: Attaching | null;
  readonly setAttaching: (attaching: Attaching | null) => void;
  readonly setOpen: (open: boolean) => void;
  readonly hear: (run: Run) => void;
  /** Asks for every run that is not over; `keep` is given those that were not heard of meanwhile, before any list has them. */
  readonly load: (keep: (runs: readonly Run[]) => void) => Promise<void>;
  readonly setMost: (most: number) => Promise<void>;
  /** Puts a waiting run before another, or last. */
  readonly reorder: (id: RunId, before: RunId | null) => Promise<void>;
  /** Sends what was waiting at the last stop. */
  readonly release: (ids: readonly RunId[]) => Promise<void>;
  /** One after the other in this order; what cannot be asked is said once. */
  readonly cancel: (ids: readonly RunId[]) => Promise<void>;
}

/** Which runs wait, are under way and have just ended, over all models. The runs themselves are in `useRuns`. */
export const useJobs = create<JobsState>((set) => {
  const index = new JobIndex();
  /** Heard of while the list is on its way: it tells of an earlier moment. */
  let heard: Set<RunId> | null = null;
  const hear = (run: Run): void => {
    heard?.add(run.id);
    const before = index.lists;
    const lists = index.hear(run);
    if (lists !== before) set(lists);
  };
  return {
    ...NO_JOBS,
    open: false,
    most: null,
    attaching: null,
    setAttaching: (attaching) => set({ attaching }),
    setOpen: (open) => {
      set({ open });
      if (open) void loadMost(set);
    },
    hear,
    load: async (keep) => {
      const since = new Set<RunId>();
      heard = since;
      const answer = await ask('jobs.list', null);
      heard = null;
      if (!answer.ok) return sayError(answer.error);
      const news = answer.value.filter(({ id }) => !since.has(id));
      keep(news);
      for (const run of news) hear(run);
    },
    setMost: async (most) => {
      const answer = await ask('runs.setMost', { most });
      if (answer.ok) set({ most });
      else sayError(answer.error);
    },
    reorder: async (id, before) => {
      const answer = await ask('runs.reorder', { id, before });
      if (!answer.ok) sayError(answer.error);
    },
    release: async (ids) => {
      const answer = await startWithLimit((overLimit) => ask('runs.release', { ids: [...ids], overLimit }));
      if (answer?.ok === false) sayError(answer.error);
    },
    cancel: async (ids) => {
      let failed = 0;
      let last = null;
      for (const id of ids) {
        const answer = await ask('runs.cancel', { id });
        if (answer.ok) continue;
        failed += 1;
        last = answer.error;
      }
      if (last === null) return;
      if (failed === 1) sayError(last);
      else sayProblem(`${failed} runs could not be cancelled`, `${last.title}. ${last.hint}`.trim());
    },
  };
});

async function loadMost(set: (some: Pick<JobsState, 'most'>) => void): Promise<void> {
  const answer = await ask('runs.most', null);
  if (answer.ok) set({ most: answer.value });
  else sayError(answer.error);
}
