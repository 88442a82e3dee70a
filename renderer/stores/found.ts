import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Facets, Found, HistoryOrder } from '../../shared/history/found.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { USUAL_LOOK } from '../../shared/history/look.ts';
import type { Grouping, HistoryView } from '../../shared/history/look.ts';
import type { HistoryLook } from '../../shared/ipc/app.ts';
import type { Changed } from '../../shared/ipc/history.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { NO_BATCHES, withNewest, withPage, withoutRuns } from './batch-starts.ts';
import type { BatchStarts } from './batch-starts.ts';
import { useCards } from './cards.ts';
import { useChosen } from './chosen.ts';
import { dependsOn } from './depends.ts';
import { HeardRuns } from './heard-runs.ts';
import { lookKeeper } from './look-keeper.ts';

/** As many as a large screen shows, so that they are there at once; then the rest in few, large pages. */
const FIRST = 400;
const PAGE = 20_000;
/** Milliseconds in which changes gather before the list is read again. */
const GATHER = 300;

interface FoundState extends HistoryLook {
  /** The words of the search box, as they stand there. */
  readonly text: string;
  /** What was found, as far as it has been read; null until the first page is here. */
  readonly ids: readonly RunId[] | null;
  /** The models by the first run of each, where the list is ordered by them. */
  readonly models: ReadonlyMap<RunId, string>;
  /** The batches among `ids`, where the list is in an order of time. */
  readonly batches: BatchStarts;
  /** Whether `ids` are all. */
  readonly complete: boolean;
  /** What of the words was not understood, a sentence each. */
  readonly problems: readonly string[];
  /** Why nothing could be searched. */
  readonly error: AppError | null;
  /** Counts what a person asked for: each begins at its top. */
  readonly asked: number;
  readonly setText: (text: string) => void;
  readonly setOrder: (order: HistoryOrder) => void;
  readonly setGrouping: (grouping: Grouping) => void;
  readonly setView: (view: HistoryView) => void;
  readonly setSize: (size: number) => void;
  /** Shows the list as it was shown last; to be called once, before anybody changes it. */
  readonly takeUp: (look: HistoryLook) => void;
  /** Searches once more what could not be searched. */
  readonly again: () => void;
  /** The screen is there; answers the way to say that it is gone. */
  readonly show: () => () => void;
  /** What became of a run. */
  readonly hear: (run: Run) => void;
  /** Marks of these runs changed, or they went or came; null where it may be any. */
  readonly changed: (ids: readonly RunId[] | null, about: Changed) => void;
  /** Takes runs out of the list that are certainly no part of it any more, before it is read again. */
  readonly leaveOut: (ids: readonly RunId[]) => void;
}

