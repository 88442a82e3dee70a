import { isJsonObject, sameJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm } from './field.ts';
import { isJsonArray, own, without } from './node.ts';
import type { Path } from './path.ts';
import { valueOf } from './request.ts';

/** The field at a path; `undefined` for the request itself and for what no field stands for. */
export function fieldAt(form: ModelForm, path: Path): Field | undefined {
  const [top, ...rest] = path;
  let field = form.fields.find(({ name }) => name === top);
  for (const step of rest) field = field && innerField(field, step);
  return field;
}

/** The field one step down: by name in a group, for every index of a list, for every key of a map. */
export function innerField(field: Field, step: string | number): Field | undefined {
  switch (field.kind) {
    case 'object':
      return field.fields.find(({ name }) => name === step);
    case 'list':
      return typeof step === 'number' ? field.item : undefined;
    case 'map':
      return typeof step === 'string' ? field.value : undefined;
    case 'tuple':
      return typeof step === 'number' ? field.items[step] : undefined;
    default:
      return undefined;
  }
}

/** The items of a list: what stands there by itself is the only one, where the field takes it so. */
export function asItems(field: Field | undefined, value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return field?.kind === 'list' && field.orSingle && value !== undefined && value !== null ? [value] : [];
}

/** What stands at a path: the draft's value, else the default of the field there or further up. */
export function valueAt(form: ModelForm, input: JsonObject, path: Path): JsonValue | undefined {
  const [top, ...rest] = path;
  if (top === undefined) return input;
  let field = form.fields.find(({ name }) => name === top);
  let value = field === undefined ? own(input, String(top)) : valueOf(field, input);
  for (const step of rest) {
    const inner = field && innerField(field, step);
    value = typeof step === 'number' ? asItems(field, value)[step] : stepInto(inner, value, step);
    field = inner;
  }
  return value;
}

function stepInto(
  field: Field | undefined,
  value: JsonValue | undefined,
  step: string,
): JsonValue | undefined {
  const object = isJsonObject(value) ? value : {};
  // Without a name of its own it is a map's value, and nothing shows before its key is there.
  return field === undefined || field.name === '' ? own(object, step) : valueOf(field, object);
}

/**
 * The draft with one value set, at any depth; what lies on the way begins as the form shows it. `undefined` takes the key
 * out; so do the default of an optional field, and an empty text or optional list where there is no default to override. An
 * optional group goes with the last of its values. Items of lists are set but not taken out (see `removeItem`). Names
 * without a field are set as they are. The same object when nothing changes.
 */
export function setAt(
  form: ModelForm,
  input: JsonObject,
  path: Path,
  value: JsonValue | undefined,
): JsonObject {
  return setWithin(form.fields, input, path, value);
}

function setWithin(
  fields: readonly Field[],
  object: JsonObject,
  path: Path,
  value: JsonValue | undefined,
): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  const name = String(step);
  const field = fields.find((field) => field.name === name);
  if (rest.length === 0) return withKey(field, object, name, value);
  const shown = field === undefined ? own(object, name) : valueOf(field, object);
  const inner = setInside(field, shown, rest, value);
  const emptied =
    field?.kind === 'object' && !field.required && isEmptyObject(inner) && !isEmptyObject(shown);
  return withKey(field, object, name, emptied ? undefined : inner);
}

/** One key set by the rules of its field. */
function withKey(
  field: Field | undefined,
  object: JsonObject,
  name: string,
  value: JsonValue | undefined,
): JsonObject {
  if (value === undefined || (field !== undefined && saysNothing(field, value))) {
    return Object.hasOwn(object, name) ? without(object, name) : object;
  }
  return sameJson(own(object, name), value) ? object : { ...object, [name]: value };
}

function saysNothing(field: Field, value: JsonValue): boolean {
  if (field.default !== undefined) return !field.required && sameJson(field.default, value);
  switch (field.kind) {
    case 'text':
    case 'file':
      return value === '';
    case 'list':
      // One that must be there may be there and empty: then it is what was asked for.
      return !field.required && isJsonArray(value) && value.length === 0;
    case 'map':
      return isEmptyObject(value);
    default:
      return false;
  }
}

/** A value with something set within it; what is no list or object yet becomes one. */
function setInside(
  field: Field | undefined,
  current: JsonValue | undefined,
  path: Path,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner = field && innerField(field, step);
  if (typeof step === 'number') {
    const items = asItems(field, current);
    const item = setInside(inner, items[step], rest, value);
    if (item === undefined || step > items.length || sameJson(items[step], item)) return current;
    return items.toSpliced(step, 1, item);
  }
  const object = isJsonObject(current) ? current : {};
  if (field?.kind === 'object') return setWithin(field.fields, object, path, value);
  return withKey(undefined, object, step, setInside(inner, own(object, step), rest, value));
}

function isEmptyObject(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
