import { create } from 'zustand';
import type { RunId } from '../../shared/runs/run.ts';

interface ChosenState {
  /** The runs that are selected. */
  readonly ids: ReadonlySet<RunId>;
  /** The run the keys go from; the only one of the list that Tab comes to. */
  readonly at: RunId | null;
  /** The runs that stand side by side in the place of the list. */
  readonly comparing: readonly RunId[] | null;
  readonly compare: (ids: readonly RunId[] | null) => void;
  readonly setAt: (id: RunId | null) => void;
  /** The keys go on from there, and so does the next range, beside what is selected by then. */
  readonly startAt: (id: RunId) => void;
  readonly toggle: (id: RunId) => void;
  /**
   * Selects what lies in `list` from where the last single choice was to `id`, beside what was selected then. `from` stands for
   * a choice that is not there: the place of the keys, which a pointer's press has moved already.
   */
  readonly extendTo: (list: readonly RunId[], id: RunId, from?: RunId) => void;
  readonly choose: (ids: readonly RunId[]) => void;
  readonly clear: () => void;
  /** Lets go of all that are not in `list`. */
  readonly keep: (list: readonly RunId[]) => void;
}

const NONE: ReadonlySet<RunId> = new Set();

/** What is selected in the history, and where its keys are. */
export const useChosen = create<ChosenState>((set, get) => {
  /** Where a range begins, and what was selected beside it. */
  let anchor: RunId | null = null;
  let beside = NONE;
  return {
    ids: NONE,
    at: null,
    comparing: null,
    compare: (comparing) => set({ comparing }),
    setAt: (at) => {
      if (at !== get().at) set({ at });
    },
    startAt: (id) => {
      anchor = id;
      beside = get().ids;
      get().setAt(id);
    },
    toggle: (id) => {
      const ids = new Set(get().ids);
      if (!ids.delete(id)) ids.add(id);
      anchor = id;
      beside = ids;
      set({ ids, at: id });
    },
    extendTo: (list, id, from = id) => {
      const to = list.indexOf(id);
      if (to === -1) return;
      const chosen = anchor === null ? -1 : list.indexOf(anchor);
      const begin = chosen === -1 ? list.indexOf(from) : chosen;
      anchor = list[begin] ?? id;
      const [first, last] = begin === -1 ? [to, to] : [Math.min(begin, to), Math.max(begin, to)];
      set({ ids: new Set([...beside, ...list.slice(first, last + 1)]), at: id });
    },
    choose: (ids) => {
      anchor = null;
      beside = NONE;
      set({ ids: new Set(ids) });
    },
    clear: () => {
      anchor = null;
      beside = NONE;
      if (get().ids.size > 0) set({ ids: NONE });
    },
    keep: (list) => {
      if (get().ids.size === 0) return;
      const there = new Set(list);
      const ids = [...get().ids].filter((id) => there.has(id));
      if (ids.length === get().ids.size) return;
      beside = new Set([...beside].filter((id) => there.has(id)));
      set({ ids: new Set(ids) });
    },
  };
});
