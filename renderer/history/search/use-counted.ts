import { useEffect } from 'react';
import { listen } from '../../bridge.ts';
import { useFacets } from '../../stores/facets.ts';
import { useFound } from '../../stores/found.ts';

/** Milliseconds after the last key: what is typed on is not counted. */
const PAUSE = 120;
/** Milliseconds in which changes of runs gather. */
const GATHER = 600;

/** Counts what is found, for as long as the history is in sight. */
export function useCounted(): void {
  const text = useFound((state) => state.text);
  const count = useFacets((state) => state.count);
  useEffect(() => {
    const timer = setTimeout(() => count(text), useFacets.getState().of === null ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [text, count]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        count(useFound.getState().text);
      }, GATHER);
    };
    const ends = [listen('history.changed', changed), listen('runs.changed', changed)];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [count]);
}
