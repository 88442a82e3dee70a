import { create } from 'zustand';
import type { RunId } from '../../shared/runs/run.ts';

interface UncoveredState {
  /** Runs whose flagged pictures somebody has asked to see, for as long as this window is open. */
  readonly runs: ReadonlySet<RunId>;
  readonly uncover: (id: RunId) => void;
  readonly cover: (id: RunId) => void;
}

/** What a model marked as not for every eye is blurred until it is asked for, run by run and everywhere at once. */
export const useUncovered = create<UncoveredState>((set) => ({
  runs: new Set(),
  uncover: (id) => set(({ runs }) => ({ runs: new Set([...runs, id]) })),
  cover: (id) => set(({ runs }) => ({ runs: new Set([...runs].filter((other) => other !== id)) })),
}));
