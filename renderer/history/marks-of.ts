import type { MarksOf } from '../../shared/history/card.ts';

/** What was counted of several parts of a selection, together. */
export function sumMarks(parts: readonly MarksOf[]): MarksOf {
  const tags = new Map<string, number>();
  for (const part of parts)
    for (const { tag, count } of part.tags) tags.set(tag, (tags.get(tag) ?? 0) + count);
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    stars: parts.reduce((sum, { stars }) => sum + stars, 0),
    tags: [...tags].map(([tag, count]) => ({ tag, count })),
  };
}

/** How many of the runs have a mark. What only some have is put on all. */
export function shareOf(count: number, { runs }: Pick<MarksOf, 'runs'>): 'all' | 'some' | 'none' {
  if (count === 0) return 'none';
  return count >= runs ? 'all' : 'some';
}
