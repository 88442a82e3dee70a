import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, parseJson, stringifyJson } from '../../json.ts';
import type { JsonValue } from '../../json.ts';
import { readLiteral } from './literal.ts';

/** As it is read from text: integers that a double cannot hold are exact. */
const json = fc.json().map((text): JsonValue => {
  const read = parseJson(text);
  return read.ok ? read.value : null;
});

/** As a person writes it in JavaScript: single quotes, names as keys, commas at the end, remarks. */
function inJavaScript(value: JsonValue): string {
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value))
    return `[ // it's a list\n${value.map((item: JsonValue) => `${inJavaScript(item)},`).join('')}]`;
  if (!isJsonObject(value)) return stringifyJson(value);
  const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  const entries = Object.entries(value).map(([name, inner]) => `${key(name)}: ${inJavaScript(inner)},`);
  return `{ /* "}" */ ${entries.join('\n')}}`;
}

function inPython(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value))
    return `[${value.map((item: JsonValue) => inPython(item)).join(', ')}] # it's a list\n`;
  if (!isJsonObject(value)) return stringifyJson(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${inPython(inner)},`)
    .join('\n')}}`;
}

describe('a literal', () => {
  it.each([
    ['JSON', stringifyJson],
    ['JavaScript', inJavaScript],
    ['Python', inPython],
  ])('of %s is read as what it says', (_language, write) => {
    fc.assert(
      fc.property(json, (value) => {
        const text = write(value);
        expect(readLiteral(text, 0)).toMatchObject({ value, unread: [] });
      }),
    );
  });

  it.each([
    ['{ a: 1_000, b: .5, c: 0xff, d: -1e3, e: 12n }', { a: 1000, b: 0.5, c: 255, d: -1000, e: 12 }],
    ['{ seed: 12345678901234567890 }', { seed: 12345678901234567890n }],
    [
      '{ seed: JSON.rawJSON("12345678901234567890"), ["__proto__x"]: 1 }',
      { seed: 12345678901234567890n, __proto__x: 1 },
    ],
    ['{ "a": "x" "y"\n "z" }', { a: 'xyz' }],
    ['{ "a": """two\n"lines" """, "b": r"c:\\d" }', { a: 'two\n"lines" ', b: 'c:\\d' }],
    ["{ a: 'it\\'s \\u{1f426} \\x41\\\n b' }", { a: "it's \u{1f426} A b" }],
    ['{ a: `two\nlines`, b: undefined, c: 1 }', { a: 'two\nlines', c: 1 }],
  ])('%s', (text, value) => expect(readLiteral(text, 0)).toMatchObject({ value, unread: [] }));

  it('leaves out an integer longer than any use has', () => {
    const text = `{ seed: ${'7'.repeat(401)}, other: JSON.rawJSON("${'7'.repeat(401)}"), steps: 28 }`;
    expect(readLiteral(text, 0)).toMatchObject({ value: { steps: 28 }, unread: ['seed', 'other'] });
  });

  it('leaves out what only running it would tell, and names it', () => {
    const text = `{
      prompt: text, image_url: await fal.storage.upload(new File(["}"], "a")), 'title': "a" + b,
      loras: [{ path, scale: 1 }, ...more], note: \`for \${name}\`, on() { return {} }, steps: 28,
    }`;
    expect(readLiteral(text, 0)).toMatchObject({
      value: { loras: [{ scale: 1 }], steps: 28 },
      unread: ['prompt', 'image_url', 'title', 'path', 'loras[1]', 'note', 'on'],
    });
  });

  it('keeps a key that objects have by nature as data', () => {
    const read = readLiteral('{ "__proto__": { "a": 1 }, constructor: 2 }', 0);
    expect(Object.entries(read?.value ?? {})).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 2],
    ]);
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });

  it('reads what is left open as far as it goes', () => {
    expect(readLiteral('{ a: [1, 2', 0)).toMatchObject({ value: { a: [1, 2] } });
    expect(readLiteral('{ a: 1, b: "never closed', 0)).toMatchObject({ value: { a: 1 }, unread: ['b'] });
    expect(readLiteral('{ a: [1 } , b: 2', 0)).toMatchObject({ value: { a: [1] } });
    expect(readLiteral('prompt', 0)).toBeNull();
  });

  it('is not nested deeper than the stack', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(readLiteral(`{ a: ${deep}, b: 1 }`, 0)).toMatchObject({ value: { b: 1 } });
  });
});
