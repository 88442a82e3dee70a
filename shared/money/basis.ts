import type { JsonValue } from '../json.ts';
import { readModelDocument } from '../schema/document.ts';
import type { ModelForm } from '../schema/field.ts';
import { readForm } from '../schema/fields.ts';
import { objectAt } from '../schema/node.ts';

/** What of a model's document tells how much a request will cost. */
export interface CostBasis {
  readonly form: ModelForm;
  /** The names of the output's properties: `image` is one picture, `images` may be many. */
  readonly gives: ReadonlySet<string>;
}

/** Null where the document cannot be read: nothing can be counted then. */
export function readCostBasis(document: JsonValue): CostBasis | null {
  const read = readForm(document);
  const parts = readModelDocument(document);
  if (read.kind === 'unreadable' || parts.kind === 'unreadable') return null;
  const output = parts.outputSchema === null ? undefined : objectAt(parts.outputSchema, 'properties');
  return { form: read.form, gives: new Set(Object.keys(output ?? {})) };
}
