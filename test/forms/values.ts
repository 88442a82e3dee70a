import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type {
  Field,
  JsonField,
  ListField,
  NumberField,
  SeedField,
  SizeField,
  TextField,
} from '../../shared/schema/field.ts';
import { own } from '../../shared/schema/node.ts';

/*
 * Values a field calls legal, made from the field alone: the least one, one with everything in it, and random ones.
 */

/** What fills a hole and no more. */
export function leastValue(field: Field): JsonValue {
  return valueFor(field, (inner) => inner.required);
}

/** With every key of every group set and every list holding something. */
export function fullValue(field: Field): JsonValue {
  return valueFor(field, () => true);
}

function valueFor(field: Field, holds: (field: Field) => boolean): JsonValue {
  switch (field.kind) {
    case 'text':
      return textOf(field);
    case 'file':
      return addressOf(field);
    case 'number':
      return numberIn(field);
    case 'seed':
      return seedIn(field);
    case 'switch':
      return false;
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'size':
      return field.presets[0]?.value ?? sideOf(field);
    case 'list':
      return itemsOf(field, Math.max(field.minItems ?? 0, holds(field) ? 1 : 0), (item) =>
        valueFor(item, holds),
      );
    case 'object':
      return objectOf(field.fields.filter(holds), (inner) => valueFor(inner, holds));
    case 'map':
      return { any: valueFor(field.value, holds) };
    case 'tuple':
      return field.items.map((item) => valueFor(item, holds));
    case 'json':
      return jsonOf(field);
  }
}

/** That many items, each another one where no two may be the same. */
export function itemsOf(
  { item, uniqueItems }: ListField,
  count: number,
  value: (item: Field) => JsonValue,
): readonly JsonValue[] {
  const one = value(item);
  const options = uniqueItems && item.kind === 'choice' ? item.options : [];
  return Array.from({ length: count }, (_, i) => options[i]?.value ?? one);
}

export function objectOf(fields: readonly Field[], value: (field: Field) => JsonValue): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.name, value(field)]));
}

/** Some properties take only text of a pattern, which no field knows; their examples show one. */
function textOf(field: TextField): string {
  const [example] = field.examples;
  return typeof example === 'string' && example !== ''
    ? example
    : 'w'.repeat(Math.max(1, field.minLength ?? 0));
}

function addressOf({ minLength = 0 }: { readonly minLength?: number }): string {
  return 'https://a.b/'.padEnd(minLength, 'c');
}

function numberIn(field: NumberField): number {
  const { multipleOf = 0, integer } = field;
  const low = field.min ?? field.exclusiveMin;
  const high = field.max ?? field.exclusiveMax;
  if (multipleOf > 0) return rounded(Math.ceil((low ?? 0) / multipleOf) * multipleOf);
  if (low !== undefined && field.exclusiveMin === undefined) return low;
  if (high !== undefined && field.exclusiveMax === undefined) return high;
  return low === undefined ? 0 : high === undefined ? low + 1 : integer ? low + 1 : (low + high) / 2;
}

function seedIn({ min, max }: SeedField): number {
  return Math.min(Math.max(0, Number(min ?? 0)), Number(max ?? 7));
}

function sideOf({ minSide, sideMultipleOf = 1 }: SizeField): JsonObject {
  const side = Math.ceil(minSide / sideMultipleOf) * sideMultipleOf;
  return { width: side, height: side };
}

function jsonOf(field: JsonField): JsonValue {
  const known = field.default ?? field.examples[0];
  if (known !== undefined) return known;
  const [kind = 'object'] = field.accepts;
  const least = { object: {}, array: [], string: 'w', integer: 0, number: 0, boolean: false } as const;
  return least[kind];
}

/** 0.30000000000000004 is 0.3. */
function rounded(value: number): number {
  return Number(value.toFixed(9));
}

/** Any legal value; lists stay short, texts of no said length too. */
export function anyValue(field: Field): fc.Arbitrary<JsonValue> {
  const value = anyPresent(field);
  return field.nullable ? fc.option(value, { freq: 8 }) : value;
}

