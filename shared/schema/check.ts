import type { JsonObject } from '../json.ts';
import { fieldsProblems } from './check-value.ts';
import type { FieldProblem } from './check-value.ts';
import type { ModelForm } from './field.ts';

export type { FieldProblem } from './check-value.ts';

/**
 * What is wrong with a draft before it is sent, in the form's order and down to the deepest field: missing values, limits,
 * lengths, choices, sizes. An empty list is no promise: patterns and files are the server's to judge, and its 422 lands on
 * the field.
 */
export function checkInput(form: ModelForm, input: JsonObject): readonly FieldProblem[] {
  return fieldsProblems(form.fields, input, []);
}
