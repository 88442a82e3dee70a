/**
 * The characters of a text as the server counts them: it is Python and counts code points, so an emoji is one and not
 * two. By a loop over the code units, since a prompt may hold a million of them and is counted at every key.
 */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The second half of a pair counts with its first; one alone is a character of its own.
    if (unit >= 0xdc00 && unit <= 0xdfff && isFirstHalf(text.charCodeAt(at - 1))) count -= 1;
  }
  return count;
}

const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** How a text stands to its limit; `near` within a tenth of it. */
export type Fill = 'free' | 'near' | 'over';

export function fillOf(count: number, maxLength: number | undefined): Fill {
  if (maxLength === undefined || count <= maxLength * 0.9) return 'free';
  return count > maxLength ? 'over' : 'near';
}
