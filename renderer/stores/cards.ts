import { create } from 'zustand';
import type { RunCard } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

/** Cards asked for at once; no call takes more. */
const PART = 200;
/** What is scrolled past within this many milliseconds is never asked for. */
const PACE = 40;
/** Cards that are held; those in sight are never let go. */
const MOST = 2000;

interface CardsState {
  /** Null for a run that cannot be read, or is gone. */
  readonly cards: ReadonlyMap<RunId, RunCard | null>;
  /** Says which runs are in sight: their cards are read soon, those that came out of sight meanwhile are not. */
  readonly wish: (ids: readonly RunId[]) => void;
  /** What is held of these runs is not true any more; null for all. Those in sight are read again. */
  readonly spoil: (ids: readonly RunId[] | null) => void;
}

/** Runs as the history's lists show them, as far as they are in sight or were lately. */
export const useCards = create<CardsState>((set, get) => {
  let wished: readonly RunId[] = [];
  const spoilt = new Set<RunId>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reading = false;

  const wanted = (): RunId[] => wished.filter((id) => !get().cards.has(id) || spoilt.has(id)).slice(0, PART);

  const soon = (): void => {
    if (timer !== null || reading || wanted().length === 0) return;
    timer = setTimeout(() => {
      timer = null;
      void read();
    }, PACE);
  };

  const read = async (): Promise<void> => {
    const ids = wanted();
    if (ids.length === 0) return;
    reading = true;
    // What is spoilt while it is being read has to be read once more.
    for (const id of ids) spoilt.delete(id);
    const answer = await ask('history.cards', { ids });
    reading = false;
    if (!answer.ok) return sayError(answer.error);
    const cards = new Map(get().cards);
    for (const id of ids) {
      // Put at the end: the first of the map are those that were read longest ago.
      cards.delete(id);
      cards.set(id, null);
    }
    for (const card of answer.value) cards.set(card.id, card);
    letGo(cards, new Set(wished));
    set({ cards });
    soon();
  };

  return {
    cards: new Map(),
    wish: (ids) => {
      wished = ids;
      soon();
    },
    spoil: (ids) => {
      for (const id of ids ?? get().cards.keys()) if (get().cards.has(id)) spoilt.add(id);
      soon();
    },
  };
});

/** Drops those read longest ago, as many as there are too many. */
function letGo(cards: Map<RunId, RunCard | null>, inSight: ReadonlySet<RunId>): void {
  for (const id of cards.keys()) {
    if (cards.size <= MOST) return;
    if (!inSight.has(id)) cards.delete(id);
  }
}
