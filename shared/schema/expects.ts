import { stringifyJson } from '../json.ts';
import type { JsonValue } from '../json.ts';
import type { Field, JsonKind } from './field.ts';
import { isJsonArray, listAt, objectAt, own, propertiesOf, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import type { Resolve } from './resolve.ts';
import { unwrap } from './union.ts';

const PLURALS: Record<JsonKind, string> = {
  object: 'objects',
  array: 'lists',
  string: 'text',
  integer: 'whole numbers',
  number: 'numbers',
  boolean: 'true or false',
};

const ONE: Record<JsonKind, string> = {
  object: 'object',
  array: 'list',
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
};

/** What a JSON field wants, in a few words: "list of objects", "object with 3 fields", "text or list of text". */
export function expectsOf(branches: readonly SchemaNode[], resolve: Resolve): string {
  const words = branches.map((branch) => describe(branch, resolve));
  return words.length === 0 || words.includes('') ? 'any JSON value' : [...new Set(words)].join(' or ');
}

/** What a field takes, in a few words, from the field itself: "list of text", "object with 2 fields", "3 values". */
export function wantedWords(field: Field): string {
  const also = (field.alsoTakes ?? []).map((kind) => ` or ${ONE[kind]}`);
  return plainWords(field) + also.join('');
}

function plainWords(field: Field): string {
  switch (field.kind) {
    case 'text':
    case 'file':
      return 'text';
    case 'number':
      return field.integer ? 'whole number' : 'number';
    case 'seed':
      return 'whole number';
    case 'switch':
      return 'true or false';
    case 'choice':
      return 'one of the choices';
    case 'size':
      return 'size';
    case 'list':
      return `list of ${manyWords(field.item)}`;
    case 'object':
      return `object with ${counted(field.fields.length, 'field')}`;
    case 'map':
      return `object of ${manyWords(field.value)}`;
    case 'tuple':
      return `list of ${counted(field.items.length, 'value')}`;
    case 'json':
      return field.expects;
  }
}

function manyWords(field: Field): string {
  switch (field.kind) {
    case 'number':
      return field.integer ? PLURALS.integer : PLURALS.number;
    case 'seed':
      return PLURALS.integer;
    case 'choice':
      return 'choices';
    case 'size':
      return 'sizes';
    case 'list':
    case 'tuple':
      return PLURALS.array;
    case 'object':
    case 'map':
      return PLURALS.object;
    case 'text':
    case 'file':
    case 'switch':
    case 'json':
      return wantedWords(field);
  }
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The kinds of value allowed at the top; empty when any branch leaves it open. */
export function acceptedKinds(branches: readonly SchemaNode[]): readonly JsonKind[] {
  const kinds = branches.map(kindOf);
  const known = kinds.filter((kind) => kind !== undefined);
  return known.length === kinds.length ? [...new Set(known)] : [];
}

/** The JSON kind of a schema without unions; from its other keywords where it names no type. */
export function kindOf(node: SchemaNode): JsonKind | undefined {
  const type = textAt(node, 'type');
  if (type !== undefined) return isKind(type) ? type : undefined;
  if (objectAt(node, 'properties') !== undefined) return 'object';
  if (own(node, 'items') !== undefined || listAt(node, 'prefixItems') !== undefined) return 'array';
  const kinds = new Set(listedValues(node).map(kindOfValue));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

/** The values of an enum or a constant, whatever they are. */
export function listedValues(node: SchemaNode): readonly JsonValue[] {
  const constant = own(node, 'const');
  return constant === undefined ? (listAt(node, 'enum') ?? []) : [constant];
}

function kindOfValue(value: JsonValue): JsonKind | undefined {
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  if (isJsonArray(value)) return 'array';
  if (value === null) return undefined;
  const type = typeof value;
  return isKind(type) ? type : undefined;
}

function isKind(type: string): type is JsonKind {
  return Object.hasOwn(PLURALS, type);
}

// More than these are better looked up than read.
const FEW_VALUES = 3;

function describe(node: SchemaNode, resolve: Resolve): string {
  const values = listedValues(node);
  if (values.length > 0 && values.length <= FEW_VALUES)
    return values.map((value) => stringifyJson(value)).join(' or ');
  const kind = kindOf(node);
  switch (kind) {
    case 'object':
      return describeObject(node, resolve);
    case 'array':
      return describeList(node, resolve);
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return ONE[kind];
    case undefined:
      return '';
  }
}

function describeObject(node: SchemaNode, resolve: Resolve): string {
  const count = propertiesOf(node).length;
  if (count > 0) return `object with ${counted(count, 'field')}`;
  const values = objectAt(node, 'additionalProperties');
  const of = values === undefined ? '' : pluralOf(values, resolve);
  return of === '' ? 'object' : `object of ${of}`;
}

function describeList(node: SchemaNode, resolve: Resolve): string {
  const tuple = listAt(node, 'prefixItems');
  if (tuple !== undefined) return `list of ${tuple.length} values`;
  const items = own(node, 'items');
  // The tuple spelling of older drafts.
  if (isJsonArray(items)) return `list of ${items.length} values`;
  const of = pluralOf(items, resolve);
  return of === '' ? 'list' : `list of ${of}`;
}

function pluralOf(item: Parameters<Resolve>[0], resolve: Resolve): string {
  const { branches } = unwrap(resolve(item), resolve);
  const kinds = branches.map((branch) =>
    isChoice(branch) ? 'choices' : PLURALS[kindOf(branch) ?? 'object'],
  );
  const untyped = branches.some((branch) => kindOf(branch) === undefined && !isChoice(branch));
  return untyped ? '' : [...new Set(kinds)].join(' or ');
}

function isChoice(node: SchemaNode): boolean {
  return listAt(node, 'enum') !== undefined;
}
