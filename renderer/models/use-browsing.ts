import { useCallback, useEffect, useMemo, useState } from 'react';
import { readName } from '../../shared/fal/paste/address.ts';
import type { Model } from '../../shared/ipc/models.ts';
import type { MediaKind } from '../../shared/media/kind.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { categoriesOf, narrow, unitsOf } from './narrow.ts';
import type { Counts, Filters } from './narrow.ts';
import { findModels } from './search.ts';
import { takesKind } from './takes.ts';

export interface Browsing {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly filters: Filters;
  readonly change: (some: Partial<Filters>) => void;
  readonly items: readonly Model[];
  /** To be marked in what was found. */
  readonly words: readonly string[];
  readonly counts: Counts;
  /** Deprecated models that would be among the items. */
  readonly hidden: number;
  /** Units of the prices that are known. */
  readonly units: readonly string[];
  /** How far the reading of prices is, where prices are asked for and not all are known. */
  readonly progress: string | null;
}

export const NO_FILTERS: Filters = {
  shelf: { kind: 'all' },
  order: 'relevance',
  price: { kind: 'any' },
  deprecated: false,
};

/**
 * What a person looks for in the catalogue, and what there is of it. `live` puts models that answer live first; with `takes`
 * only those are there that begin with a file of that kind.
 */
export function useBrowsing(live: boolean, takes: MediaKind | null): Browsing {
  const catalogue = useModels((state) => state.models);
  const prices = useModels((state) => state.prices);
  const wishPrices = useModels((state) => state.wishPrices);
  const starred = useMarks((state) => state.starred);
  const recent = useMarks((state) => state.recent);
  const [query, setQuery] = useState('');
  const [filters, setFilters] = useState(NO_FILTERS);

  const models = useWithUnlisted(catalogue, starred, recent);
  const categories = useMemo(() => categoriesOf(taking(catalogue, takes)), [catalogue, takes]);
  const stars = useMemo(() => new Set(starred), [starred]);
  // What a person sees must not be moved about by a star they have just given.
  const [opened] = useState({ starred, recent });
  const found = useMemo(() => findModels(models, query, fondnessOf(opened)), [models, query, opened]);
  const exact = endpointIn(query);
  const narrowed = useMemo(() => {
    const listed = live && filters.order === 'relevance' ? liveFirst(found.models) : found.models;
    const all = withPasted(taking(listed, takes), exact);
    return narrow(all, filters, { starred: stars, recent, prices }, categories, exact);
  }, [found, filters, stars, recent, prices, categories, exact, live, takes]);

  const allPrices = filters.price.kind !== 'any';
  useEffect(() => {
    if (allPrices) wishPrices(found.models.map(({ endpointId }) => endpointId));
  }, [allPrices, found, wishPrices]);

  const change = useCallback(
    (some: Partial<Filters>) => setFilters((before) => ({ ...before, ...some })),
    [],
  );
  const priced = allPrices
    ? found.models.filter(({ endpointId }) => prices[endpointId] !== undefined).length
    : 0;
  const progress =
    allPrices && priced < found.models.length ? `${priced} of ${found.models.length} prices read` : null;
  const units = useMemo(() => unitsOf(prices), [prices]);
  // The same until something of it is another: what only the keys in the list move is not drawn again.
  return useMemo(
    () => ({
      query,
      setQuery,
      filters,
      change,
      items: narrowed.models,
      words: found.words,
      counts: narrowed.counts,
      hidden: narrowed.hidden,
      units,
      progress,
    }),
    [query, filters, change, narrowed, found, units, progress],
  );
}

/** An endpoint id in what was typed or pasted: the id itself or an address of fal; null where there is none. */
function endpointIn(text: string): string | null {
  const name = text.includes('/') ? readName(text) : null;
  return name?.kind === 'model' ? name.endpointId : null;
}

/** Private apps that were starred or opened are in no list of fal's; here they are found again. */
function useWithUnlisted(
  models: readonly Model[],
  starred: readonly string[],
  recent: readonly string[],
): readonly Model[] {
  const unlisted = useMemo(() => {
    const listed = new Set(models.map(({ endpointId }) => endpointId));
    return [...new Set([...recent, ...starred])].filter((id) => !listed.has(id)).sort();
  }, [models, starred, recent]);
  // The index is made anew for another list: only where its members changed, not their order.
  const key = unlisted.join('\n');
  return useMemo(
    () => (key === '' ? models : [...models, ...key.split('\n').map(unlistedModel)]),
    [models, key],
  );
}

function taking(models: readonly Model[], kind: MediaKind | null): readonly Model[] {
  return kind === null ? models : models.filter(({ category }) => takesKind(category, kind));
}

const unlistedModel = (endpointId: string): Model => ({
  endpointId,
  name: endpointId,
  category: '',
  description: '',
  tags: [],
  deprecated: false,
  addedAt: null,
});

/** What was pasted comes first when the list does not have it: it may be private, or newer than the list. */
function withPasted(found: readonly Model[], id: string | null): readonly Model[] {
  return id === null || found.some(({ endpointId }) => endpointId === id)
    ? found
    : [unlistedModel(id), ...found];
}

/** The last opened most, then the starred; small beside what tells one model from another. */
function fondnessOf(marks: { readonly starred: readonly string[]; readonly recent: readonly string[] }) {
  const fondness = new Map(marks.starred.map((id) => [id, 0.5]));
  for (const [i, id] of marks.recent.entries())
    fondness.set(id, (fondness.get(id) ?? 0) + 1 - i / (2 * marks.recent.length));
  return (endpointId: string): number => fondness.get(endpointId) ?? 0;
}

function liveFirst(models: readonly Model[]): readonly Model[] {
  return models.toSorted(
    (a, b) => Number(speaksRealtime(b.endpointId)) - Number(speaksRealtime(a.endpointId)),
  );
}
