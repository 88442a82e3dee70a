import { isJsonObject, sameJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm } from './field.ts';
import { isJsonArray, own } from './node.ts';

/*
 * A draft is the request object itself and holds only what the person set, at every depth; what a field shows beyond that
 * is its default. So the form, the JSON view and the code view cannot disagree.
 */

/** What a field shows, given the object it belongs to: the value set there, else the default. */
export function valueOf(field: Field, object: JsonObject): JsonValue | undefined {
  return Object.hasOwn(object, field.name) ? object[field.name] : field.default;
}

/** As `valueOf`, but a group that has to be there is there, though nothing in it is set yet. */
export function shownValue(field: Field, object: JsonObject): JsonValue | undefined {
  const value = valueOf(field, object);
  return value === undefined && field.kind === 'object' && field.required ? {} : value;
}

/** Which values a request holds: those required or changed, or all, with every default that is known. */
export type RequestHolds = 'changed' | 'all';

/**
 * The body to send: the draft, with required fields that have a default filled in, in the form's order and then keys the
 * form does not know. Optional fields left alone stay out, so that the server's own defaults count, unless it holds all.
 * The same holds within groups and items that are there.
 */
export function buildRequest(
  form: ModelForm,
  input: JsonObject,
  holds: RequestHolds = 'changed',
): JsonObject {
  return filledObject(form.fields, input, holds);
}

function filledObject(fields: readonly Field[], object: JsonObject, holds: RequestHolds): JsonObject {
  const known = fields.map((field): readonly [string, JsonValue | undefined] => {
    const value = field.required || holds === 'all' ? shownValue(field, object) : own(object, field.name);
    return [field.name, value === undefined ? undefined : filled(field, value, holds)];
  });
  const names = new Set(fields.map((field) => field.name));
  const unknown = Object.entries(object).filter(([name]) => !names.has(name));
  return Object.fromEntries(
    [...known, ...unknown].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function filled(field: Field, value: JsonValue, holds: RequestHolds): JsonValue {
  return withinValue(field, value, (fields, object) => filledObject(fields, object, holds));
}

/** The draft behind a request that holds all: its defaults were not set by anyone. */
export function withoutDefaults(form: ModelForm, request: JsonObject): JsonObject {
  return leanObject(form.fields, request);
}

function leanObject(fields: readonly Field[], object: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      const field = byName.get(name);
      if (field === undefined) return [[name, value]];
      if (!field.required && sameJson(field.default, value)) return [];
      return [[name, withinValue(field, value, leanObject)]];
    }),
  );
}

/** A value with every object in it that a group describes put through `change`; what fits no field stays as it is. */
function withinValue(
  field: Field,
  value: JsonValue,
  change: (fields: readonly Field[], object: JsonObject) => JsonObject,
): JsonValue {
  const inner = (field: Field, value: JsonValue): JsonValue => withinValue(field, value, change);
  switch (field.kind) {
    case 'object':
      return isJsonObject(value) ? change(field.fields, value) : value;
    case 'list':
      return isJsonArray(value) ? value.map((item) => inner(field.item, item)) : value;
    case 'map':
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(field.value, item)]))
        : value;
    case 'tuple':
      return isJsonArray(value)
        ? value.map((item, i) => {
            const place = field.items[i];
            return place === undefined ? item : inner(place, item);
          })
        : value;
    default:
      return value;
  }
}

/**
 * How many of `fields` the draft gives a value other than the default, a group counting once for each value in it.
 * `object` is what the fields belong to: the draft, or the group.
 */
export function changedCount(fields: readonly Field[], object: JsonObject): number {
  return fields.reduce((count, field) => count + changesOf(field, own(object, field.name)), 0);
}

function changesOf(field: Field, value: JsonValue | undefined): number {
  if (value === undefined || sameJson(value, field.default)) return 0;
  if (field.kind !== 'object' || !isJsonObject(value)) return 1;
  // A group that is there counts even when nothing in it differs: its being there is the change.
  return Math.max(1, changedCount(field.fields, value));
}
