import type { JsonObject } from '../../shared/json.ts';
import { carryOver } from '../../shared/schema/carry.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { useOpened } from '../stores/opened.ts';
import { useRequests } from '../stores/requests.ts';

export interface Carried {
  /** The model it comes from. */
  readonly from: string;
  /** What fits of its request. */
  readonly input: JsonObject;
  /** What that is: "prompt, image size and seed". */
  readonly what: string;
}

/** What the model that was open last can give to this one; null where that is nothing. */
export function useCarried(endpointId: string): Carried | null {
  const ids = useOpened((state) => state.ids);
  const forms = useRequests((state) => state.forms);
  const drafts = useRequests((state) => state.drafts);
  const to = forms[endpointId];
  if (to?.kind !== 'form') return null;
  for (const from of ids) {
    const [form, draft] = [forms[from], drafts[from]];
    if (from === endpointId || form?.kind !== 'form' || draft === undefined) continue;
    const input = carryOver(form.form, draft, to.form);
    const labels = Object.keys(input).map((name) =>
      inSentence(to.form.fields.find((field) => field.name === name)?.label ?? name),
    );
    if (labels.length > 0) return { from, input, what: listed(labels) };
  }
  return null;
}

/** "prompt, image size and seed". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
