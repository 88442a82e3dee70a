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

/**
 * The body to send: the draft, with required fields that have a default filled in, in the form's order and then keys the
 * form does not know. Optional fields left alone stay out, so that the server's own defaults count. The same holds within
 * groups and items that are there.
 */
export function buildRequest(form: ModelForm, input: JsonObject): JsonObject {
  return filledObject(form.fields, input);
}

function filledObject(fields: readonly Field[], object: JsonObject): JsonObject {
  const known = fields.map((field): readonly [string, JsonValue | undefined] => {
    const value = field.required ? shownValue(field, object) : own(object, field.name);
    return [field.name, value === undefined ? undefined : filled(field, value)];
  });
  const names = new Set(fields.map((field) => field.name));
  const unknown = Object.entries(object).filter(([name]) => !names.has(name));
  return Object.fromEntries(
    [...known, ...unknown].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function filled(field: Field, value: JsonValue): JsonValue {
  switch (field.kind) {
    case 'object':
      return isJsonObject(value) ? filledObject(field.fields, value) : value;
    case 'list':
      return isJsonArray(value) ? value.map((item) => filled(field.item, item)) : value;
    case 'map':
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(field.value, inner)]))
        : value;
    case 'tuple':
      return isJsonArray(value)
        ? value.map((item, i) => {
            const place = field.items[i];
            return place === undefined ? item : filled(place, item);
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
