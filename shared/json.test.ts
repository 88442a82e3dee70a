import { describe, expect, it } from 'vitest';
import { isJson, parseJson, sameJson, stringifyJson } from './json.ts';

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

  it('refuses what JSON cannot carry', () => {
    expect(isJson({ a: [1, 'x', null, true, 2n] })).toBe(true);
    expect(isJson({ a: undefined })).toBe(false);
    expect(isJson(Number.NaN)).toBe(false);
    expect(isJson(new Date())).toBe(false);
  });
});
