import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { kindOf } from './expects.ts';
import type { Field } from './field.ts';
import { labelOf } from './labels.ts';
import { countAt, flagAt, isJsonArray, listAt, objectAt, own, propertiesOf, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import type { FieldShape, Reader } from './reader.ts';
import { singularOf } from './singular.ts';

/** Keys of a list that say something of its items. */
const FOR_ITEMS = [
  'ui _fal_ui_field x-fal limit_description max_file_size max_pixels description',
  'min_width max_width min_height max_height',
].flatMap((line) => line.split(' '));

export interface Owner {
  readonly name: string;
  readonly label: string;
}

/** A shape; else why it has none, as a sentence; else nothing, where there is nothing to say. */
type Nested = FieldShape | string | undefined;

/**
 * Lists, groups, maps and tuples, whose values are fields again. `undefined` for everything else, and for a structure of
 * which nothing is known, which is better written as JSON as a whole; a sentence for one that has no end.
 */
export function nestedShape(owner: Owner, branches: readonly SchemaNode[], reader: Reader): Nested {
  const [first, second] = branches;
  if (first === undefined || branches.length > 2) return undefined;
  if (second !== undefined) return listOrSingle(owner, first, second, reader);
  const kind = kindOf(first);
  if (kind !== 'object' && kind !== 'array') return undefined;
  const inside = reader.enter(first);
  if (typeof inside === 'string') return inside;
  return kind === 'object' ? objectShape(owner, first, inside) : listShape(owner, first, inside);
}

/** `anyOf [T, array of T]`: the list says it all. */
function listOrSingle(owner: Owner, first: SchemaNode, second: SchemaNode, reader: Reader): Nested {
  const [list, single] = kindOf(first) === 'array' ? [first, second] : [second, first];
  if (kindOf(list) !== 'array' || kindOf(single) === undefined || kindOf(single) === 'array')
    return undefined;
  const items = reader.resolve(own(list, 'items'));
  if (kindOf(items) !== kindOf(single) || own(items, 'enum') !== undefined) return undefined;
  const inside = reader.enter(list);
  if (typeof inside === 'string') return inside;
  const shape = listShape(owner, list, inside);
  return typeof shape === 'object' && shape.kind === 'list' ? { ...shape, orSingle: true } : shape;
}

function objectShape(owner: Owner, node: SchemaNode, inside: Reader): Nested {
  if (propertiesOf(node).length === 0) return mapShape(owner, node, inside);
  const fields = inside.fields(owner.name, node);
  if (fields.length === 0) return undefined;
  // What is hidden is legal all the same.
  const open = own(node, 'additionalProperties') !== false || fields.length < propertiesOf(node).length;
  return { kind: 'object', fields, open, ...(isLora(fields) && { role: 'lora' }) };
}

/** Weights and how strongly they count; an adapter that needs an image as well is more than that. */
function isLora(fields: readonly Field[]): boolean {
  const parts = new Set(['path', 'scale']);
  return (
    fields.filter(({ name }) => parts.has(name)).length === parts.size &&
    fields.every(({ name, required }) => parts.has(name) || !required)
  );
}

function mapShape(owner: Owner, node: SchemaNode, inside: Reader): Nested {
  const values = objectAt(node, 'additionalProperties');
  if (values === undefined) return undefined;
  const value = inside.field(
    { name: '', subject: owner.name, label: singularOf(owner.label), required: true, inherited: {} },
    values,
  );
  return value.kind === 'json' ? value.reason : { kind: 'map', value };
}

function listShape(owner: Owner, node: SchemaNode, inside: Reader): Nested {
  const items = own(node, 'items');
  // The second is the tuple spelling of older drafts.
  const places = listAt(node, 'prefixItems') ?? (isJsonArray(items) ? items : undefined);
  if (places !== undefined) return tupleShape(owner, places, inside);
  const [minItems, maxItems] = [countAt(node, 'minItems'), countAt(node, 'maxItems')];
  const item = inside.field(
    {
      name: '',
      subject: owner.name,
      label: singularOf(owner.label),
      required: true,
      inherited: inheritedFrom(node),
    },
    items,
  );
  if (item.kind === 'json') return item.reason;
  return {
    kind: 'list',
    item,
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
    uniqueItems: flagAt(node, 'uniqueItems'),
    orSingle: false,
  };
}

function tupleShape(owner: Owner, places: readonly JsonValue[], inside: Reader): Nested {
  const items = places.map((place, i): Field => {
    const title = isJsonObject(place) ? textAt(place, 'title') : undefined;
    const label = labelOf(`value ${i + 1}`, title);
    return inside.field({ name: '', subject: owner.name, label, required: true, inherited: {} }, place);
  });
  const unknown = items.find((item) => item.kind === 'json');
  if (items.length === 0 || unknown !== undefined) return unknown?.reason;
  return { kind: 'tuple', items };
}

/** The list's hints, and as examples what its own examples and default hold. */
function inheritedFrom(list: SchemaNode): SchemaNode {
  const kept = Object.entries(list).filter(([key]) => FOR_ITEMS.includes(key));
  const samples = [...(listAt(list, 'examples') ?? []), own(list, 'example'), own(list, 'default')];
  const items = samples.flatMap((sample) => (isJsonArray(sample) ? sample : []));
  const inherited: JsonObject = Object.fromEntries(kept);
  return items.length === 0 ? inherited : { ...inherited, examples: items };
}
