import { MOST_QUERY, tokensOf } from './tokens.ts';
import type { QueryName, Token } from './tokens.ts';

/** A filter as it can be put into the text of the search box and taken out of it. */
export interface Filter {
  readonly name: QueryName;
  readonly value: string;
}

/** `name:value`, with quotes where the value would not be one word. */
export function filterText({ name, value }: Filter, not = false): string {
  const plain = value.trim();
  const quoted = /[\s"]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  return `${not ? '-' : ''}${name}:${quoted}`;
}

const isOf =
  ({ name, value }: Filter) =>
  (token: Token): boolean =>
    token.name === name && token.value.toLowerCase() === value.trim().toLowerCase();

/** Whether the text asks for it, leaves it out (`-`), or says nothing of it. */
export function standingIn(text: string, filter: Filter): 'with' | 'without' | null {
  const token = tokensOf(text).findLast(isOf(filter));
  if (token === undefined) return null;
  return token.not ? 'without' : 'with';
}

/** The filters that are written out in the text, in their order. */
export const filtersIn = (text: string): readonly (Filter & { readonly not: boolean })[] =>
  tokensOf(text).flatMap(({ name, value, not }) =>
    name === null || value === '' ? [] : [{ name, value, not }],
  );

/** The text without this filter, asked for or left out; all else stays as it is written. */
export const withoutFilter = (text: string, filter: Filter): string => withoutTokens(text, isOf(filter));

/** The text without those tokens; blanks are left only between the others. */
export function withoutTokens(text: string, goes: (token: Token) => boolean): string {
  return tokensOf(text)
    .filter(goes)
    .reduceRight((rest, { from, to }) => joined(rest.slice(0, from), rest.slice(to)), text);
}

/**
 * The text with this filter at its end; what it said of the same filter before goes. The text as it was where there is no room
 * for more.
 */
export function withFilter(text: string, filter: Filter, not = false): string {
  const rest = withoutFilter(text, filter);
  // What is added must not become part of a phrase that is still open.
  const closed = tokensOf(rest).at(-1)?.open === true ? `${rest}"` : rest;
  const next = joined(closed, filterText(filter, not));
  return next.length > MOST_QUERY ? text : next;
}

function joined(before: string, after: string): string {
  const [left, right] = [before.trimEnd(), after.trimStart()];
  return left === '' || right === '' ? left + right : `${left} ${right}`;
}
