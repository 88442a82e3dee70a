import type { Model, Price } from '../../shared/ipc/models.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { assertNever } from '../../shared/result.ts';

/** Which part of the catalogue is looked at. */
export type Shelf =
  | { readonly kind: 'all' }
  | { readonly kind: 'starred' }
  | { readonly kind: 'recent' }
  | { readonly kind: 'realtime' }
  | { readonly kind: 'category'; readonly category: string };

export type Order = 'relevance' | 'newest' | 'name';

/** `known` is any price at all; else the unit that is paid for. */
export type PriceWish =
  { readonly kind: 'any' } | { readonly kind: 'known' } | { readonly kind: 'unit'; readonly unit: string };

export interface Filters {
  readonly shelf: Shelf;
  readonly order: Order;
  readonly price: PriceWish;
  readonly deprecated: boolean;
}

export interface Known {
  readonly starred: ReadonlySet<string>;
  /** As they were opened last. */
  readonly recent: readonly string[];
  readonly prices: Readonly<Record<string, Price | null>>;
}

export interface Counts {
  readonly all: number;
  readonly starred: number;
  readonly recent: number;
  readonly realtime: number;
  /** Of the whole catalogue, the largest first, with how many there are of what was found. */
  readonly categories: readonly (readonly [category: string, count: number])[];
}

export interface Narrowed {
  readonly models: readonly Model[];
  /** Of what was found, by shelf: what choosing it would show. */
  readonly counts: Counts;
  /** Deprecated models that would be here. */
  readonly hidden: number;
}

/** What of the models that were found is shown. `exact` is shown whatever it is: somebody wrote its whole id. */
export function narrow(
  found: readonly Model[],
  filters: Filters,
  known: Known,
  catalogue: CategoryList,
  exact: string | null,
): Narrowed {
  const priced = found.filter(
    ({ endpointId }) => endpointId === exact || fitsPrice(known.prices[endpointId], filters.price),
  );
  const current = priced.filter(
    ({ deprecated, endpointId }) => !deprecated || filters.deprecated || endpointId === exact,
  );
  const onShelf = shelfTest(filters.shelf, known);
  const shown = current.filter((model) => onShelf(model) || model.endpointId === exact);
  return {
    models: ordered(shown, filters),
    counts: countsOf(current, known, catalogue),
    hidden: priced.filter(onShelf).length - current.filter(onShelf).length,
  };
}

export type CategoryList = readonly string[];

/** The catalogue's categories, those with the most models first. */
export function categoriesOf(models: readonly Model[]): CategoryList {
  const sizes = new Map<string, number>();
  for (const { category, deprecated } of models)
    if (category !== '') sizes.set(category, (sizes.get(category) ?? 0) + (deprecated ? 0 : 1));
  return [...sizes].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([category]) => category);
}

/** The units among the prices that are known, most used first. */
export function unitsOf(prices: Readonly<Record<string, Price | null>>): readonly string[] {
  const sizes = new Map<string, number>();
  for (const price of Object.values(prices))
    if (price !== null && price.amount > 0) sizes.set(price.unit, (sizes.get(price.unit) ?? 0) + 1);
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([unit]) => unit);
}

function fitsPrice(price: Price | null | undefined, wish: PriceWish): boolean {
  if (wish.kind === 'any') return true;
  if (price === undefined || price === null) return false;
  return wish.kind === 'known' || price.unit === wish.unit;
}

function shelfTest(shelf: Shelf, { starred, recent }: Known): (model: Model) => boolean {
  switch (shelf.kind) {
    case 'all':
      return () => true;
    case 'starred':
      return ({ endpointId }) => starred.has(endpointId);
    case 'recent': {
      const last = new Set(recent);
      return ({ endpointId }) => last.has(endpointId);
    }
    case 'realtime':
      return ({ endpointId }) => speaksRealtime(endpointId);
    case 'category':
      return ({ category }) => category === shelf.category;
    default:
      return assertNever(shelf);
  }
}

function ordered(models: readonly Model[], { order }: Filters): readonly Model[] {
  switch (order) {
    case 'relevance':
      return models;
    case 'newest':
      return models.toSorted((a, b) => (b.addedAt ?? 0) - (a.addedAt ?? 0));
    case 'name':
      return models.toSorted((a, b) => COLLATOR.compare(a.name, b.name));
    default:
      return assertNever(order);
  }
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function countsOf(models: readonly Model[], { starred, recent }: Known, catalogue: CategoryList): Counts {
  const last = new Set(recent);
  const sizes = new Map<string, number>();
  for (const { category } of models) sizes.set(category, (sizes.get(category) ?? 0) + 1);
  return {
    all: models.length,
    starred: models.filter(({ endpointId }) => starred.has(endpointId)).length,
    recent: models.filter(({ endpointId }) => last.has(endpointId)).length,
    realtime: models.filter(({ endpointId }) => speaksRealtime(endpointId)).length,
    categories: catalogue.map((category) => [category, sizes.get(category) ?? 0]),
  };
}
