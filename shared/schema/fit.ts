import type { JsonValue } from '../json.ts';
import { problemsOf } from './check-value.ts';
import type { ChoiceField, Field } from './field.ts';

/**
 * A value from a document as the field takes it, or `undefined` when it does not fit: documents hold 129 for the choice
 * "129" and "5" for an integer. A change is made only where nothing is lost.
 */
export function fitValue(field: Field, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined) return undefined;
  const changed = problemsOf(field, value).length === 0 ? value : coerced(field, value);
  return changed !== undefined && problemsOf(field, changed).length === 0 ? changed : undefined;
}

function coerced(field: Field, value: JsonValue): JsonValue | undefined {
  switch (field.kind) {
    case 'number':
    case 'seed':
      return typeof value === 'string' ? numberIn(value) : undefined;
    case 'switch':
      return value === 'true' ? true : value === 'false' ? false : undefined;
    case 'text':
      return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
    case 'choice':
      return typeof value === 'object' ? undefined : sameChoice(field, String(value));
    case 'file':
    case 'size':
    case 'json':
      return undefined;
  }
}

function numberIn(text: string): number | bigint | undefined {
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text)
    ? BigInt(text)
    : value;
}

function sameChoice(field: ChoiceField, text: string): JsonValue | undefined {
  return field.options.find((option) => String(option.value) === text)?.value;
}
