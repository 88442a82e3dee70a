import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { checkInput } from './check.ts';
import { fieldAt, setAt, valueAt } from './draft.ts';
import { formOf } from './form.fixture.ts';
import { buildRequest, changedCount } from './request.ts';

const text = { type: 'string' };
const lora = {
  type: 'object',
  required: ['path', 'mode'],
  properties: { path: text, scale: { type: 'number', default: 1 }, mode: { ...text, default: 'add' } },
};
const form = formOf(
  {
    prompt: text,
    loras: { type: 'array', items: lora },
    voice: {
      type: 'object',
      properties: { speed: { type: 'number', default: 1 }, name: text, tags: { type: 'array', items: text } },
      default: { speed: 2, name: 'Ida' },
    },
    camera: {
      type: 'object',
      required: ['angle', 'lens'],
      properties: { angle: { type: 'integer' }, lens: { enum: ['wide', 'long'], default: 'wide' } },
    },
    hints: { type: 'object', properties: { level: { type: 'integer', default: 3 } } },
    weights: { type: 'object', additionalProperties: { type: 'number' } },
    corner: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }], default: [0, 0] },
    stems: { type: 'array', items: text, default: ['drums'] },
  },
  ['prompt', 'camera'],
);
const set = (input: JsonObject, path: readonly (string | number)[], value: JsonObject[string] | undefined) =>
  setAt(form, input, path, value);

describe('setAt, within', () => {
  it('makes what lies on the way, and keeps what is there', () => {
    expect(set({}, ['camera', 'angle'], 30)).toEqual({ camera: { angle: 30 } });
    expect(set({ camera: { angle: 30, odd: 1 } }, ['camera', 'lens'], 'long')).toEqual({
      camera: { angle: 30, odd: 1, lens: 'long' },
    });
    expect(set({ loras: [{ path: 'a' }, { path: 'b' }] }, ['loras', 1, 'scale'], 0.5)).toEqual({
      loras: [{ path: 'a' }, { path: 'b', scale: 0.5 }],
    });
    expect(set({}, ['weights', 'wren'], 2)).toEqual({ weights: { wren: 2 } });
    expect(set({}, ['unknown', 'deep', 0], 'x')).toEqual({ unknown: { deep: ['x'] } });
  });

  it('begins with the default the form shows', () => {
    expect(set({}, ['voice', 'speed'], 3)).toEqual({ voice: { speed: 3, name: 'Ida' } });
    expect(set({}, ['corner', 1], 5)).toEqual({ corner: [0, 5] });
    expect(set({}, ['stems', 0], 'bass')).toEqual({ stems: ['bass'] });
    expect(set({ stems: ['bass'] }, ['stems', 0], 'drums')).toEqual({});
  });

  it('takes out what says nothing, and an optional group with the last of its values', () => {
    expect(set({ hints: { level: 5 } }, ['hints', 'level'], 3)).toEqual({});
    expect(set({ hints: { level: 5, odd: 1 } }, ['hints', 'level'], undefined)).toEqual({
      hints: { odd: 1 },
    });
    expect(set({ camera: { angle: 1 } }, ['camera', 'angle'], undefined)).toEqual({ camera: {} });
    expect(set({ loras: [{ path: 'a' }] }, ['loras', 0, 'path'], '')).toEqual({ loras: [{}] });
    expect(set({ weights: { wren: 2 } }, ['weights', 'wren'], undefined)).toEqual({});
    expect(set({}, ['hints'], {})).toEqual({ hints: {} });
  });

  it('answers the same object when nothing changes', () => {
    const input: JsonObject = { loras: [{ path: 'a' }], hints: { level: 5 } };
    expect(set(input, ['loras', 0, 'path'], 'a')).toBe(input);
    expect(set(input, ['loras', 0, 'scale'], 1)).toBe(input);
    expect(set(input, ['loras', 3, 'path'], 'far off')).toBe(input);
    expect(set(input, ['loras', 0], undefined)).toBe(input);
    expect(set(input, ['hints', 'level'], 5)).toBe(input);
    expect(set(input, [], 5)).toBe(input);
  });

  it('leaves other parts of the draft as they are, by identity', () => {
    const input: JsonObject = { loras: [{ path: 'a' }, { path: 'b' }], hints: { level: 5 } };
    const next = set(input, ['loras', 1, 'path'], 'c');
    expect(next['hints']).toBe(input['hints']);
    expect(valueAt(form, next, ['loras', 0])).toBe(valueAt(form, input, ['loras', 0]));
  });

  it('takes any name for what it is', () => {
    expect(Object.entries(set({}, ['weights', '__proto__'], 1))).toEqual([
      ['weights', Object.fromEntries([['__proto__', 1]])],
    ]);
    expect(valueAt(form, {}, ['hints', 'constructor'])).toBeUndefined();
  });
});

