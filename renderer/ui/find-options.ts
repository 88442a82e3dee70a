/** A list made ready to be searched: each text in plain lower case, and its words. */
export interface OptionIndex {
  readonly texts: readonly string[];
  readonly words: readonly (readonly string[])[];
}

/** Of this many letters on, a word of the query may have one wrong, missing, surplus or swapped; of twice as many, two. */
const FORGIVEN_FROM = 4;

export function indexOptions(labels: readonly string[]): OptionIndex {
  const texts = labels.map(plain);
  return { texts, words: texts.map(wordsIn) };
}

/**
 * The places of the entries that hold every word of the query, best first, else in the list's order: the start of the
 * whole entry counts most, then the start of a word, then the inside of one. A word that no entry holds may have typos.
 */
export function findOptions({ texts, words }: OptionIndex, query: string): readonly number[] {
  const wanted = wordsIn(plain(query));
  if (wanted.length === 0) return texts.map((_, index) => index);
  const typed = wanted.map((word) => {
    const exact = texts.map((text, index) => exactScore(text, words[index] ?? [], word));
    return exact.some((score) => score > 0)
      ? exact
      : texts.map((_, index) => (holdsNearly(words[index] ?? [], word) ? 1 : 0));
  });
  return texts
    .map((_, index) => {
      const scores = typed.map((word) => word[index] ?? 0);
      return { index, score: scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index }) => index);
}

function exactScore(text: string, words: readonly string[], word: string): number {
  if (text.startsWith(word)) return 4;
  if (words.some((own) => own.startsWith(word))) return 3;
  return text.includes(word) ? 2 : 0;
}

/** Whether a word begins with nearly these letters, which are still being typed. */
function holdsNearly(words: readonly string[], word: string): boolean {
  const allowed = Math.min(2, Math.floor(word.length / FORGIVEN_FROM));
  return allowed > 0 && words.some((own) => startDistance(own, word) <= allowed);
}

/** The least changes that make `typed` the start of `own`; two letters swapped are one change. */
function startDistance(own: string, typed: string): number {
  const rows: number[][] = [Array.from({ length: own.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= own.length; j += 1) {
      const same = typed[i - 1] === own[j - 1];
      const swapped = i > 1 && j > 1 && typed[i - 1] === own[j - 2] && typed[i - 2] === own[j - 1];
      row.push(
        Math.min(
          (rows[i - 1]?.[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    rows.push(row);
  }
  return Math.min(...(rows.at(-1) ?? [Infinity]));
}

/** Accents and case say nothing about what is meant. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
