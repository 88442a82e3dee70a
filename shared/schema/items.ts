import { sameJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { asItems, fieldAt, setAt, valueAt } from './draft.ts';
import type { Field, ModelForm } from './field.ts';
import type { Path } from './path.ts';

/*
 * Changes to whole items of the list at `path`. All of them begin with the list the form shows, be it a default, and
 * answer the same draft when there is nothing to do.
 */

/** The items at a path, as the form shows them: none for a list that is not there. */
export function itemsAt(form: ModelForm, input: JsonObject, path: Path): readonly JsonValue[] {
  return asItems(fieldAt(form, path), valueAt(form, input, path));
}

/** The draft with one more item, in its starting value, at `index` or else at the end. */
export function addItem(
  form: ModelForm,
  input: JsonObject,
  path: Path,
  index?: number,
  value?: JsonValue,
): JsonObject {
  const field = fieldAt(form, path);
  const items = itemsAt(form, input, path);
  if (field?.kind !== 'list') return input;
  const added = value ?? startingItem(field.item, field.uniqueItems ? items : []);
  return setAt(form, input, path, items.toSpliced(index ?? items.length, 0, added));
}

export function removeItem(form: ModelForm, input: JsonObject, path: Path, index: number): JsonObject {
  return setAt(form, input, path, itemsAt(form, input, path).toSpliced(index, 1));
}

/** The item at `from` taken out and put in at `to`, both counted in the list as it is. */
export function moveItem(
  form: ModelForm,
  input: JsonObject,
  path: Path,
  from: number,
  to: number,
): JsonObject {
  const items = itemsAt(form, input, path);
  const item = items[from];
  if (item === undefined || from === to || to < 0 || to >= items.length) return input;
  return setAt(form, input, path, items.toSpliced(from, 1).toSpliced(to, 0, item));
}

/** The item once more, right after itself. */
export function duplicateItem(form: ModelForm, input: JsonObject, path: Path, index: number): JsonObject {
  const items = itemsAt(form, input, path);
  const item = items[index];
  return item === undefined ? input : setAt(form, input, path, items.toSpliced(index + 1, 0, item));
}

/** What a new item, or a new entry of a map, holds before anything is typed: the default, else what is nearest to nothing and mostly legal. */
export function startingValue(field: Field): JsonValue {
  if (field.default !== undefined) return field.default;
  switch (field.kind) {
    case 'text':
    case 'file':
      return '';
    case 'number':
      return nearestToZero(field.min ?? field.exclusiveMin, field.max ?? field.exclusiveMax);
    case 'seed':
      return nearestToZero(field.min, field.max);
    case 'switch':
      return false;
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'size':
      return field.presets[0]?.value ?? { width: field.minSide, height: field.minSide };
    case 'list':
      return [];
    case 'object':
    case 'map':
      return {};
    case 'tuple':
      return field.items.map(startingValue);
    case 'json':
      return startingJson(field.accepts);
  }
}

function startingItem(item: Field, taken: readonly JsonValue[]): JsonValue {
  if (item.kind !== 'choice') return startingValue(item);
  const free = item.options.find(({ value }) => !taken.some((other) => sameJson(other, value)));
  return free?.value ?? startingValue(item);
}

function nearestToZero<N extends number | bigint>(min: N | undefined, max: N | undefined): N | number {
  if (min !== undefined && min > 0) return min;
  return max !== undefined && max < 0 ? max : 0;
}

function startingJson(accepts: readonly string[]): JsonValue {
  const [kind] = accepts;
  if (kind === 'array') return [];
  if (kind === 'string') return '';
  return kind === 'number' || kind === 'integer' ? 0 : kind === 'boolean' ? false : {};
}
