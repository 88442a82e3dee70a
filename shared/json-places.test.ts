import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate } from './json-places.ts';
import type { Path } from './schema/path.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Every path in a value, that of the whole first. */
function pathsIn(value: unknown, path: Path = []): readonly { path: Path; value: unknown }[] {
  const here = { path, value };
  if (Array.isArray(value)) return [here, ...value.flatMap((item, i) => pathsIn(item, [...path, i]))];
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))];
}

describe('places', () => {
  test('every value of any text is found where it stands, and its name', () =>
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (json, indent) => {
        const whole: unknown = JSON.parse(json);
        const text = ` ${JSON.stringify(whole, null, indent)}\n`;
        const all = pathsIn(whole);
        const { mistake, places } = locate(
          text,
          all.map(({ path }) => path),
        );
        const found = places.map(
          (place) => place && JSON.parse(text.slice(place.value.from, place.value.to)),
        );
        const names = places.map(
          (place) => place?.key && JSON.parse(text.slice(place.key.from, place.key.to)),
        );
        const last = all.map(({ path }) => path.at(-1));
        expect(mistake).toBeNull();
        expect(found).toEqual(all.map(({ value }) => JSON.parse(JSON.stringify(value))));
        expect(names).toEqual(last.map((step) => (typeof step === 'string' ? step : null)));
      }),
    ));

  test('what is not there has no place', () => {
    const { places } = locate('{"a":[1]}', [['b'], ['a', 1], ['a', 'x'], ['a', 0, 'y'], []]);
    expect(places.map((place) => place?.value)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      { from: 0, to: 9 },
    ]);
  });

  test('of a name given twice the last counts', () => {
    const text = '{"a":{"x":1},"a":{"y":2}}';
    const { places } = locate(text, [['a'], ['a', 'x'], ['a', 'y']]);
    const found = places.map((place) => place && text.slice(place.value.from, place.value.to));
    expect(found).toEqual(['{"y":2}', null, '2']);
  });

  test('a name written with escapes is the name it means', () =>
    expect(locate('{"\\u0061\\n":1}', [['a\n']]).places).toEqual([
      { key: { from: 1, to: 11 }, value: { from: 12, to: 13 } },
    ]));

  test('a text nested deeper than any stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(locate(deep, [[]])).toEqual({
      mistake: null,
      places: [{ key: null, value: { from: 0, to: 400_000 } }],
    });
  });
});

describe('mistakes', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'nul',
    ' ',
    '\n',
    '\\',
    "'",
    '/',
  ];
  test('there is one just where JSON.parse refuses', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
          fc.string(),
          fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces)).map(([json, at, piece]) => {
            const cut = at % (json.length + 1);
            return json.slice(0, cut) + piece + json.slice(cut + (at % 2));
          }),
        ),
        (text) => {
          const { mistake } = locate(text, []);
          expect(mistake === null).toBe(parses(text));
          expect(mistake === null || (mistake.from <= mistake.to && mistake.to <= text.length)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    ));

  test.each([
    ['{"a":1,}', 'Nothing follows this comma', ','],
    ['[1,2,\n]', 'Nothing follows this comma', ','],
    ['{"a" 1}', 'A colon is expected', '1'],
    ['{a: 1}', 'A name in double quotes is expected', 'a'],
    ['{"a": 1 "b": 2}', 'A comma or } is expected', '"'],
    ['{"a": \'x\'}', 'A text stands in double quotes', "'"],
    ['{"a": True}', 'A value is expected', 'True'],
    ['{"a": 01}', 'This is no number', '01'],
    ['{"a": 1} x', 'Nothing may follow the end', 'x'],
    ['{"a": "x', 'This text has no closing quote', '"x'],
    ['{"a": "x\ny"}', 'A line break in a text is written \\n', '\n'],
    ['{"a": "\\q"}', 'There is no such escape', '\\q'],
    ['{"a": 1', 'A comma or } is expected', '1'],
    ['{ // note\n}', 'A name in double quotes is expected', '/'],
    ['[# note\n]', 'JSON has no comments', '#'],
    ['', 'The text ends before a value', ''],
    ['{', 'The text ends before its }', '{'],
  ])('%j', (text, message, marked) => {
    const { mistake } = locate(text, []);
    expect(mistake?.message).toBe(message);
    expect(text.slice(mistake?.from, mistake?.to)).toBe(marked);
  });
});
