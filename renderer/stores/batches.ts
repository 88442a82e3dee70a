import { create } from 'zustand';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { useRuns } from './runs.ts';

interface BatchesState {
  /** The runs of each batch this window has heard of, the oldest first; those of before only once it was loaded. */
  readonly ids: Readonly<Record<number, readonly RunId[]>>;
  readonly take: (run: Pick<Run, 'id' | 'batch'>) => void;
  /** All runs of a batch, as they lie in the history. */
  readonly load: (id: number) => Promise<void>;
}

/** Which runs belong together. The runs themselves are among all others. */
export const useBatches = create<BatchesState>((set) => ({
  ids: {},
  take: ({ id, batch }) => {
    if (batch === null) return;
    set((state) => {
      const known = state.ids[batch.id] ?? [];
      return known.includes(id) ? state : { ids: { ...state.ids, [batch.id]: inOrder([...known, id]) } };
    });
  },
  load: async (id) => {
    const answer = await ask('runs.batch', { id });
    if (!answer.ok) return sayError(answer.error);
    useRuns.getState().know(answer.value);
    set((state) => {
      const known = new Set([...(state.ids[id] ?? []), ...answer.value.map((run) => run.id)]);
      return { ids: { ...state.ids, [id]: inOrder([...known]) } };
    });
  },
}));

const inOrder = (ids: readonly RunId[]): readonly RunId[] => ids.toSorted((a, b) => a - b);
