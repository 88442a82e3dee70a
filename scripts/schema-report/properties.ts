import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { isJsonArray, listAt, own, propertiesOf, requiredOf, textAt } from '../../shared/schema/node.ts';
import type { SchemaNode } from '../../shared/schema/node.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import type { Resolve } from '../../shared/schema/resolve.ts';
import { unwrap } from '../../shared/schema/union.ts';

export interface Property {
  /** A JSON pointer, `*` for items and for the values of a map. */
  readonly pointer: string;
  readonly required: boolean;
  /** What its author keeps out of forms: marked hidden, or the bytes of a file. */
  readonly hidden: boolean;
}

// As deep as any document of fal's goes, twice over.
const DEEPEST = 16;

/**
 * Every property an input schema names, at any depth and in every branch of a union, read without regard to fields: what
 * the form has none for is what fell out.
 */
export function propertiesWithin(input: SchemaNode, resolve: Resolve): readonly Property[] {
  const found = new Map<string, Property>();
  const visit = (node: SchemaNode, path: Path, above: readonly JsonValue[]): void => {
    const below = (raw: JsonValue | undefined, inner: Path): void => {
      if (!isJsonObject(raw) || above.includes(raw) || inner.length > DEEPEST) return;
      visit(resolve(raw), inner, [...above, raw]);
    };
    const required = requiredOf(node);
    for (const [name, raw] of propertiesOf(node)) {
      const inner = [...path, name];
      const pointer = pointerOf(inner);
      const known = found.get(pointer);
      if (known === undefined) {
        found.set(pointer, { pointer, required: required.has(name), hidden: isHidden(raw, resolve) });
      }
      below(raw, inner);
    }
    for (const union of ['anyOf', 'oneOf']) for (const raw of listAt(node, union) ?? []) below(raw, path);
    const items = own(node, 'items');
    const places = listAt(node, 'prefixItems') ?? (isJsonArray(items) ? items : []);
    for (const [i, raw] of places.entries()) below(raw, [...path, i]);
    below(items, [...path, '*']);
    below(own(node, 'additionalProperties'), [...path, '*']);
  };
  visit(input, [], []);
  return [...found.values()];
}

/** By a mark of its own, or of a branch of its union. */
function isHidden(raw: JsonValue, resolve: Resolve): boolean {
  const { outer, branches } = unwrap(resolve(raw), resolve);
  return [outer, ...branches].some((node) => {
    const ui = own(node, 'ui');
    return (
      (isJsonObject(ui) && own(ui, 'hidden') === true) ||
      own(node, 'ui.hidden') === true ||
      textAt(node, 'format') === 'binary'
    );
  });
}
