import { Decoder, Encoder } from '@msgpack/msgpack';
import { isJson, parseJson, stringifyJson } from '../../../shared/json.ts';
import type { JsonValue } from '../../../shared/json.ts';

/** What goes over a realtime socket: JSON, and bytes wherever a value may stand. */
export type WireValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };
export type WireObject = { readonly [key: string]: WireValue };

/** How inputs and results are written; control messages are JSON text in both (fal-protocol §7.3). */
export type Codec = 'msgpack' | 'json';

/** No codec of fal's nests deeper than a person could read; hostile bytes would take the stack. */
const DEEPEST = 100;

const encoder = new Encoder({ useBigInt64: true, ignoreUndefined: true, maxDepth: DEEPEST });
// Without bigint mode every integer comes as a double: seeds of 64 bits would lose their last digits.
const decoder = new Decoder({ useBigInt64: true });

/**
 * One frame: bytes for MessagePack, text for JSON. Bytes inside JSON travel as a data URI. Null for what neither can hold:
 * an integer beyond 64 bits, or a nesting without end.
 */
export function encodeInput(input: WireObject, codec: Codec): Uint8Array | string | null {
  try {
    return codec === 'msgpack'
      ? encoder.encode(packable(input))
      : stringifyJson(withoutBytes(input, dataUri));
  } catch {
    return null;
  }
}

/** Reads one frame; undefined where it is neither. */
export function decodeFrame(data: Uint8Array | string): WireValue | undefined {
  try {
    if (typeof data !== 'string') return wireValue(decoder.decode(data), 0);
    const parsed = parseJson(data);
    return parsed.ok ? wireValue(parsed.value, 0) : undefined;
  } catch {
    return undefined;
  }
}

export function isWireObject(value: WireValue | undefined): value is WireObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** `Array.isArray` alone forgets that the list cannot be changed. */
export function isWireList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

/** Foreign values, checked on the way: extensions, dates and maps with odd keys are none of fal's. */
function wireValue(value: unknown, depth: number): WireValue {
  if (depth > DEEPEST) throw new Error('nested too deeply');
  if (value instanceof Uint8Array) return value;
  // 64-bit integers come as bigint, small ones too where the server packed them wide.
  if (typeof value === 'bigint')
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  if (Array.isArray(value)) return value.map((item: unknown) => wireValue(item, depth + 1));
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (isJson(value) && (typeof value !== 'object' || value === null)) return value;
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wireValue(item, depth + 1)]));
  throw new Error('not a value of the wire');
}

/**
 * As the encoder needs it to write every integer as one: it makes a float of a number beyond 32 bits, and cuts a bigint to
 * 64 bits without a word. Throws for an integer that MessagePack cannot hold.
 */
function packable(value: WireValue): WireValue {
  if (typeof value === 'number') return isWide(value) ? BigInt(value) : value;
  if (typeof value === 'bigint') {
    if (value >= 2n ** 64n || value < -(2n ** 63n)) throw new RangeError('beyond 64 bits');
    return value;
  }
  if (isWireObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, packable(inner)]));
  return isWireList(value) ? value.map(packable) : value;
}

const isWide = (value: number): boolean =>
  Number.isSafeInteger(value) && (value > 0xff_ff_ff_ff || value < -0x80_00_00_00);

/** The value as JSON, with `name` in the place of bytes. */
export function withoutBytes(value: WireValue, name: (bytes: Uint8Array) => JsonValue): JsonValue {
  if (value instanceof Uint8Array) return name(value);
  if (isWireObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBytes(item, name)]));
  return isWireList(value) ? value.map((item) => withoutBytes(item, name)) : value;
}

function dataUri({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return `data:application/octet-stream;base64,${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}`;
}
