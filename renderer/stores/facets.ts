import { create } from 'zustand';
import { filtersIn, withoutTokens } from '../../shared/history/edit-query.ts';
import type { Facets } from '../../shared/history/found.ts';
import { ask } from '../bridge.ts';
import { asksFor, soles } from '../history/soles.ts';
import type { Sole } from '../history/soles.ts';
import { Newest } from './newest.ts';

interface FacetsState {
  /** Of what was found last; null until it is first counted. */
  readonly facets: Facets | null;
  /** What could be chosen in place of the one of its sort the text asks for: counted without it. */
  readonly others: Readonly<Partial<Record<Sole, Facets>>>;
  /** The text they are of. */
  readonly of: string | null;
  /** They could not be counted anew: why. */
  readonly failed: string | null;
  /** What can stand in the place of a filter that is being typed; counted without it. */
  readonly values: { readonly rest: string; readonly facets: Facets } | null;
  /** Counts what the text finds. */
  readonly count: (text: string) => void;
  readonly countValues: (rest: string) => void;
}

/** How many of what is found are of each sort. Behind the search, and never in its way. */
export const useFacets = create<FacetsState>((set) => {
  const counting = new Newest(async (text: string) => {
    const filters = filtersIn(text);
    const asked = soles.filter((sole) => filters.some((filter) => asksFor(sole, filter)));
    const answer = await ask('history.facets', { text });
    if (counting.overtaken) return;
    if (!answer.ok) return set({ failed: answer.error.title });
    const others: Partial<Record<Sole, Facets>> = {};
    for (const sole of asked) {
      const rest = withoutTokens(text, (token) => asksFor(sole, token));
      // One after another, so that a search that begins meanwhile waits for one at most.
      // oxlint-disable-next-line no-await-in-loop
      const other = await ask('history.facets', { text: rest });
      if (counting.overtaken) return;
      if (other.ok) others[sole] = other.value;
    }
    set({ facets: answer.value, others, of: text, failed: null });
  });
  const valuing = new Newest(async (rest: string) => {
    const answer = await ask('history.facets', { text: rest });
    if (answer.ok) set({ values: { rest, facets: answer.value } });
  });
  return {
    facets: null,
    others: {},
    of: null,
    failed: null,
    values: null,
    count: (text) => counting.want(text),
    countValues: (rest) => valuing.want(rest),
  };
});
