import { diffWordsWithSpace } from 'diff';

/** A stretch of a text, and whether the other text has it as well. */
export interface Stretch {
  readonly text: string;
  readonly changed: boolean;
}

/** Characters of both together; what is longer is shown as it is. */
const MOST_COMPARED = 100_000;
/** Milliseconds. Texts with nothing in common take long, and marks would say nothing of them. */
const PATIENCE = 300;

/** Both texts in stretches, word by word; null where they are too long, or have too little in common, to be marked. */
export function changedWords(
  a: string,
  b: string,
): readonly [a: readonly Stretch[], b: readonly Stretch[]] | null {
  if (a.length + b.length > MOST_COMPARED) return null;
  const changes = diffWordsWithSpace(a, b, { timeout: PATIENCE });
  if (changes === undefined) return null;
  const of = (left: 'added' | 'removed'): readonly Stretch[] =>
    changes.flatMap(({ value, added, removed }) => {
      if (left === 'added' ? added : removed) return [];
      return { text: value, changed: added || removed };
    });
  return [of('added'), of('removed')];
}
