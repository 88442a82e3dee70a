import { useState } from 'react';

let last = 0;
const fresh = (): number => (last += 1);

/**
 * A key for each row of a map that stays with its item wherever it goes, so that what is typed in it, focused in it or on
 * its way into it goes along. `reorder` takes for each place the index before, or null for a new row.
 */
export function useRowKeys(
  count: number,
): readonly [keys: readonly number[], reorder: (order: readonly (number | null)[]) => void] {
  const [keys, setKeys] = useState<readonly number[]>(() => Array.from({ length: count }, fresh));
  if (keys.length !== count) {
    // Changed elsewhere, as in the JSON view: which item is which cannot be told.
    const next = Array.from({ length: count }, (_, i) => keys[i] ?? fresh());
    setKeys(next);
    return [next, () => undefined];
  }
  return [
    keys,
    (order) => setKeys(order.map((index) => (index === null ? fresh() : (keys[index] ?? fresh())))),
  ];
}
