import { resultKinds, runStandings } from './kinds.ts';
import type { ResultKind, RunStanding } from './kinds.ts';
import { readPeriod } from './period.ts';
import { tokensOf } from './tokens.ts';
import type { QueryName } from './tokens.ts';

/** One condition; all of a query hold together. */
export type Condition =
  /** Letters anywhere in what was asked, answered, noted or tagged: a word's beginning, or a phrase as it stands. */
  | { readonly kind: 'text'; readonly text: string; readonly phrase: boolean }
  /** Letters of the model's id, or all of them. */
  | { readonly kind: 'model'; readonly text: string; readonly whole: boolean }
  | { readonly kind: 'result'; readonly result: ResultKind }
  | { readonly kind: 'standing'; readonly standing: RunStanding }
  | { readonly kind: 'is'; readonly is: 'starred' | 'trashed' | 'live' | 'batch' | 'noted' }
  | { readonly kind: 'tag'; readonly tag: string }
  /** A profile's name or id. `ids` are those of the profiles of that name, where they are known. */
  | { readonly kind: 'key'; readonly key: string; readonly ids?: readonly string[] }
  | { readonly kind: 'batch'; readonly id: number }
  /** What it cost, in the currency it was priced in. */
  | { readonly kind: 'cost'; readonly least: Bound | null; readonly most: Bound | null }
  /** When it was made, in milliseconds since 1970; `to` is no part of it. */
  | { readonly kind: 'made'; readonly from: number; readonly to: number };

export interface Bound {
  readonly value: number;
  /** Whether the value itself is within. */
  readonly with: boolean;
}

export interface Term {
  readonly not: boolean;
  readonly condition: Condition;
  /** The place in the text, for what completes it. */
  readonly from: number;
  readonly to: number;
}

export interface HistoryQuery {
  readonly terms: readonly Term[];
  /** What was not understood, a sentence each. */
  readonly problems: readonly string[];
}

/** What `is:` knows. */
export const isWords = ['starred', 'noted', 'live', 'batch', 'trashed', ...runStandings] as const;

/**
 * Reads words, "phrases", -not and `name:value`. `now` in milliseconds since 1970 says what today is. What is not understood is
 * left out and named; an unknown name is text like any other.
 */
export function parseQuery(text: string, now: number): HistoryQuery {
  const terms: Term[] = [];
  const problems: string[] = [];
  for (const { not, name, value, quoted, open, from, to } of tokensOf(text)) {
    // A name alone is one that is still being typed.
    if (value === '') continue;
    const read =
      // The last word of a phrase that is still being typed is a beginning.
      name === null
        ? { kind: 'text' as const, text: value, phrase: quoted && !open }
        : readNamed(name, value, now);
    if (typeof read === 'string') problems.push(read);
    else terms.push({ not, from, to, condition: read });
  }
  return { terms, problems };
}

/** A sentence where the value cannot be read. */
function readNamed(name: QueryName, value: string, now: number): Condition | string {
  const low = value.toLowerCase();
  switch (name) {
    case 'model':
      return { kind: 'model', text: low.replace(/^=/, ''), whole: /^=./.test(low) };
    case 'tag':
      return { kind: 'tag', tag: low };
    case 'key':
      return { kind: 'key', key: low };
    case 'kind': {
      const result = resultKinds.find((one) => one === low);
      return result === undefined ? `kind: is one of ${resultKinds.join(', ')}.` : { kind: 'result', result };
    }
    case 'is': {
      const standing = runStandings.find((one) => one === low);
      if (standing !== undefined) return { kind: 'standing', standing };
      if (low === 'starred' || low === 'trashed' || low === 'live' || low === 'batch' || low === 'noted')
        return { kind: 'is', is: low };
      return `is: is one of ${isWords.join(', ')}.`;
    }
    case 'batch':
      return /^\d{1,16}$/.test(value)
        ? { kind: 'batch', id: Number(value) }
        : 'batch: wants a batch’s number.';
    case 'cost':
      return readCost(value) ?? 'cost: wants an amount, as in cost:>0.10, cost:<1 or cost:0.1..0.5.';
    case 'date':
    case 'before':
    case 'after': {
      const period = readPeriod(low, now);
      if (period === null)
        return `${name}: wants a day, a month or a year, as in ${name}:2026-11-03, ${name}:2026-11 or ${name}:yesterday.`;
      if (name === 'before') return { kind: 'made', from: 0, to: period.from };
      if (name === 'after') return { kind: 'made', from: period.to, to: Number.MAX_SAFE_INTEGER };
      return { kind: 'made', ...period };
    }
  }
}

function readCost(value: string): Condition | null {
  const text = value.replaceAll(/[$€]/g, '');
  const one = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?|\.\d+)$/.exec(text);
  if (one !== null) {
    const [, sign = '=', digits] = one;
    const bound: Bound = { value: Number(digits), with: sign.includes('=') };
    return {
      kind: 'cost',
      least: sign.startsWith('<') ? null : bound,
      most: sign.startsWith('>') ? null : bound,
    };
  }
  const range = /^(\d*\.?\d+)\.\.(\d*\.?\d+)$/.exec(text);
  if (range === null) return null;
  return {
    kind: 'cost',
    least: { value: Number(range[1]), with: true },
    most: { value: Number(range[2]), with: true },
  };
}
