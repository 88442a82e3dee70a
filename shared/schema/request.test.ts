import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isJson, isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { formOf } from './form.fixture.ts';
import { buildRequest, changedCount, setValue, valueOf } from './request.ts';

const form = formOf(
  {
    prompt: { type: 'string' },
    steps: { type: 'integer', default: 28 },
    mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
    negative: { type: 'string', default: 'blurry' },
    note: { type: 'string' },
    seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    list: { type: 'array', items: {}, default: [1, { a: 2 }] },
  },
  ['prompt', 'mode'],
);

describe('setValue', () => {
  it('keeps only what differs from the default of an optional field', () => {
    expect(setValue(form, {}, 'steps', 30)).toEqual({ steps: 30 });
    expect(setValue(form, { steps: 30 }, 'steps', 28)).toEqual({});
    expect(setValue(form, { steps: 30 }, 'list', [1, { a: 2 }])).toEqual({ steps: 30 });
    expect(setValue(form, {}, 'mode', 'a')).toEqual({ mode: 'a' });
  });

  it('takes a key out when cleared; an empty text counts as cleared only where it overrides nothing', () => {
    expect(setValue(form, { seed: 1 }, 'seed', undefined)).toEqual({});
    expect(setValue(form, { note: 'x' }, 'note', '')).toEqual({});
    expect(setValue(form, { prompt: 'x' }, 'prompt', '')).toEqual({});
    expect(setValue(form, {}, 'negative', '')).toEqual({ negative: '' });
    expect(setValue(form, {}, 'seed', null)).toEqual({ seed: null });
  });

  it('answers the same object when nothing changes, so that nothing is drawn again', () => {
    const input: JsonObject = { list: [1], extra: 1 };
    expect(setValue(form, input, 'list', [1])).toBe(input);
    expect(setValue(form, input, 'steps', undefined)).toBe(input);
    expect(setValue(form, input, 'steps', 28)).toBe(input);
  });

  it('sets names the form does not know, whatever they are called', () => {
    const input = setValue(form, {}, '__proto__', 1);
    expect(Object.entries(input)).toEqual([['__proto__', 1]]);
    expect(Object.keys(setValue(form, input, '__proto__', undefined))).toEqual([]);
    expect(setValue(form, {}, 'toString', undefined)).toEqual({});
  });
});

describe('buildRequest', () => {
  it('fills in required fields that have a default, in the form’s order, and keeps unknown keys', () => {
    expect(buildRequest(form, {})).toEqual({ mode: 'a' });
    const request = buildRequest(form, { zebra: 1, seed: 5n, prompt: 'wren' });
    expect(Object.entries(request)).toEqual([
      ['prompt', 'wren'],
      ['mode', 'a'],
      ['seed', 5n],
      ['zebra', 1],
    ]);
  });

  it('keeps everything the draft holds, and adds nothing but required defaults', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('steps', 'mode', '__proto__')), fc.jsonValue()),
        (draft) => {
          const input = isJson(draft) && isJsonObject(draft) ? draft : {};
          const request = buildRequest(form, input);
          expect(request).toMatchObject(input);
          expect(
            Object.keys(request).filter((name) => !Object.hasOwn(input, name) && name !== 'mode'),
          ).toEqual([]);
          expect(isJson(request)).toBe(true);
        },
      ),
    );
  });
});

describe('valueOf and changedCount', () => {
  const [, steps] = form.fields;
  it('shows the draft’s value, else the default, and null as null', () => {
    if (steps === undefined) throw new Error('no field');
    expect([valueOf(steps, {}), valueOf(steps, { steps: 3 }), valueOf(steps, { steps: null })]).toEqual([
      28,
      3,
      null,
    ]);
  });

  it('counts what differs from the default', () => {
    expect(changedCount(form, { steps: 28, prompt: 'x', zebra: 1, seed: null }, form.fields)).toBe(2);
    expect(changedCount(form, { steps: 1 }, form.fields.slice(0, 1))).toBe(0);
  });
});
