import { isJsonObject } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { readName } from './address.ts';
import type { NamedRequest } from './address.ts';
import { bodyOf, readSnippet } from './snippet.ts';
import type { NamedModel } from './snippet.ts';

/** What a person meant by what they pasted. */
export type Pasted =
  | NamedModel
  | NamedRequest
  /** A request's values, of no model in particular. */
  | { readonly kind: 'values'; readonly values: JsonObject; readonly unread: readonly string[] }
  /** Words to search for, or anything else. */
  | { readonly kind: 'nothing' };

const NOTHING: Pasted = { kind: 'nothing' };
/** Characters. Code that names a model is far shorter, and an input with its files in it somewhat. */
const LONGEST = 8_000_000;
/** Not `model`: that is what a router of language models calls one of its choices. */
const MODEL_KEYS = ['endpoint', 'endpointId', 'endpoint_id'];
const INPUT_KEYS = ['input', 'arguments', 'request'];

/**
 * Understands an endpoint id, an address of fal, a curl, JavaScript or Python snippet, a request's JSON, or a request id.
 * Reads and never runs; takes time in proportion to the text, whatever is in it.
 */
export function readPaste(text: string): Pasted {
  if (text.length > LONGEST) return NOTHING;
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return readObject(trimmed);
  if (!/\s/.test(trimmed)) {
    const name = trimmed.length > 600 ? null : readName(trimmed);
    if (name?.kind === 'model') return { ...name, values: null, unread: [] };
    if (name !== null) return name;
  }
  return readSnippet(trimmed) ?? NOTHING;
}

/** A request alone, or with its model beside it. */
function readObject(text: string): Pasted {
  const { values, unread } = bodyOf(text);
  if (values === null) return NOTHING;
  for (const key of MODEL_KEYS) {
    const id = values[key];
    const name = typeof id === 'string' ? readName(id) : null;
    if (name?.kind !== 'model') continue;
    const { [key]: _, ...rest } = values;
    const input = INPUT_KEYS.map((inner) => rest[inner]).find(isJsonObject);
    return { ...name, values: input ?? (Object.keys(rest).length > 0 ? rest : null), unread };
  }
  return { kind: 'values', values, unread };
}
