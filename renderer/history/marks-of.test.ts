import { expect, test } from 'vitest';
import { shareOf, sumMarks } from './marks-of.ts';

test('what is counted in parts counts together', () => {
  const one = { runs: 2, stars: 2, tags: [{ tag: 'owl', count: 1 }] };
  const other = {
    runs: 3,
    stars: 0,
    tags: [
      { tag: 'owl', count: 3 },
      { tag: 'wren', count: 2 },
    ],
  };
  expect(sumMarks([one, other])).toEqual({
    runs: 5,
    stars: 2,
    tags: [
      { tag: 'owl', count: 4 },
      { tag: 'wren', count: 2 },
    ],
  });
});

test.each([
  [0, 3, 'none'],
  [2, 3, 'some'],
  [3, 3, 'all'],
  [0, 0, 'none'],
] as const)('%i of %i are %s', (count, runs, share) => expect(shareOf(count, { runs })).toBe(share));
