import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../shared/json.ts';
import { pathText } from './json-path.ts';
import type { JsonHit } from './json-search.ts';
import { searchJson } from './json-search.ts';
import { above, idAt, jsonRows, openAtFirst, rangeStep } from './json-rows.ts';
import type { JsonRoot } from './json-rows.ts';

const roots = (value: JsonValue): readonly JsonRoot[] => [{ name: 'Response', value }];
const shown = (value: JsonValue, open: Iterable<string>): string[] =>
  jsonRows(roots(value), new Set(open)).map(({ depth, name }) => `${' '.repeat(depth)}${name}`);
const hitsOf = (value: JsonValue, query: string): JsonHit[] =>
  [...searchJson(roots(value), query)].filter((hit) => hit !== null);

describe('the rows of a tree', () => {
  it('are those that are unfolded, and say where they stand', () => {
    const value = { images: [{ url: 'a' }, { url: 'b' }], seed: 7n, none: null, empty: [] };
    expect(shown(value, [])).toEqual(['Response']);
    expect(shown(value, ['0', '0/0', '0/0/1'])).toEqual([
      'Response',
      ' images',
      '  0',
      '  1',
      '   url',
      ' seed',
      ' none',
      ' empty',
    ]);
    const rows = jsonRows(roots(value), new Set(['0', '0/0', '0/0/1']));
    expect(rows.find(({ value: inner }) => inner === 'b')).toMatchObject({ path: ['images', 1, 'url'] });
    expect(rows.map(({ open }) => open)).toEqual([true, true, false, true, null, null, null, null]);
    expect(rows[3]).toMatchObject({ place: 2, siblings: 2 });
  });

  it('of a million values are a thousand ranges of a thousand', () => {
    const many = Array.from({ length: 1_000_000 }, (_, i) => i);
    expect([rangeStep(1000), rangeStep(1001), rangeStep(1_000_001)]).toEqual([1, 1000, 1_000_000]);
    const rows = jsonRows(roots(many), new Set(['0']));
    expect(rows).toHaveLength(1001);
    expect(rows.at(-1)?.name).toBe('999000 … 999999');
    const deep = above(roots(many), 0, [123_456]);
    expect(jsonRows(roots(many), new Set(deep)).find(({ id }) => id === idAt(0, [123_456]))?.value).toBe(
      123_456,
    );
  });

  it('unfold at first what is short, and not what is long', () => {
    const long = Array.from({ length: 50 }, (_, i) => i);
    expect(shown({ a: { b: [1] }, long }, openAtFirst(roots({ a: { b: [1] }, long })))).toEqual([
      'Response',
      ' a',
      '  b',
      '   0',
      ' long',
    ]);
  });
});

describe('a search in the tree', () => {
  it('finds names and values of every kind, in their order', () => {
    const value = {
      Wren: 1,
      list: ['a wren', { bird: 'WREN' }],
      n: 120,
      t: true,
      big: 123456789012345678901n,
    };
    expect(hitsOf(value, 'wren').map(({ positions }) => positions)).toEqual([[0], [1, 0], [1, 1, 0]]);
    expect(hitsOf(value, '12').map(({ positions }) => positions)).toEqual([[2], [4]]);
    expect(hitsOf(value, 'true')).toEqual([{ root: 0, positions: [3] }]);
    expect(hitsOf('just a wren', 'wren')).toEqual([{ root: 0, positions: [] }]);
    expect(hitsOf(value, 'owl')).toEqual([]);
  });

  it('pauses now and then, and leads to rows that are there', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ name: `n${i}` }));
    const told = [...searchJson(roots(many), 'n4321')];
    expect(told.filter((hit) => hit === null).length).toBeGreaterThan(3);
    const hit = told.find((each) => each !== null);
    const rows = jsonRows(roots(many), new Set(above(roots(many), 0, hit?.positions ?? [])));
    expect(rows.find(({ id }) => id === idAt(0, hit?.positions ?? []))?.value).toBe('n4321');
  });
});

it.each([
  [['images', 0, 'url'], 'images[0].url'],
  [['a b', 'c'], '["a b"].c'],
  [[3], '[3]'],
  [[], ''],
  [['x', '1'], 'x["1"]'],
])('the path %j is written %s', (path, text) => expect(pathText(path)).toBe(text));
