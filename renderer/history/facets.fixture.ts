import type { Facets } from '../../shared/history/found.ts';

/** Counts of nothing, but for what is given. */
export const someFacets = (some: Partial<Facets>): Facets => ({
  total: 0,
  models: [],
  kinds: [],
  standings: [],
  months: [],
  tags: [],
  profiles: [],
  starred: 0,
  live: 0,
  cost: [],
  unpriced: 0,
  trashed: 0,
  ...some,
});
