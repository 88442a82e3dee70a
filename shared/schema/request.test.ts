import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isJson, isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { formOf } from './form.fixture.ts';
import { setAt } from './draft.ts';
import { buildRequest, changedCount, valueOf, withoutDefaults } from './request.ts';

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

describe('setAt', () => {
  it('keeps only what differs from the default of an optional field', () => {
    expect(setAt(form, {}, ['steps'], 30)).toEqual({ steps: 30 });
    expect(setAt(form, { steps: 30 }, ['steps'], 28)).toEqual({});
    expect(setAt(form, { steps: 30 }, ['list'], [1, { a: 2 }])).toEqual({ steps: 30 });
    expect(setAt(form, {}, ['mode'], 'a')).toEqual({ mode: 'a' });
  });

  it('takes a key out when cleared; an empty text counts as cleared only where it overrides nothing', () => {
    expect(setAt(form, { seed: 1 }, ['seed'], undefined)).toEqual({});
    expect(setAt(form, { note: 'x' }, ['note'], '')).toEqual({});
    expect(setAt(form, { prompt: 'x' }, ['prompt'], '')).toEqual({});
    expect(setAt(form, {}, ['negative'], '')).toEqual({ negative: '' });
    expect(setAt(form, {}, ['seed'], null)).toEqual({ seed: null });
  });

  it('answers the same object when nothing changes, so that nothing is drawn again', () => {
    const input: JsonObject = { list: [1], extra: 1 };
    expect(setAt(form, input, ['list'], [1])).toBe(input);
    expect(setAt(form, input, ['steps'], undefined)).toBe(input);
    expect(setAt(form, input, ['steps'], 28)).toBe(input);
  });

  it('sets names the form does not know, whatever they are called', () => {
    const input = setAt(form, {}, ['__proto__'], 1);
    expect(Object.entries(input)).toEqual([['__proto__', 1]]);
    expect(Object.keys(setAt(form, input, ['__proto__'], undefined))).toEqual([]);
    expect(setAt(form, {}, ['toString'], undefined)).toEqual({});
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

describe('a request that holds all', () => {
  it('has every default that is known, and a null where that is one', () => {
    const request = buildRequest(form, { prompt: 'wren', steps: 4, zebra: 1 }, 'all');
    expect(Object.entries(request)).toEqual([
      ['prompt', 'wren'],
      ['steps', 4],
      ['mode', 'a'],
      ['negative', 'blurry'],
      ['list', [1, { a: 2 }]],
      ['zebra', 1],
    ]);
  });

  it('leaves a draft behind that is no larger for it, and asks for the same', () => {
    const draft = { prompt: 'wren', steps: 4, zebra: 1 };
    const whole = buildRequest(form, draft, 'all');
    expect(withoutDefaults(form, whole)).toEqual({ ...draft, mode: 'a' });
    expect(buildRequest(form, withoutDefaults(form, whole), 'all')).toEqual(whole);
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
    expect(changedCount(form.fields, { steps: 28, prompt: 'x', zebra: 1, seed: null })).toBe(2);
    expect(changedCount(form.fields.slice(0, 1), { steps: 1 })).toBe(0);
  });
});
