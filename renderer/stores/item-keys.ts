import { create } from 'zustand';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { moveKeys } from './list-change.ts';

type Keys = readonly number[];

interface ItemKeysState {
  /** A key for each item of a list that is drawn, by model and the list's place. */
  readonly keys: Readonly<Record<string, Readonly<Record<string, Keys>>>>;
  readonly keep: (endpointId: string, place: string, keys: Keys) => void;
  /** After a change of a list's items, each has the key it had, and so have those of the lists within them. */
  readonly moved: (endpointId: string, path: Path, order: readonly (number | null)[]) => void;
}

let last = 0;
const fresh = (): number => (last += 1);

/**
 * Keys that stay with the items of lists wherever they go, so that what is typed in a row, focused in it or on its way into
 * it goes along. They are kept where the order is changed: whoever changes it, the rows follow.
 */
export const useItemKeys = create<ItemKeysState>((set, get) => ({
  keys: {},
  keep: (endpointId, place, keys) =>
    set((state) => ({
      keys: { ...state.keys, [endpointId]: { ...state.keys[endpointId], [place]: keys } },
    })),
  moved: (endpointId, path, order) => {
    const known = get().keys[endpointId];
    if (known === undefined) return;
    const place = pointerOf(path);
    const moved = Object.fromEntries(moveKeys(Object.entries(known), path, order));
    const own = known[place];
    if (own !== undefined)
      moved[place] = order.map((index) => (index === null ? fresh() : (own[index] ?? fresh())));
    set((state) => ({ keys: { ...state.keys, [endpointId]: moved } }));
  },
}));

/** The keys for `count` items. Where they were changed elsewhere, as in the JSON view, which is which cannot be told. */
export function keysFor(count: number, known: Keys = []): Keys {
  if (known.length === count) return known;
  return Array.from({ length: count }, (_, i) => known[i] ?? fresh());
}
