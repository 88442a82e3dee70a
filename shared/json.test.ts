import { describe, expect, it } from 'vitest';
import { canonicalText, DEEPEST, isJson, parseJson, sameJson, stringifyJson } from './json.ts';

describe('json', () => {
  it('keeps integers beyond 2^53 exact in both directions', () => {
    const text = '{"seed":9007199254740993,"scale":0.5,"steps":28,"min":-9223372036854775808}';
    const parsed = parseJson(text);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.value).toEqual({
      seed: 9007199254740993n,
      scale: 0.5,
      steps: 28,
      min: -9223372036854775808n,
    });
    expect(stringifyJson(parsed.value)).toBe(text);
  });

  it('says what is wrong with text that is not JSON', () => {
    const parsed = parseJson('{"prompt": }');
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.message).not.toBe('');
  });

  it('tells equal values from different ones whatever the key order', () => {
    expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameJson([1], { 0: 1 })).toBe(false);
  });

  it('writes equal values as one text whatever the key order, and different ones as two', () => {
    const text = canonicalText({ a: [1, { d: 2n, c: null }], b: '2' });
    expect(canonicalText({ b: '2', a: [1, { c: null, d: 2n }] })).toBe(text);
    expect(canonicalText({ b: 2, a: [1, { c: null, d: 2n }] })).not.toBe(text);
    expect(canonicalText([1, 2])).not.toBe(canonicalText([2, 1]));
  });

  it('refuses an integer longer than any use has, without reading it', () => {
    expect(parseJson(`{"seed": ${'9'.repeat(400)}}`).ok).toBe(true);
    expect(parseJson(`{"seed": ${'9'.repeat(401)}}`).ok).toBe(false);
    expect(parseJson(`[-${'1'.repeat(20_000_000)}]`).ok).toBe(false);
  });

  it('refuses what is nested deeper than anything that walks through it bears', () => {
    const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    for (const nested of [lists, objects]) {
      expect(parseJson(nested(DEEPEST)).ok).toBe(true);
      for (const depth of [DEEPEST + 1, 3000, 1_000_000]) expect(parseJson(nested(depth)).ok).toBe(false);
    }
  });

  it('refuses what JSON cannot carry', () => {
    expect(isJson({ a: [1, 'x', null, true, 2n] })).toBe(true);
    expect(isJson({ a: undefined })).toBe(false);
    expect(isJson(Number.NaN)).toBe(false);
    expect(isJson(new Date())).toBe(false);
  });
});
