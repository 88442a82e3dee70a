import { isJsonObject, LONGEST_INTEGER } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { problemsOf } from './check-value.ts';
import type { ChoiceField, Field, ObjectField } from './field.ts';
import { isJsonArray } from './node.ts';

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
    case 'list':
      return isJsonArray(value) ? allOf(value.map((item) => fitValue(field.item, item))) : undefined;
    case 'object':
      return isJsonObject(value) ? fittingKeys(field, value) : undefined;
    case 'map': {
      if (!isJsonObject(value)) return undefined;
      const values = allOf(Object.values(value).map((inner) => fitValue(field.value, inner)));
      return values && Object.fromEntries(Object.keys(value).map((key, i) => [key, values[i] ?? null]));
    }
    case 'tuple':
      if (!isJsonArray(value) || value.length !== field.items.length) return undefined;
      return allOf(field.items.map((item, i) => fitValue(item, value[i])));
    case 'file':
    case 'size':
    case 'json':
      return undefined;
  }
}

/** Optional values that do not fit are left out; what is needed and does not fit makes the whole unfit. */
function fittingKeys(field: ObjectField, value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const known = field.fields.find(({ name }) => name === key);
      if (known === undefined) return field.open ? [[key, inner]] : [];
      const fitting = fitValue(known, inner) ?? (known.required ? inner : undefined);
      return fitting === undefined ? [] : [[key, fitting]];
    }),
  );
}

function allOf(values: readonly (JsonValue | undefined)[]): readonly JsonValue[] | undefined {
  const present = values.filter((value) => value !== undefined);
  return present.length === values.length ? present : undefined;
}

function numberIn(text: string): number | bigint | undefined {
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  const exact = Number.isSafeInteger(value) || text.length > LONGEST_INTEGER || !/^-?\d+$/.test(text);
  return exact ? (Number.isFinite(value) ? value : undefined) : BigInt(text);
}

function sameChoice(field: ChoiceField, text: string): JsonValue | undefined {
  return field.options.find((option) => String(option.value) === text)?.value;
}
