import { describe, expect, it } from 'vitest';
import { createCodec } from './codec.ts';

const codec = createCodec();
const roundTrip = (value: unknown): unknown => codec.decode(codec.encode(value));

describe('codec', () => {
  it.each([
    ['primitives', [1, -0, Number.NaN, -Infinity, 'ü', true, null, undefined]],
    ['bigint', { n: 2n ** 70n }],
    ['dates, maps, sets', [new Date(5), new Map([['a', new Set([1, { b: 2 }])]]), /wr.n/giu]],
    ['bytes', { a: new Uint8Array([1, 2, 3]), b: new Float64Array([0.5]), c: new Uint8Array(0) }],
    ['keys that look like tags', { $t: 'bigint', v: 'x', inner: { $t: 1 } }],
    ['a key named __proto__', JSON.parse('{"__proto__":{"a":1},"b":2}')],
  ])('carries %s', (_name, value) => {
    expect(roundTrip(value)).toStrictEqual(value);
  });

  it('carries errors with name, message and stack', () => {
    const error = new RangeError('too far');
    const back = roundTrip(error);
    expect(back).toBeInstanceOf(Error);
    expect(back).toMatchObject({ name: 'RangeError', message: 'too far', stack: error.stack });
  });

  it('carries cycles and shared objects', () => {
    const shared = { a: 1 };
    const value: Record<string, unknown> = { x: shared, y: shared, list: [new Map([['m', shared]])] };
    value['self'] = value;
    expect(roundTrip(value)).toStrictEqual(value);
    const back = roundTrip([shared, shared]);
    expect(Array.isArray(back) && back[0] === back[1]).toBe(true);
  });

  it('hands out the buffers it made', () => {
    const buffers: ArrayBuffer[] = [];
    codec.decode(codec.encode([new Uint8Array(3), new ArrayBuffer(5)]), buffers);
    expect(buffers.map((buffer) => buffer.byteLength)).toEqual([3, 5]);
  });

  it.each([[() => 1], [Symbol('s')], [{ deep: [() => 1] }], [Promise.resolve()]])('refuses %s', (value) => {
    expect(() => codec.encode(value)).toThrow('An object could not be cloned.');
  });
});
