import { encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeInput } from './codec.ts';
import type { WireValue } from './codec.ts';
import { readMessage } from './messages.ts';

test('integers of 64 bits come through to the last digit, both ways', () => {
  const input = { seed: 12345678901234567890n, small: 7, negative: -9007199254740993n, half: 0.5 };
  expect(decodeFrame(bytesOf(encodeInput(input, 'msgpack')))).toEqual(input);
  expect(encodeInput(input, 'json')).toBe(
    '{"seed":12345678901234567890,"small":7,"negative":-9007199254740993,"half":0.5}',
  );
});

test('a small integer that was packed wide is a number', () => {
  expect(decodeFrame(encode({ seed: 7n }, { useBigInt64: true }))).toEqual({ seed: 7 });
});

test('an integer goes out as an integer however long it is, as the plain encoder writes it', () => {
  for (const n of [
    0,
    127,
    -1,
    65_536,
    4_294_967_295,
    4_294_967_296,
    5_000_000_000,
    -5_000_000_000,
    2 ** 53 - 1,
  ])
    expect(encodeInput({ seed: n }, 'msgpack')).toEqual(encode({ seed: n }));
  expect(decodeFrame(bytesOf(encodeInput({ seed: 5_000_000_000 }, 'msgpack')))).toEqual({
    seed: 5_000_000_000,
  });
});

test('bytes stay bytes in MessagePack and become a data URI in JSON', () => {
  const input = { image: new Uint8Array([255, 216, 255]) };
  expect(decodeFrame(bytesOf(encodeInput(input, 'msgpack')))).toEqual(input);
  expect(encodeInput(input, 'json')).toBe('{"image":"data:application/octet-stream;base64,/9j/"}');
});

test('any JSON goes there and back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
      // -0 is no number of JSON, and a key of this name is none of an object literal.
      const plain: unknown = JSON.parse(
        JSON.stringify(value, (key, inner) => (key === '__proto__' ? undefined : (inner as unknown))),
      );
      const packed = encode(plain);
      expect(decodeFrame(packed)).toEqual(plain);
    }),
  );
});

test('hostile bytes are unreadable and never throw', () => {
  const deep = new Uint8Array(20_000).fill(0x91);
  for (const bytes of [
    deep,
    new Uint8Array(),
    new Uint8Array([0xc1]),
    new Uint8Array([0xdf, 255, 255, 255, 255]),
  ])
    expect(readMessage(bytes)).toEqual({ kind: 'unreadable' });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(readMessage(bytes).kind).toBeDefined();
    }),
  );
  expect(readMessage(encode([1, 2]))).toEqual({ kind: 'unreadable' });
  expect(readMessage(encode(new Date()))).toEqual({ kind: 'unreadable' });
  expect(readMessage('not JSON')).toEqual({ kind: 'unreadable' });
  expect(readMessage(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`)).toEqual({ kind: 'unreadable' });
  const huge = { status: 'error', error: { code: 2n ** 60n, bytes: new Uint8Array(3) } };
  expect(readMessage(encode(huge, { useBigInt64: true }))).toMatchObject({ kind: 'refused' });
});

test.each([
  [
    { type: 'x-fal-message', action: 'timings', timing: 0.25 },
    { kind: 'timings', seconds: 0.25 },
  ],
  [{ type: 'x-fal-error', error: 'TIMEOUT', reason: 'idle' }, { kind: 'idle' }],
  [
    { type: 'x-fal-error', error: 'INTERNAL_ERROR', reason: 'bad seed' },
    { kind: 'refused', code: 'INTERNAL_ERROR', reason: 'bad seed', closes: true },
  ],
  [{ type: 'x-fal-error' }, { kind: 'refused', code: 'UNKNOWN', reason: '', closes: true }],
  [{ type: 'x-fal-anything', images: [] }, { kind: 'noise' }],
  [{ status: 'error', error: 'Unauthorized' }, { kind: 'unauthorized' }],
  [
    { status: 'error', error: { code: 3 } },
    { kind: 'refused', code: 'error', reason: '{"code":3}', closes: false },
  ],
  [{ status: 'ok' }, { kind: 'answer', output: { status: 'ok' } }],
])('%j (fal-protocol §7.4)', (message, meaning) => {
  expect(readMessage(JSON.stringify(message))).toEqual(meaning);
  expect(readMessage(encode(message))).toEqual(meaning);
});

test('what no frame can hold is null, and throws nothing', () => {
  let deep: { readonly [key: string]: WireValue } = {};
  for (let i = 0; i < 200; i += 1) deep = { deep };
  expect(encodeInput(deep, 'msgpack')).toBeNull();
  expect(encodeInput({ list: [2n ** 64n] }, 'msgpack')).toBeNull();
  expect(encodeInput({ seed: 2n ** 64n - 1n }, 'msgpack')).not.toBeNull();
  expect(encodeInput({ seed: 2n ** 64n }, 'json')).toBe('{"seed":18446744073709551616}');
});

function bytesOf(frame: Uint8Array | string | null): Uint8Array {
  if (!(frame instanceof Uint8Array)) throw new Error('no bytes');
  return frame;
}
