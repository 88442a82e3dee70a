import { decode, encode } from '@msgpack/msgpack';
import type { JsonObject } from '../types.ts';
import { isObject, toJson } from '../http.ts';
import type { Frame, RealtimeModel } from './types.ts';

export type Codec = {
  /** As `x-fal-protocol.contentType` says it (fal-protocol §12.4). */
  readonly contentType: string;
  /** Throws what the runner would say. */
  decode(bytes: Uint8Array, binary: boolean): unknown;
  encode(output: JsonObject): Frame;
};

const msgpack: Codec = {
  contentType: 'application/msgpack',
  decode(bytes, binary) {
    // The stock decoder reads bytes alone: text ends the session (fal-protocol §7.3).
    if (!binary) throw new Error("KeyError: 'bytes': a text frame is no input of this endpoint");
    return toNumbers(decode(bytes, { useBigInt64: true }));
  },
  encode: (output) => encode(toWide(output), { useBigInt64: true }),
};

const json: Codec = {
  contentType: 'application/json',
  decode: (bytes) =>
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')),
  encode: (output) => toJson(toText(output, null)),
};

export function codecOf(model: RealtimeModel): Codec {
  return model.codec === 'json' ? json : msgpack;
}

type Change = (value: unknown, holder: JsonObject | null) => unknown;

function each(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((item) => change(item, null));
  if (!isObject(value) || value instanceof Uint8Array || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, value)]));
}

/** Wide integers come as bigints, which nothing but those beyond 2^53 should be. */
function toNumbers(value: unknown): unknown {
  if (typeof value !== 'bigint') return each(value, toNumbers);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The encoder writes numbers beyond 32 bits as floats unless they are bigints; the runner writes integers. */
function toWide(value: unknown): unknown {
  const wide = Number.isSafeInteger(value) && (Number(value) > 0xffffffff || Number(value) < -0x80000000);
  return wide ? BigInt(Number(value)) : each(value, toWide);
}

/** JSON has no bytes: they go as data URIs, of the type that stands beside them. */
function toText(value: unknown, holder: JsonObject | null): unknown {
  if (!(value instanceof Uint8Array)) return each(value, toText);
  const type =
    typeof holder?.['content_type'] === 'string' ? holder['content_type'] : 'application/octet-stream';
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return `data:${type};base64,${bytes.toString('base64')}`;
}
