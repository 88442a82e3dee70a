import { sameJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm } from './field.ts';
import { own, without } from './node.ts';

/*
 * A draft is the request object itself and holds only what the person set; what a field shows beyond that is its
 * default. So the form, the JSON view and the code view cannot disagree.
 */

/**
 * The draft with one value set. `undefined` takes the key out; so do the default of an optional field and an empty text
 * where there is no default to override. Names without a field are set as they are.
 */
export function setValue(
  form: ModelForm,
  input: JsonObject,
  name: string,
  value: JsonValue | undefined,
): JsonObject {
  const field = form.fields.find((field) => field.name === name);
  if (value === undefined || (field !== undefined && saysNothing(field, value))) {
    return Object.hasOwn(input, name) ? without(input, name) : input;
  }
  return sameJson(own(input, name), value) ? input : { ...input, [name]: value };
}

function saysNothing(field: Field, value: JsonValue): boolean {
  if (field.default !== undefined) return !field.required && sameJson(field.default, value);
  return (field.kind === 'text' || field.kind === 'file') && value === '';
}

/** What a field shows: the draft's value, else the default; `undefined` when there is neither. */
export function valueOf(field: Field, input: JsonObject): JsonValue | undefined {
  return Object.hasOwn(input, field.name) ? input[field.name] : field.default;
}

/**
 * The body to send: the draft, with required fields that have a default filled in, in the form's order and then keys the
 * form does not know. Optional fields left alone stay out, so that the server's own defaults count.
 */
export function buildRequest(form: ModelForm, input: JsonObject): JsonObject {
  const known = form.fields.map((field): readonly [string, JsonValue | undefined] => [
    field.name,
    field.required ? valueOf(field, input) : own(input, field.name),
  ]);
  const names = new Set(form.fields.map((field) => field.name));
  const unknown = Object.entries(input).filter(([name]) => !names.has(name));
  return Object.fromEntries(
    [...known, ...unknown].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** How many of `fields` the draft gives a value other than the default. */
export function changedCount(
  form: ModelForm,
  input: JsonObject,
  fields: readonly Field[] = form.fields,
): number {
  return fields.filter((field) => {
    const value = own(input, field.name);
    return value !== undefined && !sameJson(value, field.default);
  }).length;
}
