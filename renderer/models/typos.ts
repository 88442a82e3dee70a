/** Longest words that are compared; a person types none longer, and a description may hold anything. */
const LONGEST = 24;

/**
 * How many letters must be put in, left out, changed or swapped to make of `typed` the word `word` or a beginning of it; more
 * than `most` is answered as `most + 1`. Both in small letters.
 */
export function typosIn(typed: string, word: string, most: number): number {
  if (typed.length > LONGEST || word.length < typed.length - most) return most + 1;
  const width = Math.min(word.length, typed.length + most);
  let beforeLast: number[] = [];
  let last = Array.from({ length: width + 1 }, (_, i) => i);
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    let least = i;
    for (let k = 1; k <= width; k += 1) {
      const same = typed[i - 1] === word[k - 1];
      let cost = Math.min((last[k - 1] ?? 0) + (same ? 0 : 1), (last[k] ?? 0) + 1, (row[k - 1] ?? 0) + 1);
      const swapped = i > 1 && k > 1 && typed[i - 1] === word[k - 2] && typed[i - 2] === word[k - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[k - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(most + 1, ...last);
}

/** So many typos are forgiven in a word: none in a short one, which is soon another word. */
export const forgiven = (typed: string): number => (typed.length < 4 ? 0 : typed.length < 5 ? 1 : 2);
