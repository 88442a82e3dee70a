import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/**
 * One JSON Schema object. Documents come from outside and mix several dialects (fal-protocol §12.4), so nothing about
 * its keys is taken for granted: each is read through the helpers below, which answer `undefined` for a wrong type.
 */
export type SchemaNode = JsonObject;

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function own(node: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

export function textAt(node: JsonObject, key: string): string | undefined {
  const value = own(node, key);
  return typeof value === 'string' ? value : undefined;
}

/** A number, exact when the document held an integer beyond 2^53. */
export function exactNumberAt(node: JsonObject, key: string): number | bigint | undefined {
  const value = own(node, key);
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

export function numberAt(node: JsonObject, key: string): number | undefined {
  const value = exactNumberAt(node, key);
  return value === undefined ? undefined : Number(value);
}

/** A count such as `maxLength`: a whole number that is not negative. */
export function countAt(node: JsonObject, key: string): number | undefined {
  const value = numberAt(node, key);
  return value !== undefined && Number.isInteger(value) && value >= 0 ? value : undefined;
}

export function flagAt(node: JsonObject, key: string): boolean {
  return own(node, key) === true;
}

export function listAt(node: JsonObject, key: string): readonly JsonValue[] | undefined {
  const value = own(node, key);
  return isJsonArray(value) ? value : undefined;
}

export function objectAt(node: JsonObject, key: string): JsonObject | undefined {
  const value = own(node, key);
  return isJsonObject(value) ? value : undefined;
}

export function without(node: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !keys.includes(key)));
}

/** The properties of an object schema, in the order of the document. */
export function propertiesOf(node: SchemaNode): readonly (readonly [name: string, node: JsonValue])[] {
  return Object.entries(objectAt(node, 'properties') ?? {});
}

export function requiredOf(node: SchemaNode): ReadonlySet<string> {
  return new Set((listAt(node, 'required') ?? []).filter((name) => typeof name === 'string'));
}
