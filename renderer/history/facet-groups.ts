import { filtersIn } from '../../shared/history/edit-query.ts';
import type { Filter } from '../../shared/history/edit-query.ts';
import type { Facets } from '../../shared/history/found.ts';
import { resultKinds, runStandings } from '../../shared/history/kinds.ts';
import type { QueryName } from '../../shared/history/tokens.ts';
import { KIND_WORDS, monthWords, STANDING_WORDS } from './search/words.ts';
import type { Sole } from './soles.ts';

/** One filter that can be put into the search, and how many runs meet it. */
export interface FacetRow {
  readonly filter: Filter;
  readonly label: string;
  /** Null where none was counted: it is left out, or nothing meets it. */
  readonly count: number | null;
}

export interface FacetGroup {
  readonly title: string;
  /** Set where a run can meet only one of the rows. */
  readonly sole: Sole | null;
  readonly rows: readonly FacetRow[];
}

interface Asked {
  readonly text: string;
  readonly facets: Facets;
  readonly others: Readonly<Partial<Record<Sole, Facets>>>;
  /** Names of keys by id. */
  readonly keyNames: ReadonlyMap<string, string>;
}

/** What can be chosen, in groups; each holds what was counted, and what the text asks for although nothing meets it. */
export function groupsOf({ text, facets, others, keyNames }: Asked): readonly FacetGroup[] {
  const standings: readonly string[] = runStandings;
  const written = filtersIn(text);
  const group = (
    title: string,
    sole: Sole | null,
    name: QueryName,
    counted: readonly FacetRow[],
    labelOf: (value: string) => string | null,
  ): FacetGroup => {
    const known = new Set(counted.map(({ filter }) => filter.value.toLowerCase()));
    const others = written.flatMap((filter): FacetRow[] => {
      const value = filter.value.toLowerCase();
      const label = filter.name === name && !known.has(value) ? labelOf(value) : null;
      known.add(value);
      return label === null ? [] : [{ filter: { name, value }, label, count: null }];
    });
    return { title, sole, rows: [...counted, ...others] };
  };
  const row = (name: QueryName, value: string, label: string, count: number): FacetRow => ({
    filter: { name, value },
    label,
    count: count === 0 ? null : count,
  });
  const marks = [
    row('is', 'starred', 'Starred', facets.starred),
    row('is', 'live', 'From Realtime', facets.live),
    row('is', 'trashed', 'Trash', facets.trashed),
  ].filter(({ filter, count }) => count !== null || isWritten(text, filter));
  const keys = byName((others.key ?? facets).profiles, keyNames);
  return [
    { title: 'Marks', sole: null, rows: marks },
    group(
      'Kind',
      null,
      'kind',
      facets.kinds.map(({ value, count }) => row('kind', value, KIND_WORDS[value], count)),
      (value) => labelIn(resultKinds, KIND_WORDS, value),
    ),
    group(
      'State',
      'standing',
      'is',
      (others.standing ?? facets).standings.map(({ value, count }) =>
        row('is', value, STANDING_WORDS[value], count),
      ),
      (value) => (standings.includes(value) ? labelIn(runStandings, STANDING_WORDS, value) : null),
    ),
    group(
      'Model',
      'model',
      'model',
      (others.model ?? facets).models.map(({ value, count }) => row('model', `=${value}`, value, count)),
      (value) => (/^=./.test(value) ? value.slice(1) : null),
    ),
    group(
      'Month',
      'month',
      'date',
      (others.month ?? facets).months.map(({ value, count }) => row('date', value, monthWords(value), count)),
      (value) => (/^\d{4}-\d{2}$/.test(value) ? monthWords(value) : null),
    ),
    group(
      'Tag',
      null,
      'tag',
      facets.tags.map(({ value, count }) => row('tag', value, value, count)),
      (value) => value,
    ),
    group(
      'Key',
      'key',
      'key',
      keys.map(({ value, label, count }) => row('key', value, label, count)),
      (value) => value,
    ),
  ].filter(({ rows }) => rows.length > 0);
}

const isWritten = (text: string, filter: Filter): boolean =>
  filtersIn(text).some(({ name, value }) => name === filter.name && value.toLowerCase() === filter.value);

function labelIn<T extends string>(
  values: readonly T[],
  words: Readonly<Record<T, string>>,
  value: string,
): string | null {
  const known = values.find((one) => one === value);
  return known === undefined ? null : words[known];
}

/** Keys of one name are one row, as the search takes them; a key that is gone has its id alone. */
function byName(
  profiles: Facets['profiles'],
  names: ReadonlyMap<string, string>,
): readonly { readonly value: string; readonly label: string; readonly count: number }[] {
  const rows = new Map<string, { value: string; label: string; count: number }>();
  for (const { value: id, count } of profiles) {
    const name = names.get(id);
    const row = { value: name ?? id, label: name ?? 'Removed key', count: 0 };
    const before = rows.get(row.value.toLowerCase()) ?? row;
    rows.set(row.value.toLowerCase(), { ...before, count: before.count + count });
  }
  return [...rows.values()].toSorted((a, b) => b.count - a.count);
}
