import type { JsonObject, JsonValue } from '../json.ts';
import { carriedMedia } from './carry-media.ts';
import { carriedSize } from './carry-size.ts';
import { setAt } from './draft.ts';
import type { Field, ModelForm } from './field.ts';
import { fitValue } from './fit.ts';

/** Names under which models take the same text, the plainest first. */
const PROMPTS = 'prompt text_prompt positive_prompt user_prompt text script'.split(' ');
const NEGATIVE_PROMPTS = 'negative_prompt negative_text_prompt neg_prompt'.split(' ');

/**
 * The draft for a similar model: what a person set of prompt, negative prompt, size or aspect ratio, resolution, seed and
 * files, under the names and in the forms of the other. What does not fit there is left out, and so is everything else.
 */
export function carryOver(from: ModelForm, input: JsonObject, to: ModelForm): JsonObject {
  const found: JsonObject = {
    ...carriedText(from, input, to, PROMPTS),
    ...carriedText(from, input, to, NEGATIVE_PROMPTS),
    ...carriedSize(from, input, to),
    ...carriedAlike(from, input, to, (field) => field.kind === 'choice' && field.name === 'resolution'),
    ...carriedAlike(from, input, to, (field) => field.kind === 'seed' && field.name === 'seed'),
    ...carriedMedia(from, input, to),
  };
  return Object.entries(found).reduce<JsonObject>(
    (draft, [name, value]) => setAt(to, draft, [name], value),
    {},
  );
}

function carriedText(
  from: ModelForm,
  input: JsonObject,
  to: ModelForm,
  names: readonly string[],
): JsonObject {
  const [source, target] = [from, to].map((form) => textNamed(form, names));
  return source === undefined || target === undefined ? {} : fitting(target, input[source.name]);
}

function textNamed(form: ModelForm, names: readonly string[]): Field | undefined {
  return names
    .map((name) => form.fields.find((field) => field.kind === 'text' && field.name === name))
    .find((field) => field !== undefined);
}

/** Fields that are the same in both. */
function carriedAlike(
  from: ModelForm,
  input: JsonObject,
  to: ModelForm,
  which: (field: Field) => boolean,
): JsonObject {
  const source = from.fields.find(which);
  const target = to.fields.find(which);
  return source === undefined || target === undefined ? {} : fitting(target, input[source.name]);
}

function fitting(field: Field, value: JsonValue | undefined): JsonObject {
  const fits = fitValue(field, value);
  return fits === undefined || fits === null ? {} : { [field.name]: fits };
}
