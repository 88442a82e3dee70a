import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm } from './field.ts';
import { isJsonArray, own } from './node.ts';
import type { Path } from './path.ts';

/**
 * The names in a request that the model's schema does not list, at every depth where it lists any. Those within a group that
 * allows no others are not among them: they are refused (check-value.ts).
 */
export function unknownNames(form: ModelForm, request: JsonObject): readonly Path[] {
  return inObject(form.fields, request, []);
}

function inObject(fields: readonly Field[], object: JsonObject, path: Path, open = true): readonly Path[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.keys(object).flatMap((name) => {
    const field = byName.get(name);
    const here = [...path, name];
    if (field === undefined) return open ? [here] : [];
    return inValue(field, own(object, name), here);
  });
}

function inValue(field: Field, value: JsonValue | undefined, path: Path): readonly Path[] {
  switch (field.kind) {
    case 'object':
      return isJsonObject(value) ? inObject(field.fields, value, path, field.open) : [];
    case 'list':
      return isJsonArray(value) ? value.flatMap((item, i) => inValue(field.item, item, [...path, i])) : [];
    case 'map':
      return isJsonObject(value)
        ? Object.keys(value).flatMap((key) => inValue(field.value, own(value, key), [...path, key]))
        : [];
    case 'tuple':
      return isJsonArray(value)
        ? field.items.flatMap((item, i) => inValue(item, value[i], [...path, i]))
        : [];
    default:
      return [];
  }
}
