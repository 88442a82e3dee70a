import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';
import { referencedSha } from '../media/reference.ts';
import type {
  ChoiceField,
  Field,
  FileField,
  JsonField,
  JsonKind,
  NumberField,
  SizeField,
  TextField,
} from './field.ts';
import { isJsonArray, own } from './node.ts';

export interface FieldProblem {
  /** Where in the request: the field's name, then keys and indexes within its value. */
  readonly path: readonly (string | number)[];
  /** Words for beside the field, without a full stop: "Between 1 and 50". */
  readonly message: string;
}

/** Everything wrong with a value that is there. What only the server can know (patterns, files) is left to it. */
export function problemsOf(field: Field, value: JsonValue): readonly FieldProblem[] {
  if (value === null) return field.nullable ? [] : at(field, 'Leave it out instead of null');
  switch (field.kind) {
    case 'text':
      return textProblems(field, value);
    case 'file':
      // A file's own address is what is sent, and not known yet.
      return typeof value === 'string' && referencedSha(value) !== null ? [] : textProblems(field, value);
    case 'number':
      return numberProblems(field, value);
    case 'seed':
      return isWhole(value) ? rangeProblems(field, value, field) : at(field, 'A whole number');
    case 'switch':
      return typeof value === 'boolean' ? [] : at(field, 'True or false');
    case 'choice':
      return isChoice(field, value) ? [] : at(field, 'Not one of the choices');
    case 'size':
      return sizeProblems(field, value);
    case 'json':
      return jsonProblems(field, value);
  }
}

function textProblems(field: TextField | FileField, value: JsonValue): readonly FieldProblem[] {
  if (typeof value !== 'string') return at(field, 'Text');
  const { minLength, maxLength } = field;
  return countProblems(field, characters(value), minLength, maxLength, 'character');
}

/** The server is Python: it counts code points, so an emoji is one character and not two. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function numberProblems(field: NumberField, value: JsonValue): readonly FieldProblem[] {
  if (!isNumber(value)) return at(field, field.integer ? 'A whole number' : 'A number');
  if (field.integer && !isWhole(value)) return at(field, 'A whole number');
  const outside = rangeProblems(field, value, field);
  if (outside.length > 0 || field.multipleOf === undefined) return outside;
  return isMultiple(Number(value), field.multipleOf) ? [] : at(field, `A multiple of ${field.multipleOf}`);
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

function rangeProblems(field: Field, value: number | bigint, range: Range): readonly FieldProblem[] {
  const { min, max, exclusiveMin, exclusiveMax } = range;
  const low = (min === undefined || value >= min) && (exclusiveMin === undefined || value > exclusiveMin);
  const high = (max === undefined || value <= max) && (exclusiveMax === undefined || value < exclusiveMax);
  return low && high ? [] : at(field, rangeWords(range));
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

function sizeProblems(field: SizeField, value: JsonValue): readonly FieldProblem[] {
  if (typeof value === 'string') {
    const known = field.open || field.presets.some((preset) => preset.value === value);
    return known ? [] : at(field, 'Not one of the choices');
  }
  if (!isJsonObject(value)) return at(field, 'A width and a height');
  const { minSide, maxSide, sideMultipleOf } = field;
  return ['width', 'height'].flatMap((name) => {
    const side = own(value, name);
    const label = name === 'width' ? 'Width' : 'Height';
    // Either side may be left out: the server has a default for it.
    if (side === undefined) return [];
    if (!isWhole(side)) return at(field, `${label}: a whole number`, name);
    if (side < minSide || side > maxSide)
      return at(field, `${label}: between ${minSide} and ${maxSide}`, name);
    if (sideMultipleOf === undefined || isMultiple(Number(side), sideMultipleOf)) return [];
    return at(field, `${label}: a multiple of ${sideMultipleOf}`, name);
  });
}

function jsonProblems(field: JsonField, value: JsonValue): readonly FieldProblem[] {
  const accepted = field.accepts.length === 0 || field.accepts.some((kind) => isOfKind(value, kind));
  if (!accepted) return at(field, `Expected: ${field.expects}`);
  if (!isJsonArray(value)) return [];
  return countProblems(field, value.length, field.minItems, field.maxItems, 'item');
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
  field: Field,
  count: number,
  min: number | undefined,
  max: number | undefined,
  unit: string,
): readonly FieldProblem[] {
  if (min !== undefined && count < min) return at(field, `At least ${min} ${unit}${min === 1 ? '' : 's'}`);
  if (max !== undefined && count > max) return at(field, `At most ${max} ${unit}${max === 1 ? '' : 's'}`);
  return [];
}

function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

function isWhole(value: JsonValue): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function at(field: Field, message: string, ...within: readonly (string | number)[]): readonly FieldProblem[] {
  return [{ path: [field.name, ...within], message }];
}
