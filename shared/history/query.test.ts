import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPeriod } from './period.ts';
import { parseQuery } from './query.ts';

const NOW = new Date(2026, 10, 20, 15, 30).getTime();
const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime();
const conditions = (text: string) =>
  parseQuery(text, NOW).terms.map(({ not, condition }) => ({ not, ...condition }));

describe('a search', () => {
  test.each([
    ['wren', [{ not: false, kind: 'text', text: 'wren', phrase: false }]],
    ['-"red fox"', [{ not: true, kind: 'text', text: 'red fox', phrase: true }]],
    ['"red fo', [{ not: false, kind: 'text', text: 'red fo', phrase: false }]],
    ['Model:Flux', [{ not: false, kind: 'model', text: 'flux', whole: false }]],
    ['kind:VIDEO', [{ not: false, kind: 'result', result: 'video' }]],
    ['-is:starred', [{ not: true, kind: 'is', is: 'starred' }]],
    ['is:failed', [{ not: false, kind: 'standing', standing: 'failed' }]],
    ['tag:"best of"', [{ not: false, kind: 'tag', tag: 'best of' }]],
    ['cost:>0.10', [{ not: false, kind: 'cost', least: { value: 0.1, with: false }, most: null }]],
    ['cost:<=$1', [{ not: false, kind: 'cost', least: null, most: { value: 1, with: true } }]],
    [
      'cost:0.1..0.5',
      [{ not: false, kind: 'cost', least: { value: 0.1, with: true }, most: { value: 0.5, with: true } }],
    ],
    ['date:2026-11-03', [{ not: false, kind: 'made', from: day(2026, 11, 3), to: day(2026, 11, 4) }]],
    ['before:2026', [{ not: false, kind: 'made', from: 0, to: day(2026, 1, 1) }]],
    ['after:yesterday', [{ not: false, kind: 'made', from: day(2026, 11, 20), to: Number.MAX_SAFE_INTEGER }]],
    ['https://x.y', [{ not: false, kind: 'text', text: 'https://x.y', phrase: false }]],
    ['tag:', []],
    ['  ', []],
  ])('%s', (text, wanted) => {
    expect(conditions(text)).toEqual(wanted);
  });

  test.each(['kind:song', 'is:nice', 'cost:much', 'date:2026-13', 'before:soon', 'batch:x'])(
    '%s is said not to be understood, and the rest is searched for',
    (text) => {
      const { terms, problems } = parseQuery(`wren ${text}`, NOW);
      expect(terms).toHaveLength(1);
      expect(problems).toEqual([expect.stringMatching(/^[a-z]+: .*\.$/)]);
    },
  );

  test('whatever is typed is read: each term stands where it says, in order, and none overlaps the next', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '"',
        '-',
        ':',
        ' ',
        'model:',
        'cost:>',
        'date:',
        'is:starred',
        '""',
        '..',
        'kind:image',
        '\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const { terms } = parseQuery(text, NOW);
        let end = 0;
        for (const { from, to } of terms) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
        // A term read alone is the same term.
        for (const { from, to, condition } of terms)
          expect(parseQuery(text.slice(from, to), NOW).terms[0]?.condition).toEqual(condition);
      }),
    );
  });
});

describe('a period', () => {
  test.each([
    ['today', day(2026, 11, 20), day(2026, 11, 21)],
    ['yesterday', day(2026, 11, 19), day(2026, 11, 20)],
    ['week', day(2026, 11, 14), day(2026, 11, 21)],
    ['month', day(2026, 11, 1), day(2026, 12, 1)],
    ['2024-2', day(2024, 2, 1), day(2024, 3, 1)],
    ['2024-02-29', day(2024, 2, 29), day(2024, 3, 1)],
    ['2025-12..2026-01', day(2025, 12, 1), day(2026, 2, 1)],
  ])('%s', (text, from, to) => {
    expect(readPeriod(text, NOW)).toEqual({ from, to });
  });

  test.each([
    '2026-02-30',
    '2026-00',
    '2026-11-31',
    '2026-2-0',
    '2026..2025',
    '..',
    '1.2.2026',
    '',
    '20261103',
  ])('there is no %s', (text) => {
    expect(readPeriod(text, NOW)).toBeNull();
  });

  test('any text is a period with a length, or none', () => {
    const part = fc.oneof(fc.string(), fc.stringMatching(/^\d{4}(-\d{1,2}){0,2}$/));
    fc.assert(
      fc.property(part, part, fc.boolean(), (a, b, two) => {
        const period = readPeriod(two ? `${a}..${b}` : a, NOW);
        expect(period === null || period.to > period.from).toBe(true);
      }),
    );
  });
});
