/** What JSON can say. Integers beyond 2^53 are `bigint`, so that a seed never loses its last digits. */
export type JsonValue =
  string | number | bigint | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

export type ParseResult =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

// `context.source` and `JSON.rawJSON` are in every engine this runs on, but not yet in TypeScript's library.
declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): object;
  }
}

/** No integer of fewer digits is beyond 2^53. Looking at each value takes far longer than reading it. */
const MAY_BE_UNSAFE = /\d{16}/;

/** Characters of a written integer, more than any double has; reading one of a million digits takes seconds. */
export const LONGEST_INTEGER = 400;

/** Lists and objects in each other: far more than any model or person nests, far fewer than what walks through them bears. */
export const DEEPEST = 500;

/** Parses JSON text exactly: an integer that a double cannot hold comes back as a bigint, and one too long for any use is refused, and so is what is nested deeper than `DEEPEST`. Never throws. */
export function parseJson(text: string): ParseResult {
  try {
    const value: unknown = MAY_BE_UNSAFE.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
    return isJson(value) ? { ok: true, value } : { ok: false, message: 'not JSON, or nested too deeply' };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Writes JSON text; a bigint becomes a plain integer. `indent` in spaces. */
export function stringifyJson(value: JsonValue, indent = 0): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === 'bigint' ? JSON.rawJSON(inner.toString()) : inner),
    indent,
  );
}

/** The same text for the same values; key order does not count. */
export function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return JSON.rawJSON(inner.toString());
    return typeof inner === 'object' && inner !== null && isPlainObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  });
}

/** Whether it is a value as `parseJson` gives them. */
export const isJson = (value: unknown): value is JsonValue => isJsonWithin(value, DEEPEST);

function isJsonWithin(value: unknown, depth: number): boolean {
  if (value === null) return true;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (depth === 0) return false;
      return Array.isArray(value)
        ? value.every((inner) => isJsonWithin(inner, depth - 1))
        : isPlainObject(value) && Object.values(value).every((inner) => isJsonWithin(inner, depth - 1));
    default:
      return false;
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; key order does not count. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

const exactly = (_key: string, parsed: unknown, { source }: { readonly source?: string }): unknown =>
  typeof parsed === 'number' && source !== undefined && isUnsafeInteger(parsed, source)
    ? BigInt(source)
    : parsed;

function isUnsafeInteger(value: number, source: string): boolean {
  return source.length <= LONGEST_INTEGER && /^-?\d+$/.test(source) && !Number.isSafeInteger(value);
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
