import type { JsonValue } from '../json.ts';
import { listAt, own, textAt, flagAt, without, isJsonArray } from './node.ts';
import type { SchemaNode } from './node.ts';
import type { Resolve } from './resolve.ts';

export interface Unwrapped {
  /** The node's own keys: title, description, default, hints; no union. */
  readonly outer: SchemaNode;
  /**
   * What a value may be, null left out: one entry for a plain property, one per branch of a union. Each carries the
   * outer keys as well, so that a hint counts wherever it was written.
   */
  readonly branches: readonly SchemaNode[];
  readonly nullable: boolean;
}

/** Takes `anyOf`, `oneOf`, type lists, `nullable` and null branches apart (fal-protocol §12.4, last rows of the table). */
export function unwrap(
  node: SchemaNode,
  resolve: Resolve,
  above: readonly (readonly JsonValue[])[] = [],
): Unwrapped {
  const outer = without(node, 'anyOf', 'oneOf');
  const parts = listAt(node, 'anyOf') ?? listAt(node, 'oneOf');
  // `default: null` on a property that does not say it may be null: the server plainly takes it.
  const nullable = flagAt(node, 'nullable') || own(node, 'default') === null;
  // A union that contains itself says nothing new the second time.
  if (parts === undefined || parts.length === 0 || above.includes(parts)) {
    return { outer, ...splitTypes(outer, nullable) };
  }
  const inner = parts.map((part) => unwrap(resolve(part), resolve, [...above, parts]));
  return {
    outer,
    branches: inner.flatMap(({ branches }) => branches.map((branch) => ({ ...branch, ...outer }))),
    nullable: nullable || inner.some((part) => part.nullable),
  };
}

function splitTypes(node: SchemaNode, nullable: boolean): Omit<Unwrapped, 'outer'> {
  if (textAt(node, 'type') === 'null' || own(node, 'const') === null) return { branches: [], nullable: true };
  const types = own(node, 'type');
  const options = listAt(node, 'enum');
  const named = options?.includes(null)
    ? { ...node, enum: options.filter((option) => option !== null) }
    : node;
  const takesNull = nullable || named !== node;
  if (!isJsonArray(types)) return { branches: [named], nullable: takesNull };
  return {
    branches: types.filter((type) => type !== 'null').map((type) => ({ ...named, type })),
    nullable: takesNull || types.includes('null'),
  };
}
