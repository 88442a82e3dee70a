import { sameJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { setAt } from './draft.ts';
import type { Field, ModelForm } from './field.ts';

/** No model has more that differ; a person would not look through more either. */
const MOST = 20;

/**
 * Drafts to begin with, from the examples of the model's properties: the first holds the first example of each, the second
 * the second where there is one, and so on; each once. What only says the default, and what is deprecated, is left out.
 */
export function exampleInputs(form: ModelForm): readonly JsonObject[] {
  const fields = form.fields.filter((field) => !field.deprecated);
  const count = Math.min(MOST, Math.max(0, ...fields.map((field) => field.examples.length)));
  const drafts = Array.from({ length: count }, (_, i) =>
    fields.reduce<JsonObject>((draft, field) => setAt(form, draft, [field.name], exampleOf(field, i)), {}),
  ).filter((draft) => Object.keys(draft).length > 0);
  return drafts.filter((draft, i) => drafts.findIndex((other) => sameJson(other, draft)) === i);
}

/** The example at `index`, else the first; for what has to be there and has none, what its parts' examples make. */
function exampleOf(field: Field, index: number): JsonValue | undefined {
  const own = field.examples[index] ?? field.examples[0];
  if (own !== undefined || !field.required || field.default !== undefined) return own;
  if (field.kind === 'list') {
    const item = exampleOf(field.item, index);
    return item === undefined ? undefined : [item];
  }
  if (field.kind !== 'object') return undefined;
  const parts = field.fields.map((part): readonly [string, JsonValue | undefined] => [
    part.name,
    exampleOf(part, index),
  ]);
  const group: JsonObject = Object.fromEntries(
    parts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return Object.keys(group).length > 0 ? group : undefined;
}
