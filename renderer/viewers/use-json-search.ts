import { useEffect, useState } from 'react';
import type { JsonHit } from './json-search.ts';
import { searchJson } from './json-search.ts';
import type { JsonRoot } from './json-rows.ts';

const MOST_HITS = 5000;
/** Milliseconds of work at a time: the window draws in between. */
const AT_A_TIME = 6;

interface Found {
  readonly hits: readonly JsonHit[];
  /** There may be more: it is still searched, or there are more than anybody goes through. */
  readonly more: boolean;
}
const NOTHING: Found = { hits: [], more: false };

/** What was found so far. */
export function useJsonSearch(roots: readonly JsonRoot[], query: string): Found {
  const [told, setTold] = useState<Found & { roots: readonly JsonRoot[]; query: string }>();
  useEffect(() => {
    if (query === '') return;
    const search = searchJson(roots, query);
    const hits: JsonHit[] = [];
    const work = (): void => {
      const until = performance.now() + AT_A_TIME;
      let over = false;
      while (!over && hits.length < MOST_HITS && performance.now() < until) {
        const next = search.next();
        if (next.done === true) over = true;
        else if (next.value !== null) hits.push(next.value);
      }
      setTold({ roots, query, hits: [...hits], more: !over });
      if (!over && hits.length < MOST_HITS) timer = setTimeout(work);
    };
    let timer = setTimeout(work);
    return () => clearTimeout(timer);
  }, [roots, query]);
  if (query === '') return NOTHING;
  return told?.roots === roots && told.query === query ? told : { hits: [], more: true };
}
