import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filtersIn, filterText, standingIn, withFilter, withoutFilter, withoutTokens } from './edit-query.ts';
import { parseQuery } from './query.ts';
import { MOST_QUERY, queryNames, tokensOf } from './tokens.ts';

const NOW = new Date(2026, 10, 22, 12).getTime();
const sea = { name: 'tag', value: 'by the sea' } as const;
const flux = { name: 'model', value: '=fal-ai/flux/dev' } as const;

const filters = fc.record({
  name: fc.constantFrom(...queryNames),
  value: fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => value.trim() !== ''),
});
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        filters.map((filter) => filterText(filter)),
        filters.map((filter) => filterText(filter, true)),
        fc.constantFrom('wren', '"a post"', '-fog', '"open', 'tag:', '-', '"', 'tag:"', '""', 'a"b', 'é:x'),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(' ')),
);
const bare = (text: string) =>
  tokensOf(text)
    .filter(({ value }) => value !== '')
    .map(({ name, value, not, quoted }) => ({ name, value, not, quoted }));

test('a filter is quoted where its value is more than a word', () => {
  expect(filterText(flux)).toBe('model:=fal-ai/flux/dev');
  expect(filterText(sea, true)).toBe('-tag:"by the sea"');
  expect(filterText({ name: 'tag', value: '5" disk' })).toBe('tag:"5"" disk"');
});

test('what is put in is asked for, and what is taken out leaves the rest as it was written', () => {
  const text = withFilter('wren  -fog "on a post"', sea);
  expect(text).toBe('wren  -fog "on a post" tag:"by the sea"');
  expect(standingIn(text, sea)).toBe('with');
  expect(withoutFilter(text, sea)).toBe('wren  -fog "on a post"');
  expect(withoutFilter('wren TAG:"By the Sea" fog', sea)).toBe('wren fog');
});

test('the other sign takes the place of the one before', () => {
  expect(withFilter('tag:"by the sea" wren', sea, true)).toBe('wren -tag:"by the sea"');
  expect(standingIn('-tag:"by the sea" wren', sea)).toBe('without');
  expect(standingIn('wren', sea)).toBeNull();
});

test('a phrase that is still open is closed before more is added, and neighbours stay apart', () => {
  expect(withFilter('"on a po', flux)).toBe('"on a po" model:=fal-ai/flux/dev');
  expect(withoutTokens('"a"tag:"x" "b"', ({ name }) => name === 'tag')).toBe('"a" "b"');
});

test('where there is no room for more the text stays', () => {
  const long = 'a'.repeat(MOST_QUERY - 3);
  expect(withFilter(long, flux)).toBe(long);
});

test('a name alone is being typed and asks for nothing', () => {
  expect(parseQuery('model: -tag:"', NOW)).toEqual({ terms: [], problems: [] });
  expect(parseQuery('http: x', NOW).terms.map(({ condition }) => condition)).toEqual([
    { kind: 'text', text: 'http:', phrase: false },
    { kind: 'text', text: 'x', phrase: false },
  ]);
});

test('letters of a model, or the whole of its id', () => {
  expect(
    parseQuery('model:FLUX model:=fal-ai/flux/dev', NOW).terms.map(({ condition }) => condition),
  ).toEqual([
    { kind: 'model', text: 'flux', whole: false },
    { kind: 'model', text: 'fal-ai/flux/dev', whole: true },
  ]);
});

describe('whatever stands in the box', () => {
  test('a filter that is added is read back as it was, and all others with it', () => {
    fc.assert(
      fc.property(texts, filters, fc.boolean(), (text, filter, not) => {
        const next = withFilter(text, filter, not);
        expect(standingIn(next, filter)).toBe(not ? 'without' : 'with');
        const asked = { ...filter, value: filter.value.trim(), not };
        expect(filtersIn(next).at(-1)).toEqual(asked);
        const before = bare(withoutFilter(text, filter));
        expect(bare(next).slice(0, -1)).toEqual(before);
      }),
    );
  });

  test('a filter that is taken out is gone, and nothing else', () => {
    fc.assert(
      fc.property(texts, filters, (text, filter) => {
        const next = withoutFilter(text, filter);
        const same = (one: { name: string | null; value: string }): boolean =>
          one.name === filter.name && one.value.toLowerCase() === filter.value.trim().toLowerCase();
        expect(standingIn(next, filter)).toBeNull();
        expect(bare(next)).toEqual(bare(text).filter((one) => !same(one)));
      }),
    );
  });
});
