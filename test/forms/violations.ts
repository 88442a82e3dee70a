import type { JsonValue } from '../../shared/json.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { Field, ListField, SizeField } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import type { Path } from '../../shared/schema/path.ts';
import { fullValue, itemsOf } from './values.ts';

/** One thing wrong with one value. */
export interface Violation {
  readonly what: string;
  /** Where the value stands in the request. */
  readonly path: Path;
  /** In its place; `undefined` takes it out. */
  readonly value: JsonValue | undefined;
  /** Where it has to be said, if not there: on the side of a size. */
  readonly saidAt?: Path;
}

/** Longer texts are left out: they take time and prove no more. */
const LONGEST = 100_000;
const MOST_ITEMS = 1000;

/** Everything that can be wrong with a field and with all within it, in a draft where all of them have a value. */
export function violationsOf(field: Field, path: Path): readonly Violation[] {
  const own = [...ownViolations(field), ...missing(field)].map((violation) => ({
    ...violation,
    path,
    ...(violation.side !== undefined && { saidAt: [...path, violation.side] }),
  }));
  return [...own, ...inner(field, path)];
}

interface Wrong {
  readonly what: string;
  readonly value: JsonValue | undefined;
  readonly side?: string | number;
}

function missing(field: Field): readonly Wrong[] {
  // What a default fills, and a group that is there by itself, cannot be missing.
  if (field.name === '' || !field.required || field.default !== undefined || field.kind === 'object')
    return [];
  return [{ what: 'missing', value: undefined }];
}

function inner(field: Field, path: Path): readonly Violation[] {
  switch (field.kind) {
    case 'object':
      return field.fields.flatMap((part) => violationsOf(part, [...path, part.name]));
    case 'list':
      return violationsOf(field.item, [...path, 0]);
    case 'map':
      return violationsOf(field.value, [...path, 'any']);
    case 'tuple':
      return field.items.flatMap((item, i) => violationsOf(item, [...path, i]));
    default:
      return [];
  }
}

function ownViolations(field: Field): readonly Wrong[] {
  const none: readonly Wrong[] = field.nullable ? [] : [{ what: 'null', value: null }];
  switch (field.kind) {
    case 'text':
    case 'file': {
      const { minLength = 0, maxLength = Infinity } = field;
      return [
        ...none,
        { what: 'a number for text', value: 5 },
        ...(minLength > 1 ? [{ what: 'too short', value: 'w'.repeat(minLength - 1) }] : []),
        ...(maxLength < LONGEST ? [{ what: 'too long', value: '🐦'.repeat(maxLength + 1) }] : []),
      ];
    }
    case 'number':
      return [
        ...none,
        { what: 'text for a number', value: 'many' },
        ...(field.integer ? [{ what: 'a fraction', value: (field.min ?? 0) + 0.5 }] : []),
        ...below(field.min, field.exclusiveMin),
        ...above(field.max, field.exclusiveMax),
        ...(field.multipleOf === undefined ? [] : [{ what: 'between steps', value: field.multipleOf / 2 }]),
      ];
    case 'seed':
      return [...none, { what: 'text for a seed', value: 'many' }, ...below(field.min), ...above(field.max)];
    case 'switch':
      return [...none, { what: 'text for a switch', value: 'true' }];
    case 'choice':
      return [
        ...none,
        { what: 'a list for a choice', value: [] },
        ...(field.open ? [] : [{ what: 'no choice', value: 'none of these' }]),
      ];
    case 'size':
      return [
        ...none,
        ...(field.open ? [] : [{ what: 'no preset', value: 'none of these' }]),
        ...sides(field),
      ];
    case 'list':
      return [...none, { what: 'no list', value: { no: 'list' } }, ...counts(field)];
    case 'object':
      return [
        ...none,
        { what: 'no object', value: 'text' },
        ...(field.open
          ? []
          : [{ what: 'a key too many', value: withKey(fullValue(field)), side: 'no such key' }]),
      ];
    case 'map':
      return [...none, { what: 'no object', value: [] }];
    case 'tuple':
      return [...none, { what: 'too few values', value: field.items.slice(1).map(fullValue) }];
    case 'json':
      return field.accepts.length === 0 ? [] : none;
  }
}

function below(min: number | bigint | undefined, exclusive?: number): readonly Wrong[] {
  if (exclusive !== undefined) return [{ what: 'at the lower end', value: exclusive }];
  return min === undefined ? [] : [{ what: 'below', value: typeof min === 'bigint' ? min - 1n : min - 1 }];
}

function above(max: number | bigint | undefined, exclusive?: number): readonly Wrong[] {
  if (exclusive !== undefined) return [{ what: 'at the upper end', value: exclusive }];
  // Beyond 2^53 one more is the same number.
  return max === undefined
    ? []
    : [{ what: 'above', value: typeof max === 'bigint' ? max + 1n : max + Math.max(1, max / 2 ** 50) }];
}

function counts(field: ListField): readonly Wrong[] {
  const { minItems = 0, maxItems = Infinity } = field;
  const items = (count: number) => itemsOf(field, count, fullValue);
  return [
    ...(minItems > 0 ? [{ what: 'too few items', value: items(minItems - 1) }] : []),
    ...(maxItems < MOST_ITEMS ? [{ what: 'too many items', value: items(maxItems + 1) }] : []),
    ...(field.uniqueItems ? [{ what: 'one item twice', value: [...items(1), ...items(1)], side: 1 }] : []),
  ];
}

function withKey(value: JsonValue): JsonValue {
  return isJsonObject(value) ? { ...value, 'no such key': 1 } : value;
}

/** One side wrong, the other right. */
function sides({ minSide, maxSide, sideMultipleOf: of = 1 }: SizeField): readonly Wrong[] {
  const right = maxSide - (maxSide % of);
  return [
    { what: 'too narrow', value: { width: minSide - of, height: right }, side: 'width' },
    { what: 'too high', value: { width: right, height: maxSide + of }, side: 'height' },
    ...(of === 1
      ? []
      : [{ what: 'between steps', value: { width: right - 1, height: right }, side: 'width' }]),
  ];
}

/** The value with another one at a path within it, whatever any field says of it. */
export function replaced(value: JsonValue, path: Path, by: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return by ?? null;
  if (isJsonArray(value) && typeof step === 'number') {
    return value.with(step, replaced(value[step] ?? null, rest, by));
  }
  if (!isJsonObject(value)) throw new Error(`no way to ${path.join('/')}`);
  if (rest.length === 0 && by === undefined) {
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  }
  return { ...value, [step]: replaced(value[String(step)] ?? null, rest, by) };
}
