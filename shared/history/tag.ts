import { MOST_TAG } from './most.ts';

/**
 * A tag as it is kept: small letters, blanks single, and no quotation mark, which the words of the search end with. Null where
 * nothing is left.
 */
export function tidyTag(text: string): string | null {
  const tidy = text.replaceAll('"', '').replace(/\s+/g, ' ').trim().toLowerCase().slice(0, MOST_TAG).trim();
  return tidy === '' ? null : tidy;
}

/** The words that find all runs with this tag. */
export const tagWords = (tag: string): string => `tag:"${tag}"`;
