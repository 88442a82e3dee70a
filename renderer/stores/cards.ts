import { create } from 'zustand';
import type { RunCard } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

/** Cards asked for at once; no call takes more. */
const PART = 200;
/** What is scrolled past within this many milliseconds is never asked for. */
const PACE = 40;
/** Milliseconds until what could not be read is asked for again; twice as many each time, up to the most. */
const AGAIN = { first: 2000, most: 32_000 };
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
  /** What is being read. */
  let reading: readonly RunId[] | null = null;
  let again = AGAIN.first;

  const wanted = (): RunId[] => wished.filter((id) => !get().cards.has(id) || spoilt.has(id)).slice(0, PART);

  const soon = (pace = PACE): void => {
    if (timer !== null || reading !== null || wanted().length === 0) return;
    timer = setTimeout(() => {
      timer = null;
      void read();
    }, pace);
  };

  const read = async (): Promise<void> => {
    const ids = wanted();
    if (ids.length === 0) return;
    reading = ids;
    const old = ids.filter((id) => spoilt.has(id));
    // What is spoilt while it is being read has to be read once more.
    for (const id of ids) spoilt.delete(id);
    const answer = await ask('history.cards', { ids });
    reading = null;
    if (!answer.ok) {
      for (const id of old) spoilt.add(id);
      // Said once, however often it fails.
      if (again === AGAIN.first) sayError(answer.error);
      soon(again);
      again = Math.min(again * 2, AGAIN.most);
      return;
    }
    again = AGAIN.first;
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
      const known = reading === null ? get().cards : new Set([...get().cards.keys(), ...reading]);
      for (const id of ids ?? known.keys()) if (known.has(id)) spoilt.add(id);
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
