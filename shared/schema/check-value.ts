import { canonicalText, isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { referencedSha } from '../media/reference.ts';
import { wantedWords } from './expects.ts';
import type {
  ChoiceField,
  Field,
  FileField,
  JsonField,
  JsonKind,
  ListField,
  MapField,
  NumberField,
  ObjectField,
  SizeField,
  TextField,
  TupleField,
} from './field.ts';
import { neededWords } from './needed.ts';
import { isJsonArray, own } from './node.ts';
import type { Path } from './path.ts';
import { shownValue } from './request.ts';

export interface FieldProblem {
  /** Where in the request: the field's name, then keys and indexes within its value. */
  readonly path: Path;
  /** Words for beside the field, without a full stop: "Between 1 and 50". */
  readonly message: string;
}

/** Everything wrong with the values of an object's fields, the missing ones included. `path` leads to the object. */
export function fieldsProblems(
  fields: readonly Field[],
  object: JsonObject,
  path: Path,
): readonly FieldProblem[] {
  return fields.flatMap((field) => {
    const value = shownValue(field, object);
    const within = [...path, field.name];
    if (value !== undefined) return problemsOf(field, value, within);
    return field.required ? [{ path: within, message: neededWords(field) }] : [];
  });
}

/** Everything wrong with a value that is there. What only the server can know (patterns, files) is left to it. */
export function problemsOf(
  field: Field,
  value: JsonValue,
  path: Path = [field.name],
): readonly FieldProblem[] {
  if (value === null) return field.nullable ? [] : at(path, 'Leave it out instead of null');
  if (field.alsoTakes?.some((kind) => isOfKind(value, kind)) === true) return [];
  switch (field.kind) {
    case 'text':
      return textProblems(field, value, path);
    case 'file':
      // A file's own address is what is sent, and not known yet.
      return typeof value === 'string' && referencedSha(value) !== null
        ? []
        : textProblems(field, value, path);
    case 'number':
      return numberProblems(field, value, path);
    case 'seed':
      return isWhole(value) ? rangeProblems(value, field, path) : at(path, 'A whole number');
    case 'switch':
      return typeof value === 'boolean' ? [] : at(path, 'True or false');
    case 'choice':
      return isChoice(field, value) ? [] : at(path, 'Not one of the choices');
    case 'size':
      return sizeProblems(field, value, path);
    case 'list':
      return listProblems(field, value, path);
    case 'object':
      return objectProblems(field, value, path);
    case 'map':
      return mapProblems(field, value, path);
    case 'tuple':
      return tupleProblems(field, value, path);
    case 'json':
      return jsonProblems(field, value, path);
  }
}

function listProblems(field: ListField, value: JsonValue, path: Path): readonly FieldProblem[] {
  const { item, minItems, maxItems } = field;
  if (!isJsonArray(value)) {
    return field.orSingle && problemsOf(item, value, path).length === 0 ? [] : wanted(field, path);
  }
  const seen = field.uniqueItems ? new Set<string>() : null;
  return [
    ...countProblems(value.length, minItems, maxItems, 'item', path),
    ...value.flatMap((one, i) => itemProblems(item, one, [...path, i], seen)),
  ];
}

/** `seen` holds the items before this one where none may come twice, and takes this one in. */
function itemProblems(
  item: Field,
  value: JsonValue,
  path: Path,
  seen: Set<string> | null,
): readonly FieldProblem[] {
  // A new row for a file holds an empty address until there is one.
  if (item.kind === 'file' && value === '') return at(path, neededWords(item));
  const problems = problemsOf(item, value, path);
  if (seen === null) return problems;
  const before = seen.size;
  seen.add(canonicalText(value));
  return problems.length > 0 || seen.size > before ? problems : at(path, 'Already in the list');
}

function objectProblems(field: ObjectField, value: JsonValue, path: Path): readonly FieldProblem[] {
  if (!isJsonObject(value)) return wanted(field, path);
  const names = new Set(field.fields.map(({ name }) => name));
  const unknown = field.open ? [] : Object.keys(value).filter((key) => !names.has(key));
  return [
    ...fieldsProblems(field.fields, value, path),
    ...unknown.flatMap((key) => at([...path, key], 'Not known here')),
  ];
}

function mapProblems(field: MapField, value: JsonValue, path: Path): readonly FieldProblem[] {
  if (!isJsonObject(value)) return wanted(field, path);
  return Object.entries(value).flatMap(([key, one]) => problemsOf(field.value, one, [...path, key]));
}

function tupleProblems(field: TupleField, value: JsonValue, path: Path): readonly FieldProblem[] {
  const { items } = field;
  if (!isJsonArray(value) || value.length !== items.length) return wanted(field, path);
  return items.flatMap((item, i) => problemsOf(item, value[i] ?? null, [...path, i]));
}

function wanted(field: Field, path: Path): readonly FieldProblem[] {
  return at(path, `Expected: ${wantedWords(field)}`);
}

function textProblems(field: TextField | FileField, value: JsonValue, path: Path): readonly FieldProblem[] {
  if (typeof value !== 'string') return at(path, 'Text');
  const { minLength, maxLength } = field;
  // Counting a text of a million characters at each key takes time, and mostly its size alone says enough.
  if (value.length <= (maxLength ?? Infinity) && value.length >= 2 * (minLength ?? 0)) return [];
  return countProblems(characters(value), minLength, maxLength, 'character', path);
}

/** The server is Python: it counts code points, so an emoji is one character and not two. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function numberProblems(field: NumberField, value: JsonValue, path: Path): readonly FieldProblem[] {
  if (!isNumber(value)) return at(path, field.integer ? 'A whole number' : 'A number');
  if (field.integer && !isWhole(value)) return at(path, 'A whole number');
  const outside = rangeProblems(value, field, path);
  if (outside.length > 0 || field.multipleOf === undefined) return outside;
  return isMultiple(Number(value), field.multipleOf) ? [] : at(path, `A multiple of ${field.multipleOf}`);
}

/** 0.3 is a multiple of 0.1, whatever binary fractions make of it. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

interface Range {
  readonly min?: number | bigint;
  readonly max?: number | bigint;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
}

function rangeProblems(value: number | bigint, range: Range, path: Path): readonly FieldProblem[] {
  const { min, max, exclusiveMin, exclusiveMax } = range;
  const low = (min === undefined || value >= min) && (exclusiveMin === undefined || value > exclusiveMin);
  const high = (max === undefined || value <= max) && (exclusiveMax === undefined || value < exclusiveMax);
  return low && high ? [] : at(path, rangeWords(range));
}

function rangeWords({ min, max, exclusiveMin, exclusiveMax }: Range): string {
  if (min !== undefined && max !== undefined && exclusiveMin === undefined && exclusiveMax === undefined) {
    return `Between ${min} and ${max}`;
  }
  const words = [
    exclusiveMin === undefined ? min !== undefined && `at least ${min}` : `more than ${exclusiveMin}`,
    exclusiveMax === undefined ? max !== undefined && `at most ${max}` : `less than ${exclusiveMax}`,
  ].filter((part) => typeof part === 'string');
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isChoice(field: ChoiceField, value: JsonValue): boolean {
  return (field.open && typeof value === 'string') || field.options.some((option) => option.value === value);
}

function sizeProblems(field: SizeField, value: JsonValue, path: Path): readonly FieldProblem[] {
  if (typeof value === 'string') {
    const known = field.open || field.presets.some((preset) => preset.value === value);
    return known ? [] : at(path, 'Not one of the choices');
  }
  if (!isJsonObject(value)) return at(path, 'A width and a height');
  const { minSide, maxSide, sideMultipleOf } = field;
  return ['width', 'height'].flatMap((name) => {
    const side = own(value, name);
    // Either side may be left out: the server has a default for it.
    if (side === undefined) return [];
    const within = [...path, name];
    if (!isWhole(side)) return at(within, 'A whole number');
    if (side < minSide || side > maxSide) return at(within, `Between ${minSide} and ${maxSide}`);
    if (sideMultipleOf === undefined || isMultiple(Number(side), sideMultipleOf)) return [];
    return at(within, `A multiple of ${sideMultipleOf}`);
  });
}

function jsonProblems(field: JsonField, value: JsonValue, path: Path): readonly FieldProblem[] {
  const accepted = field.accepts.length === 0 || field.accepts.some((kind) => isOfKind(value, kind));
  if (!accepted) return wanted(field, path);
  if (!isJsonArray(value)) return [];
  return countProblems(value.length, field.minItems, field.maxItems, 'item', path);
}

function isOfKind(value: JsonValue, kind: JsonKind): boolean {
  switch (kind) {
    case 'object':
      return isJsonObject(value);
    case 'array':
      return isJsonArray(value);
    case 'integer':
      return isWhole(value);
    case 'number':
      return isNumber(value);
    case 'string':
    case 'boolean':
      return typeof value === kind;
  }
}

function countProblems(
  count: number,
  min: number | undefined,
  max: number | undefined,
  unit: string,
  path: Path,
): readonly FieldProblem[] {
  if (min !== undefined && count < min) return at(path, `At least ${min} ${unit}${min === 1 ? '' : 's'}`);
  if (max !== undefined && count > max) return at(path, `At most ${max} ${unit}${max === 1 ? '' : 's'}`);
  return [];
}

function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

function isWhole(value: JsonValue): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function at(path: Path, message: string): readonly FieldProblem[] {
  return [{ path, message }];
}
