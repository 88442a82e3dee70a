import type { JsonObject } from '../json.ts';
import { problemsOf } from './check-value.ts';
import type { FieldProblem } from './check-value.ts';
import type { Field, ModelForm } from './field.ts';
import { inSentence } from './labels.ts';
import { valueOf } from './request.ts';

export type { FieldProblem } from './check-value.ts';

/**
 * What is wrong with a draft before it is sent, in the form's order: missing values, limits, lengths, choices, sizes.
 * An empty list is no promise: patterns and files are the server's to judge, and its 422 lands on the field.
 */
export function checkInput(form: ModelForm, input: JsonObject): readonly FieldProblem[] {
  return form.fields.flatMap((field) => {
    const value = valueOf(field, input);
    if (value !== undefined) return problemsOf(field, value);
    return field.required ? [{ path: [field.name], message: neededWords(field) }] : [];
  });
}

/** "A prompt is needed", "An image URL is needed", "Images are needed". */
function neededWords(field: Field): string {
  const name = inSentence(field.label);
  if (isPlural(field.label)) return `${field.label} are needed`;
  const article = /^([aeio]|u(?!r|s|ni))/i.test(name) ? 'An' : 'A';
  return `${article} ${name} is needed`;
}

function isPlural(label: string): boolean {
  return /[^sui']s$/i.test(label);
}
