import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { checkInput } from './check.ts';
import { formOf } from './form.fixture.ts';
import { buildRequest } from './request.ts';

/** What is said of one value of one property; the empty text when nothing is. */
function said(property: JsonObject, value: JsonValue): string {
  return checkInput(formOf({ field: property }), { field: value })
    .map(({ path, message }) => [...path.slice(1), message].join('|'))
    .join('; ');
}

describe('checkInput', () => {
  it.each<[JsonObject, JsonValue, string]>([
    [{ type: 'integer', minimum: 1, maximum: 50 }, 51, 'Between 1 and 50'],
    [{ type: 'integer', minimum: 1, maximum: 50 }, 50, ''],
    [{ type: 'integer', minimum: 1 }, 0, 'At least 1'],
    [{ type: 'number', maximum: 1 }, 1.1, 'At most 1'],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, 0, 'More than 0, at most 1'],
    [{ type: 'number', minimum: 1, exclusiveMaximum: 10 }, 10, 'At least 1, less than 10'],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, 'More than 0'],
    [{ type: 'integer', exclusiveMinimum: 0, maximum: 14142 }, 0, 'Between 1 and 14142'],
    [{ type: 'integer' }, 1.5, 'A whole number'],
    [{ type: 'integer' }, '1', 'A whole number'],
    [{ type: 'number' }, 'x', 'A number'],
    [{ type: 'number', multipleOf: 0.1 }, 0.3, ''],
    [{ type: 'number', multipleOf: 0.1 }, 0.35, 'A multiple of 0.1'],
    [{ type: 'integer', multipleOf: 8 }, 100, 'A multiple of 8'],
    [{ type: 'string', minLength: 3 }, 'ab', 'At least 3 characters'],
    [{ type: 'string', minLength: 1 }, '', 'At least 1 character'],
    [{ type: 'string', maxLength: 2 }, '🐦🐦', ''],
    [{ type: 'string', maxLength: 2 }, '🐦🐦🐦', 'At most 2 characters'],
    [{ type: 'string' }, 3, 'Text'],
    [{ type: 'string' }, null, 'Leave it out instead of null'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, null, ''],
    [{ type: 'string', enum: ['5', '10'] }, '5', ''],
    [{ type: 'string', enum: ['5', '10'] }, 5, 'Not one of the choices'],
    [{ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'string' }] }, 'other', ''],
    [{ type: 'boolean' }, 'true', 'True or false'],
    [{ type: 'array', items: {}, maxItems: 1 }, [1, 2], 'At most 1 item'],
    [{ type: 'array', items: { type: 'string' } }, {}, 'Expected: list of text'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, 1.5, 'Expected: whole number or text'],
    [{ anyOf: [{ type: 'string' }, {}] }, 5, ''],
    [{ anyOf: [{ type: 'object' }, { type: 'number' }] }, { from: 1 }, ''],
    [{ anyOf: [{ type: 'object' }, { type: 'number', maximum: 1 }] }, 2, 'At most 1'],
    [{ anyOf: [{ type: 'object' }, { type: 'number' }] }, [], 'A number'],
    [{}, [null, { any: 'thing' }], ''],
  ])('%j with %j: %s', (property, value, message) => {
    expect(said(property, value)).toBe(message);
  });

  it('holds seeds to limits beyond 2^53 without losing digits', () => {
    const form = formOf({ seed: { type: 'integer', minimum: 0, maximum: 9223372036854775807n } });
    expect(checkInput(form, { seed: 9223372036854775807n })).toEqual([]);
    expect(checkInput(form, { seed: 9223372036854775808n })).toEqual([
      { path: ['seed'], message: 'Between 0 and 9223372036854775807' },
    ]);
    expect(checkInput(form, { seed: -1 })).toHaveLength(1);
    expect(checkInput(form, { seed: 0.5 })).toEqual([{ path: ['seed'], message: 'A whole number' }]);
  });

  it('says which side of a size is wrong', () => {
    const side = { type: 'integer', minimum: 64, maximum: 2048, multipleOf: 16 };
    const size = {
      anyOf: [{ type: 'object', properties: { width: side, height: side } }, { enum: ['square'] }],
    };
    expect(said(size, 'square')).toBe('');
    expect(said(size, 'poster')).toBe('Not one of the choices');
    expect(said({ anyOf: [...size.anyOf, { type: 'string' }] }, 'poster')).toBe('');
    expect(said(size, 5)).toBe('A width and a height');
    expect(said(size, { width: 512, height: 768 })).toBe('');
    expect(said(size, { width: 5000, height: 100 })).toBe(
      'width|Between 64 and 2048; height|A multiple of 16',
    );
    expect(said(size, { width: 64.5, height: null })).toBe('width|A whole number; height|A whole number');
  });

  it('names what is missing', () => {
    const names = 'prompt image_url audio_url images radius url use_case umbrella duration_ms'.split(' ');
    const form = formOf(Object.fromEntries(names.map((name) => [name, { type: 'string' }])), names);
    expect(checkInput(form, {}).map(({ message }) => message)).toEqual([
      'A prompt is needed',
      'An image is needed',
      'Audio is needed',
      'Images are needed',
      'A radius is needed',
      'A URL is needed',
      'A use case is needed',
      'An umbrella is needed',
      'A duration ms is needed',
    ]);
    expect(checkInput(form, Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
  });

  it('takes a list within a group for empty where it has to be there, unless it takes files or wants items', () => {
    const list = { type: 'array', items: { type: 'string' } };
    const properties = { styles: list, lines: { ...list, minItems: 1 }, image_urls: list };
    const section = { type: 'object', required: Object.keys(properties), properties };
    const form = formOf({ sections: { type: 'array', items: section }, tags: list }, ['tags']);
    const input = { sections: [{ lines: ['la'] }] };
    expect(checkInput(form, { sections: [{}] }).map(({ path }) => path.join('/'))).toEqual([
      'sections/0/lines',
      'sections/0/image_urls',
      'tags',
    ]);
    expect(buildRequest(form, input, 'changed')).toEqual({ sections: [{ styles: [], lines: ['la'] }] });
  });

  it('names what comes again in a list of different things, by what it holds', () => {
    const tag = { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } };
    const form = formOf({ tags: { type: 'array', uniqueItems: true, items: tag } });
    const tags = [{ a: 1, b: 'x' }, { a: 1 }, { b: 'x' }, {}, { b: 'x', a: 1 }, {}, { a: 1 }];
    expect(checkInput(form, { tags }).map(({ path }) => path.at(-1))).toEqual([4, 5, 6]);
  });

  it('leaves optional fields and unknown keys alone', () => {
    expect(checkInput(formOf({ a: { type: 'integer', minimum: 1 } }), { unknown: [1] })).toEqual([]);
  });
});
