import { startTransition, useEffect, useState } from 'react';

/** Fields that fill most windows. */
const SCREENFUL = 16;

/**
 * How many of `count` fields are drawn. Of a long form a screenful is there with the first frame and the rest right behind
 * it, while keys and clicks go first; `atOnce` draws all with the first frame.
 */
export function useDrawn(count: number, atOnce: boolean): number {
  const [all, setAll] = useState(atOnce || count <= SCREENFUL);
  useEffect(() => {
    if (!all) startTransition(() => setAll(true));
  }, [all]);
  return all ? count : SCREENFUL;
}
