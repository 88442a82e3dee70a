import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json.ts';
import { checkInput } from './check.ts';
import { setAt, valueAt } from './draft.ts';
import { fieldOf, formOf } from './form.fixture.ts';
import { addItem, duplicateItem, itemsAt, moveItem, removeItem, startingValue } from './items.ts';

const text = { type: 'string' };
const form = formOf({
  loras: {
    type: 'array',
    items: {
      type: 'object',
      required: ['path'],
      properties: { path: text, tags: { type: 'array', items: text } },
    },
  },
  stems: { type: 'array', items: { enum: ['drums', 'bass'] }, uniqueItems: true, default: ['drums'] },
  image_urls: { type: 'array', items: text },
  tags: { anyOf: [text, { type: 'array', items: text }] },
  weights: { type: 'object', additionalProperties: { type: 'number' } },
});
const letters = (input: JsonObject) => itemsAt(form, input, ['image_urls']).join('');
const abc: JsonObject = { image_urls: ['a', 'b', 'c'] };

describe('the items of a list', () => {
  it('are added with a starting value, at the end or in a place', () => {
    expect(addItem(form, {}, ['loras'])).toEqual({ loras: [{}] });
    expect(addItem(form, { loras: [{ path: 'a' }] }, ['loras'], 0)).toEqual({ loras: [{}, { path: 'a' }] });
    expect(addItem(form, { loras: [{}] }, ['loras', 0, 'tags'])).toEqual({ loras: [{ tags: [''] }] });
    expect(addItem(form, {}, ['image_urls'], undefined, 'https://a.b/c.png')).toEqual({
      image_urls: ['https://a.b/c.png'],
    });
    expect(addItem(form, {}, ['weights'])).toEqual({});
  });

  it('begin with the default in sight, and choose what is not chosen yet', () => {
    expect(addItem(form, {}, ['stems'])).toEqual({ stems: ['drums', 'bass'] });
    expect(removeItem(form, {}, ['stems'], 0)).toEqual({ stems: [] });
    expect(removeItem(form, { stems: ['drums', 'bass'] }, ['stems'], 1)).toEqual({});
  });

  it('are taken out, moved and doubled', () => {
    expect(letters(removeItem(form, abc, ['image_urls'], 1))).toBe('ac');
    expect(letters(moveItem(form, abc, ['image_urls'], 0, 2))).toBe('bca');
    expect(letters(moveItem(form, abc, ['image_urls'], 2, 0))).toBe('cab');
    expect(letters(duplicateItem(form, abc, ['image_urls'], 1))).toBe('abbc');
    expect(removeItem(form, { image_urls: ['a'] }, ['image_urls'], 0)).toEqual({});
  });

  it('leave a list behind that must be there, and is empty', () => {
    const needed = formOf({ image_urls: { type: 'array', items: text } }, ['image_urls']);
    const emptied = removeItem(needed, { image_urls: ['a'] }, ['image_urls'], 0);
    expect(emptied).toEqual({ image_urls: [] });
    expect(checkInput(needed, emptied)).toEqual([]);
    expect(checkInput(needed, {})).toHaveLength(1);
  });

  it('keep all of a thing that stands by itself, when one value in it is set', () => {
    const point = { type: 'object', required: ['x'], properties: { x: { type: 'number' }, note: text } };
    const alone = formOf({ points: { anyOf: [point, { type: 'array', items: point }] } });
    const input = { points: { x: 1, note: 'here' } };
    expect(valueAt(alone, input, ['points', 0, 'note'])).toBe('here');
    expect(setAt(alone, input, ['points', 0, 'x'], 2)).toEqual({ points: [{ x: 2, note: 'here' }] });
  });

  it('stay as they are where there is nothing to do', () => {
    expect(moveItem(form, abc, ['image_urls'], 1, 1)).toBe(abc);
    expect(moveItem(form, abc, ['image_urls'], 1, 3)).toBe(abc);
    expect(moveItem(form, abc, ['image_urls'], 9, 0)).toBe(abc);
    expect(duplicateItem(form, abc, ['image_urls'], 9)).toBe(abc);
    expect(removeItem(form, abc, ['image_urls'], 9)).toBe(abc);
  });

  it('are never lost by moving', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(9), fc.nat(9), (items, from, to) => {
        const moved = moveItem(form, { image_urls: items }, ['image_urls'], from, to);
        expect(itemsAt(form, moved, ['image_urls']).toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  it('take in one that stood without a list', () => {
    expect(itemsAt(form, { tags: 'bird' }, ['tags'])).toEqual(['bird']);
    expect(addItem(form, { tags: 'bird' }, ['tags'])).toEqual({ tags: ['bird', ''] });
    expect(checkInput(form, { tags: 'bird' })).toEqual([]);
  });

  it('of files need one in each row; choices count once', () => {
    const said = (input: JsonObject) =>
      checkInput(form, input).map(({ path, message }) => `${path.join('/')}: ${message}`);
    expect(said({ image_urls: ['a', ''] })).toEqual(['image_urls/1: An image is needed']);
    expect(said({ stems: ['bass', 'drums', 'bass'] })).toEqual(['stems/2: Already in the list']);
  });
});

describe('startingValue', () => {
  it.each<[JsonObject, JsonValue]>([
    [{ type: 'string' }, ''],
    [{ type: 'string', default: 'x' }, 'x'],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'number', maximum: -2 }, -2],
    [{ type: 'number' }, 0],
    [{ type: 'boolean' }, false],
    [{ enum: ['b', 'a'] }, 'b'],
    [{ type: 'array', items: { type: 'string' } }, []],
    [{ type: 'array', prefixItems: [{ type: 'integer', minimum: 1 }, { type: 'string' }] }, [1, '']],
    [{ type: 'object', additionalProperties: { type: 'string' } }, {}],
    [
      { type: 'object', properties: { width: { type: 'integer' }, height: { type: 'integer' } } },
      { width: 1, height: 1 },
    ],
    [{ type: 'array' }, []],
    [{}, {}],
  ])('%j begins as %j', (property, value) => {
    expect(startingValue(fieldOf(property))).toEqual(value);
  });
});
