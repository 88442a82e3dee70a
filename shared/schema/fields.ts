import type { JsonValue } from '../json.ts';
import { chooseField } from './choose.ts';
import { readModelDocument } from './document.ts';
import type { Field, FormResult } from './field.ts';
import { fitValue } from './fit.ts';
import { helpText } from './help.ts';
import { labelOf } from './labels.ts';
import { flagAt, listAt, objectAt, own, propertiesOf, requiredOf, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import { isHidden, isPrimary, isShortForm } from './prominence.ts';
import type { Resolve } from './resolve.ts';
import { sameJson, isJsonObject } from '../json.ts';
import { unwrap } from './union.ts';

/** Reads a model's OpenAPI document (fal-protocol §12.4) as a form: one field for each property of its input. */
export function readForm(document: JsonValue): FormResult {
  const read = readModelDocument(document);
  if (read.kind === 'unreadable') return read;
  const { endpointId, resolve } = read;
  const input = onlyObject(read.inputSchema, resolve);
  if (input === undefined) return { kind: 'unreadable', reason: 'This model takes any JSON as its input.' };

  const required = requiredOf(input);
  const fields = inDisplayOrder(input, required).flatMap(([name, node]) =>
    readField(name, node, required.has(name), resolve),
  );
  const short = isShortForm(fields.length);
  return {
    kind: 'form',
    form: {
      endpointId,
      fields: fields.map(({ field, primary }) => ({
        ...field,
        advanced: !field.required && (field.deprecated || (!primary && !short)),
      })),
    },
  };
}

/** The input as an object with named properties, also behind a union of one. */
function onlyObject(schema: SchemaNode, resolve: Resolve): SchemaNode | undefined {
  const { branches } = unwrap(schema, resolve);
  const [only] = branches;
  return branches.length === 1 && only && objectAt(only, 'properties') !== undefined ? only : undefined;
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
  readonly primary: boolean;
}

function readField(name: string, raw: JsonValue, required: boolean, resolve: Resolve): readonly ReadField[] {
  const node = resolve(raw);
  const { outer, branches, nullable } = unwrap(node, resolve);
  // A required field has to be seen even if its author would hide it, or the model could never be run.
  if (!required && isHidden([outer, ...branches])) return [];

  const shape = chooseField(name, branches, resolve);
  const bare: Field = {
    name,
    // A `$ref`'s own title is the name of a class; only the property's says what it is.
    label: labelOf(name, isJsonObject(raw) ? textAt(raw, 'title') : undefined),
    help: helpText(textAt(outer, 'description') ?? onlyDescription(branches)),
    required,
    nullable,
    deprecated: flagAt(outer, 'deprecated'),
    advanced: false,
    examples: [],
    ...shape,
  };
  const initial = defaultOf(bare, [outer, ...branches]);
  const field: Field = {
    ...bare,
    ...(initial !== undefined && { default: initial }),
    examples: examplesOf(bare, [outer, ...branches]),
  };
  return [{ field, primary: isPrimary(name, [outer, ...branches], shape) }];
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