describe('valueAt and fieldAt', () => {
  it('show the draft, else the nearest default', () => {
    const at = (...path: readonly (string | number)[]) =>
      valueAt(form, { voice: { name: 'Bo' }, loras: [{ path: 'a' }], odd: [{ a: 1 }] }, path);
    expect(at('voice', 'name')).toBe('Bo');
    expect(at('voice', 'speed')).toBe(1);
    expect(valueAt(form, {}, ['voice', 'speed'])).toBe(2);
    expect(at('loras', 0, 'scale')).toBe(1);
    expect(at('loras', 1, 'path')).toBeUndefined();
    expect(at('hints', 'level')).toBe(3);
    expect(at('corner', 0)).toBe(0);
    expect(at('odd', 0, 'a')).toBe(1);
  });

  it('know the field at any depth', () => {
    expect(fieldAt(form, ['loras', 7, 'scale'])?.kind).toBe('number');
    expect(fieldAt(form, ['weights', 'any'])?.kind).toBe('number');
    expect(fieldAt(form, ['corner', 1])?.label).toBe('Value 2');
    expect(fieldAt(form, ['corner', 2])).toBeUndefined();
    expect(fieldAt(form, ['loras', 'path'])).toBeUndefined();
    expect(fieldAt(form, [])).toBeUndefined();
  });
});

describe('a request with groups and lists', () => {
  it('fills required keys that have a default at every depth, in the form’s order', () => {
    expect(buildRequest(form, {})).toEqual({ camera: { lens: 'wide' } });
    const request = buildRequest(form, { loras: [{ odd: 1, scale: 2, path: 'a' }], voice: {} });
    expect(request).toEqual({
      loras: [{ path: 'a', scale: 2, mode: 'add', odd: 1 }],
      voice: {},
      camera: { lens: 'wide' },
    });
    const [first] = Object.values(request);
    expect(Array.isArray(first) && Object.keys(first[0])).toEqual(['path', 'mode', 'scale', 'odd']);
  });

  it('is checked down to the deepest field', () => {
    const problems = checkInput(form, {
      prompt: 'wren',
      loras: [{ path: 'a' }, { scale: 'x' }, 5],
      weights: { wren: 'x' },
      corner: [1],
    });
    expect(problems.map(({ path, message }) => [path.join('/'), message])).toEqual([
      ['loras/1/path', 'A path is needed'],
      ['loras/1/scale', 'A number'],
      ['loras/2', 'Expected: object with 3 fields'],
      ['camera/angle', 'An angle is needed'],
      ['weights/wren', 'A number'],
      ['corner', 'Expected: list of 2 values'],
    ]);
  });

  it('counts what differs, each value of a group for itself and a list as one', () => {
    const count = (input: JsonObject) => changedCount(form.fields, input);
    expect(count({ voice: { speed: 2, name: 'Ida' } })).toBe(0);
    expect(count({ voice: { speed: 3, name: 'Bo' }, loras: [{}, {}] })).toBe(3);
    expect(count({ hints: {} })).toBe(1);
  });
});
