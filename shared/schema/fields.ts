import type { JsonValue } from '../json.ts';
import { chooseField } from './choose.ts';
import { readModelDocument } from './document.ts';
import type { Field, FormResult } from './field.ts';
import { fileHint } from './file.ts';
import { withFileLabels } from './file-labels.ts';
import { fitValue } from './fit.ts';
import { helpText } from './help.ts';
import { labelOf } from './labels.ts';
import { withMasks } from './masks.ts';
import { flagAt, listAt, objectAt, own, propertiesOf, requiredOf, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import { isHidden, isPrimary, isShortForm } from './prominence.ts';
import type { Place, Reader } from './reader.ts';
import type { Resolve } from './resolve.ts';
import { sameJson, isJsonObject } from '../json.ts';
import { unwrap } from './union.ts';

// Deeper than any model goes, and what one form may hold at most: a document may refer to itself in endless ways.
const DEEPEST = 12;
const MOST_FIELDS = 1000;

/** Reads a model's OpenAPI document (fal-protocol §12.4) as a form: one field for each property of its input. */
export function readForm(document: JsonValue): FormResult {
  const read = readModelDocument(document);
  if (read.kind === 'unreadable') return read;
  const { endpointId, resolve } = read;
  const input = onlyObject(read.inputSchema, resolve);
  if (input === undefined) return { kind: 'unreadable', reason: 'This model takes any JSON as its input.' };
  const reader = readerAt({ resolve, above: [], left: { fields: MOST_FIELDS } }).enter(input);
  const fields = typeof reader === 'string' ? [] : reader.fields('', input);
  return { kind: 'form', form: { endpointId, fields } };
}

/** The input as an object with named properties, also behind a union of one. */
function onlyObject(schema: SchemaNode, resolve: Resolve): SchemaNode | undefined {
  const { branches } = unwrap(schema, resolve);
  const [only] = branches;
  return branches.length === 1 && only && objectAt(only, 'properties') !== undefined ? only : undefined;
}

interface Depth {
  readonly resolve: Resolve;
  /** What is read further up, by the part of it that stays the same however it is referred to. */
  readonly above: readonly JsonValue[];
  /** Counts down while a form is read. */
  readonly left: { fields: number };
}

function readerAt(depth: Depth): Reader {
  const { resolve, above, left } = depth;
  const reader: Reader = {
    resolve,
    enter: (node) => {
      const inside = own(node, 'properties') ?? own(node, 'items') ?? own(node, 'additionalProperties');
      const stable = typeof inside === 'object' ? inside : null;
      if (stable !== null && above.includes(stable)) return 'It contains itself.';
      if (above.length > DEEPEST || left.fields <= 0) return 'It holds more than a form can show.';
      return readerAt({ ...depth, above: [...above, stable] });
    },
    field: (place, raw) => readField(place, raw, reader).field,
    fields: (owner, node) => {
      left.fields -= propertiesOf(node).length;
      return readFields(owner, node, reader);
    },
  };
  return reader;
}

function readFields(owner: string, object: SchemaNode, reader: Reader): readonly Field[] {
  const required = requiredOf(object);
  const read = inDisplayOrder(object, required)
    .map(([name, raw]) => {
      const subject = /^ur[li]$/i.test(name) ? `${owner}_${name}` : name;
      return readField({ name, subject, required: required.has(name), inherited: {} }, raw, reader);
    })
    // A required field has to be seen even if its author would hide it, or the model could never be run.
    .filter(({ field, nodes }) => field.required || !isHidden(nodes));
  const short = isShortForm(read.length);
  const fields = read.map(({ field, nodes }) => ({
    ...field,
    advanced: !field.required && (field.deprecated || (!isPrimary(field, nodes) && !short)),
  }));
  const settled = owner === '' ? fields : fields.map(emptyAtFirst);
  const masks = read.filter(({ nodes }) => nodes.some((node) => fileHint(node) === 'image_mask'));
  return withMasks(withFileLabels(settled), new Set(masks.map(({ field }) => field.name)));
}

/**
 * Within a group many a list has to be there and may be empty (the "negative styles" of a section of music): it is there
 * from the start. One of files would be pointless without any.
 */
function emptyAtFirst(field: Field): Field {
  if (field.kind !== 'list' || !field.required || field.item.kind === 'file') return field;
  return field.default === undefined && (field.minItems ?? 0) === 0 ? { ...field, default: [] } : field;
}

/** `x-fal-order-properties`, then required ones, then the rest; the order of `properties` means nothing. */
function inDisplayOrder(
  input: SchemaNode,
  required: ReadonlySet<string>,
): readonly (readonly [string, JsonValue])[] {
  const ordered = listAt(input, 'x-fal-order-properties') ?? [];
  const rank = (name: string) => {
    const at = ordered.indexOf(name);
    return at >= 0 ? at : ordered.length + (required.has(name) ? 0 : 1);
  };
  return [...propertiesOf(input)].sort(([a], [b]) => rank(a) - rank(b));
}

interface ReadField {
  readonly field: Field;
  /** All that the schema says of it: around a union, and of each branch. */
  readonly nodes: readonly SchemaNode[];
}

function readField(place: Place, raw: JsonValue | undefined, reader: Reader): ReadField {
  const { name, subject, required, inherited } = place;
  const node = reader.resolve(raw);
  const { outer, branches, nullable } = unwrap({ ...inherited, ...node }, reader.resolve);
  // A `$ref`'s own title is the name of a class; only the property's says what it is.
  const label = place.label ?? labelOf(name, isJsonObject(raw) ? textAt(raw, 'title') : undefined);
  // What a list says of itself is said once, and not of each item again.
  const ownWords = own(inherited, 'description') === undefined;
  const bare: Field = {
    name,
    label,
    help: helpText(textAt(node, 'description') ?? (ownWords ? onlyDescription(branches) : '')),
    required,
    nullable,
    deprecated: flagAt(outer, 'deprecated'),
    advanced: false,
    examples: [],
    ...chooseField({ name: subject, label }, branches, reader),
  };
  const nodes = [outer, ...branches];
  const initial = defaultOf(bare, nodes);
  const field: Field = {
    ...bare,
    ...(initial !== undefined && { default: initial }),
    examples: examplesOf(bare, nodes),
  };
  return { field, nodes };
}

function onlyDescription(branches: readonly SchemaNode[]): string | undefined {
  return branches.length === 1 && branches[0] ? textAt(branches[0], 'description') : undefined;
}

/**
 * Null is what leaving out means anyway, so it counts as no default, except where the server insists on the key.
 */
function defaultOf(field: Field, nodes: readonly SchemaNode[]): JsonValue | undefined {
  const named = nodes.map((node) => own(node, 'default')).find((value) => value !== undefined);
  const value = fitValue(field, named);
  return value === null && !field.required ? undefined : value;
}

function examplesOf(field: Field, nodes: readonly SchemaNode[]): readonly JsonValue[] {
  const node =
    nodes.find((node) => own(node, 'examples') !== undefined || own(node, 'example') !== undefined) ?? {};
  const written = listAt(node, 'examples') ?? [own(node, 'example')];
  const fitting = written
    .map((value) => fitValue(field, value))
    .filter((value) => value !== undefined && value !== null);
  return fitting.filter((value, i) => fitting.findIndex((other) => sameJson(other, value)) === i);
}
