import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonArray, listAt, objectAt, own, textAt, without } from './node.ts';
import type { SchemaNode } from './node.ts';

/** Follows `$ref` and `allOf` at the top of a node; what lies deeper is left as written. Never throws, never loops. */
export type Resolve = (node: JsonValue | undefined) => SchemaNode;

/**
 * Keys beside a `$ref` win over the referred schema: fal writes `default` and `description` there, against OpenAPI 3.0
 * (fal-protocol §12.4). A dangling or circular reference leaves those keys alone, so the node counts as untyped.
 */
export function resolverOf(document: JsonObject): Resolve {
  const resolve = (node: JsonValue | undefined, seen: ReadonlySet<string>): SchemaNode => {
    if (!isJsonObject(node)) return {};
    const ref = textAt(node, '$ref');
    if (ref !== undefined) {
      const siblings = without(node, '$ref');
      if (seen.has(ref)) return siblings;
      return { ...resolve(lookUp(document, ref), new Set([...seen, ref])), ...siblings };
    }
    const parts = listAt(node, 'allOf');
    if (parts === undefined) return node;
    return parts.map((part) => resolve(part, seen)).reduceRight(merge, without(node, 'allOf'));
  };
  return (node) => resolve(node, new Set());
}

/** `over` wins, but properties and required names add up, so that `allOf [base, extra]` keeps both halves. */
function merge(over: SchemaNode, base: SchemaNode): SchemaNode {
  const merged = { ...base, ...over };
  const [baseProperties, overProperties] = [objectAt(base, 'properties'), objectAt(over, 'properties')];
  const [baseRequired, overRequired] = [listAt(base, 'required'), listAt(over, 'required')];
  return {
    ...merged,
    ...(baseProperties && overProperties && { properties: { ...baseProperties, ...overProperties } }),
    ...(baseRequired && overRequired && { required: [...baseRequired, ...overRequired] }),
  };
}

/** A JSON pointer within the document; `undefined` for one that leads nowhere or into another document. */
function lookUp(document: JsonObject, ref: string): JsonValue | undefined {
  if (!ref.startsWith('#/')) return undefined;
  let at: JsonValue | undefined = document;
  for (const segment of ref.slice(2).split('/')) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isJsonArray(at)) at = at[Number(key)];
    else if (isJsonObject(at)) at = own(at, key) ?? own(at, percentDecoded(key));
    else return undefined;
  }
  return at;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