/** What the history shows: ids alone, of all that was found. */
export const useFound = create<FoundState>((set, get) => {
  /** What is to be searched next: anew, or the same in the background. */
  let next: 'anew' | 'quietly' | null = null;
  let searching = false;
  /** Whether anything changed since the list was last read. */
  let old = false;
  let shown = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const heard = new HeardRuns();
  /** How runs in the order of their time were last grouped: so they are again after another order. */
  let inTime: Grouping = 'day';

  const search = async (how: 'anew' | 'quietly'): Promise<void> => {
    next = how === 'anew' || next === 'anew' ? 'anew' : 'quietly';
    // One at a time: of what is typed meanwhile only the newest is searched.
    if (searching) return;
    searching = true;
    while (next !== null) {
      const now: 'anew' | 'quietly' = next;
      next = null;
      await searchOnce(now === 'quietly');
    }
    searching = false;
  };

  const searchOnce = async (quietly: boolean): Promise<void> => {
    const { text, order } = get();
    const asked = get().asked + (quietly ? 0 : 1);
    old = false;
    // In the order of models the ids do not tell where one ends and the next begins; how many there are of each does.
    const counting = order === 'model' ? ask('history.facets', { text }) : null;
    let ids: readonly RunId[] = [];
    let batches = NO_BATCHES;
    let after: string | null = null;
    do {
      const answer: Answer<Found> = await ask('history.search', {
        text,
        order,
        after,
        limit: after === null ? FIRST : PAGE,
      });
      // Nobody waits for what was typed before.
      if (next === 'anew') return;
      if (!answer.ok) {
        if (quietly) sayError(answer.error);
        else set({ error: answer.error });
        return;
      }
      const page: Found = answer.value;
      ids = ids.length === 0 ? page.ids : ids.concat(page.ids);
      if (order === 'newest' || order === 'oldest') batches = withPage(batches, page);
      after = page.next;
      if (quietly) continue;
      const models = modelStarts(await counting, ids);
      set({ ids, models, batches, complete: after === null, problems: page.problems, error: null, asked });
    } while (after !== null);
    const models = modelStarts(await counting, ids);
    if (quietly) {
      keepKeys(get().ids ?? [], ids);
      set({ error: null, complete: true, models, batches, ...(sameIds(ids, get().ids) ? {} : { ids }) });
    }
    useChosen.getState().keep(ids);
  };

  const refresh = (): void => {
    old = true;
    // Who is not looking gets it when they do.
    if (!shown || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (shown) void search('quietly');
    }, GATHER);
  };

  const keepLook = lookKeeper(() => {
    const { view, size, order, grouping } = get();
    return { view, size, order, grouping };
  });

  const arrange = (order: HistoryOrder, grouping: Grouping): void => {
    const before = get().order;
    set({ order, grouping });
    keepLook();
    if (order !== before) void search('anew');
  };

  return {
    ...USUAL_LOOK,
    text: '',
    ids: null,
    models: new Map(),
    batches: NO_BATCHES,
    complete: false,
    problems: [],
    error: null,
    asked: 0,
    setText: (text) => {
      if (text === get().text) return;
      set({ text });
      void search('anew');
    },
    setOrder: (order) => {
      arrange(order, groupingIn(order, inTime));
    },
    setGrouping: (grouping) => {
      const { order } = get();
      if (grouping !== 'model' && order !== 'cost') inTime = grouping;
      arrange(grouping === 'model' ? 'model' : fits(grouping, order) ? order : 'newest', grouping);
    },
    setView: (view) => {
      set({ view });
      keepLook();
    },
    setSize: (size) => {
      set({ size });
      keepLook();
    },
    takeUp: ({ view, size, order, grouping }) => {
      if (fits(grouping, 'newest')) inTime = grouping;
      set({ view, size, order, grouping: fits(grouping, order) ? grouping : groupingIn(order, inTime) });
      if (get().ids !== null || searching) void search('anew');
    },
    again: () => void search('anew'),
    show: () => {
      shown = true;
      const { ids, error } = get();
      if (ids === null || error !== null) void search('anew');
      else if (old) void search('quietly');
      return () => {
        shown = false;
      };
    },
    hear: (run) => {
      const { id, batch } = run;
      const { ids, batches, text, order } = get();
      useCards.getState().spoil([id]);
      if (ids === null) return;
      const news = heard.take(run);
      const [newest = 0] = ids;
      if (text === '' && order === 'newest' && !searching) {
        if (id > newest) set({ ids: [id, ...ids], batches: withNewest(batches, ids, id, batch?.id ?? null) });
        return;
      }
      // What it fits, and where it stands by its cost, may have changed with it.
      if (news === 'new' || (news === 'changed' && (text !== '' || order === 'cost'))) refresh();
    },
    changed: (ids, about) => {
      useCards.getState().spoil(ids);
      if (dependsOn(get().text, about)) refresh();
    },
    leaveOut: (gone) => {
      const { ids, batches } = get();
      if (ids === null) return;
      const out = new Set(gone);
      const { at, setAt } = useChosen.getState();
      if (at !== null && out.has(at)) setAt(nearest(ids, at, out));
      const left = ids.filter((id) => !out.has(id));
      set({ ids: left, batches: withoutRuns(batches, ids, (id) => !out.has(id)) });
      useChosen.getState().keep(left);
    },
  };
});

/** Days, sessions and batches are runs that follow each other in time, and models those that follow each other by name. */
function fits(grouping: Grouping, order: HistoryOrder): boolean {
  if (grouping === 'none') return order !== 'model';
  return grouping === 'model' ? order === 'model' : order === 'newest' || order === 'oldest';
}

/** What stands in this order where no other grouping is asked for; `inTime` in an order of time. */
const groupingIn = (order: HistoryOrder, inTime: Grouping): Grouping =>
  order === 'model' ? 'model' : order === 'cost' ? 'none' : inTime;

/** The first run of each model among ids in the order of models. */
function modelStarts(counted: Answer<Facets> | null, ids: readonly RunId[]): ReadonlyMap<RunId, string> {
  const starts = new Map<RunId, string>();
  if (counted?.ok !== true) return starts;
  let place = 0;
  // As the database orders them: by their letters' numbers, not by any language.
  for (const { value, count } of counted.value.models.toSorted((a, b) => (a.value < b.value ? -1 : 1))) {
    const first = ids[place];
    if (first !== undefined) starts.set(first, value);
    place += count;
  }
  return starts;
}

/** The next in the list that stays, else the one before; null where none does. */
export function nearest(ids: readonly RunId[], at: RunId, out: ReadonlySet<RunId>): RunId | null {
  const index = ids.indexOf(at);
  const after = ids.slice(index + 1).find((id) => !out.has(id));
  return after ?? ids.slice(0, Math.max(0, index)).findLast((id) => !out.has(id)) ?? null;
}

/** Where the run the keys go from is found no more, they go on from the next. */
function keepKeys(before: readonly RunId[], now: readonly RunId[]): void {
  const { at, setAt } = useChosen.getState();
  if (at === null || now.includes(at) || !before.includes(at)) return;
  const there = new Set(now);
  setAt(nearest(before, at, new Set(before.filter((id) => !there.has(id)))));
}

function sameIds(a: readonly RunId[], b: readonly RunId[] | null): boolean {
  return b !== null && a.length === b.length && a.every((id, index) => id === b[index]);
}
