import { filterText, withoutTokens } from '../../../shared/history/edit-query.ts';
import type { Facets } from '../../../shared/history/found.ts';
import { resultKinds } from '../../../shared/history/kinds.ts';
import { isWords } from '../../../shared/history/query.ts';
import { queryNames, tokensOf } from '../../../shared/history/tokens.ts';
import type { QueryName } from '../../../shared/history/tokens.ts';
import { assertNever } from '../../../shared/result.ts';
import { IS_HINTS, KIND_WORDS, monthWords, NAME_WORDS } from './words.ts';

/** What stands at the caret and may be completed: the letters of a name, or of its value. */
export type Completing = {
  readonly not: boolean;
  readonly typed: string;
  /** What is replaced. */
  readonly from: number;
  readonly to: number;
} & (
  | { readonly kind: 'name' }
  | {
      readonly kind: 'value';
      readonly name: QueryName;
      /** All else in the text: the values that can still be met are counted in it. */
      readonly rest: string;
    }
);

export interface Completion {
  readonly label: string;
  readonly hint: string;
  /** Takes the place of what is completed. */
  readonly insert: string;
  /** More is to be typed behind it. */
  readonly open: boolean;
}

const MOST_SHOWN = 40;

/** Null within a phrase, or where the caret stands before what is written. */
export function completingAt(text: string, caret: number): Completing | null {
  const token = tokensOf(text).find(({ from, to }) => from < caret && caret <= to);
  if (token === undefined) return { kind: 'name', not: false, typed: '', from: caret, to: caret };
  const { not, name, from, to, quoted } = token;
  const start = from + (not ? 1 : 0);
  if (name === null) {
    const typed = text.slice(start, caret).toLowerCase();
    return quoted || !/^[a-z]*$/i.test(text.slice(start, to)) ? null : { kind: 'name', not, typed, from, to };
  }
  const behind = start + name.length + 1;
  if (caret < behind) return null;
  const typed = text.slice(behind, caret).replaceAll('"', '').trimStart().toLowerCase();
  return {
    kind: 'value',
    name,
    not,
    typed,
    from,
    to,
    rest: withoutTokens(text, (one) => one.from === from),
  };
}

/**
 * What may stand there, best first. `facets` counts what is found without it; null while that is not known. `keyNames` are the
 * names of keys by id.
 */
export function completionsOf(
  completing: Completing,
  facets: Facets | null,
  keyNames: ReadonlyMap<string, string>,
): readonly Completion[] {
  if (completing.kind === 'name') return namesFor(completing);
  const { name, not, typed } = completing;
  return valuesOf(name, typed, facets, keyNames)
    .map(({ value, label = value, hint }) => ({
      label,
      hint,
      insert: filterText({ name, value }, not),
      open: false,
    }))
    .slice(0, MOST_SHOWN);
}

/** Names that begin so; and filters whose word does, for whoever does not think of the name. */
function namesFor({ typed, not }: Completing): readonly Completion[] {
  const minus = not ? '-' : '';
  const names = queryNames
    .filter((name) => name.startsWith(typed))
    .map((name) => ({
      label: `${minus}${name}:`,
      hint: `${NAME_WORDS[name].hint}, as in ${NAME_WORDS[name].example}`,
      insert: `${minus}${name}:`,
      open: true,
    }));
  if (typed.length < 2) return names;
  const whole = (name: QueryName, value: string, hint: string): Completion => {
    const insert = filterText({ name, value }, not);
    return { label: insert, hint, insert, open: false };
  };
  return [
    ...names,
    ...isWords.filter((word) => word.startsWith(typed)).map((word) => whole('is', word, IS_HINTS[word])),
    ...resultKinds
      .filter((kind) => kind.startsWith(typed))
      .map((kind) => whole('kind', kind, KIND_WORDS[kind].toLowerCase())),
  ];
}

interface Value {
  readonly value: string;
  readonly label?: string;
  readonly hint: string;
}

function valuesOf(
  name: QueryName,
  typed: string,
  facets: Facets | null,
  keyNames: ReadonlyMap<string, string>,
): readonly Value[] {
  switch (name) {
    case 'model':
      return matching(typed.replace(/^=/, ''), counted(facets?.models)).map(({ value, hint }) => ({
        value: `=${value}`,
        label: value,
        hint,
      }));
    case 'tag':
      return matching(typed, counted(facets?.tags));
    case 'key': {
      const named = (facets?.profiles ?? []).map(({ value, count }) => ({
        value: keyNames.get(value) ?? value,
        count,
      }));
      return matching(typed, counted(named));
    }
    case 'kind':
      return beginning(
        typed,
        resultKinds.map((value) => ({ value, hint: countWords(facets?.kinds, value, KIND_WORDS[value]) })),
      );
    case 'is':
      return beginning(
        typed,
        isWords.map((value) => ({ value, hint: IS_HINTS[value] })),
      );
    case 'date':
    case 'before':
    case 'after': {
      const months = (facets?.months ?? []).map(({ value, count }) => ({
        value,
        hint: `${monthWords(value)}, ${count.toLocaleString('en-US')}`,
      }));
      return beginning(typed, [...DAYS, ...months]);
    }
    case 'cost':
      return beginning(typed, COSTS);
    case 'batch':
      return [];
    default:
      return assertNever(name);
  }
}

const DAYS: readonly Value[] = [
  { value: 'today', hint: '' },
  { value: 'yesterday', hint: '' },
  { value: 'week', hint: 'the last seven days' },
  { value: 'month', hint: 'this month' },
];

const COSTS: readonly Value[] = [
  { value: '>0.10', hint: 'more than that' },
  { value: '<0.01', hint: 'less than that' },
  { value: '0.1..0.5', hint: 'between the two' },
];

const counted = (
  counts: readonly { readonly value: string; readonly count: number }[] = [],
): readonly Value[] => counts.map(({ value, count }) => ({ value, hint: count.toLocaleString('en-US') }));

function countWords<T extends string>(
  counts: readonly { readonly value: T; readonly count: number }[] | undefined,
  value: T,
  words: string,
): string {
  const count = counts?.find((one) => one.value === value)?.count;
  return count === undefined
    ? words.toLowerCase()
    : `${words.toLowerCase()}, ${count.toLocaleString('en-US')}`;
}

const beginning = (typed: string, values: readonly Value[]): readonly Value[] =>
  values.filter(({ value }) => value.startsWith(typed));

/** Those that hold the letters: first where they begin the whole, then a part of it, then anywhere. */
function matching(typed: string, values: readonly Value[]): readonly Value[] {
  const rank = (value: string): number => {
    const low = value.toLowerCase();
    if (low.startsWith(typed)) return 0;
    if (low.split(/[\s/._-]+/).some((part) => part.startsWith(typed))) return 1;
    return low.includes(typed) ? 2 : 3;
  };
  return values
    .map((value) => ({ value, at: rank(value.value) }))
    .filter(({ at }) => at < 3)
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