function anyPresent(field: Field): fc.Arbitrary<JsonValue> {
  switch (field.kind) {
    case 'text':
      return anyText(field);
    case 'file':
      return fc.constant(addressOf(field));
    case 'number':
      return anyNumber(field);
    case 'seed':
      return anyWhole(Number(field.min ?? -(2 ** 53) + 1), Number(field.max ?? 2 ** 53 - 1));
    case 'switch':
      return fc.boolean();
    case 'choice': {
      const listed = fc.constantFrom(...field.options.map(({ value }) => value));
      return field.open ? fc.oneof(listed, fc.string()) : listed;
    }
    case 'size':
      return anySize(field);
    case 'list': {
      const { minItems: minLength = 0, maxItems = minLength + 3, uniqueItems } = field;
      const lengths = { minLength, maxLength: Math.min(maxItems, minLength + 3) };
      const item = anyValue(field.item);
      return uniqueItems ? fc.uniqueArray(item, { ...lengths, selector: String }) : fc.array(item, lengths);
    }
    case 'object':
      return anyObject(field.fields);
    case 'map':
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), anyValue(field.value), { maxKeys: 3 });
    case 'tuple':
      return fc.tuple(...field.items.map(anyValue));
    case 'json':
      return fc.constant(jsonOf(field));
  }
}

/** The fields of a form or a group: those required, and any of the others. What no field knows is left alone. */
export function anyObject(fields: readonly Field[]): fc.Arbitrary<JsonObject> {
  const known = fields.filter((field) => field.required || field.kind !== 'json');
  const values = Object.fromEntries(known.map((field) => [field.name, anyValue(field)]));
  const requiredKeys = known.filter((field) => field.required).map((field) => field.name);
  return fc.record(values, { requiredKeys, noNullPrototype: true });
}

function anyText(field: TextField): fc.Arbitrary<string> {
  if (field.examples.length > 0 && !field.multiline) return fc.constant(textOf(field));
  const { minLength = 0, maxLength = minLength + 40 } = field;
  return fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, minLength + 40) });
}

function anyNumber(field: NumberField): fc.Arbitrary<number> {
  const { min, max, exclusiveMin, exclusiveMax, multipleOf, integer } = field;
  const [low, high] = [min ?? exclusiveMin ?? -1e6, max ?? exclusiveMax ?? Math.max(1e6, (min ?? 0) + 1e6)];
  if (multipleOf !== undefined) {
    const [first, last] = [Math.ceil(rounded(low / multipleOf)), Math.floor(rounded(high / multipleOf))];
    return anyWhole(first, last).map((times) => rounded(times * multipleOf));
  }
  if (integer) return anyWhole(Math.ceil(low), Math.floor(high));
  return fc.double({
    min: low,
    max: high,
    minExcluded: exclusiveMin !== undefined && min === undefined,
    maxExcluded: exclusiveMax !== undefined && max === undefined,
    noNaN: true,
  });
}

function anyWhole(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({
    min: Math.max(low, Number.MIN_SAFE_INTEGER),
    max: Math.min(high, Number.MAX_SAFE_INTEGER),
  });
}

function anySize(field: SizeField): fc.Arbitrary<JsonValue> {
  const { minSide, maxSide, sideMultipleOf: of = 1 } = field;
  const side = anyWhole(Math.ceil(minSide / of), Math.floor(maxSide / of)).map((times) => times * of);
  const custom = fc.record({ width: side, height: side }, { noNullPrototype: true });
  const names = field.presets.map(({ value }) => value);
  return names.length === 0 ? custom : fc.oneof(fc.constantFrom(...names), custom);
}

/** The draft with every hole filled by the least value that is legal, within groups that have to be there too. */
export function withoutHoles(fields: readonly Field[], object: JsonObject): JsonObject {
  const filled = fields.flatMap((field): readonly [string, JsonValue][] => {
    const value = own(object, field.name);
    if (value !== undefined || !field.required || field.default !== undefined) return [];
    return [[field.name, leastValue(field)]];
  });
  return { ...object, ...Object.fromEntries(filled) };
}
