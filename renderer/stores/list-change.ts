import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { setAt } from '../../shared/schema/draft.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { addItem, duplicateItem, itemsAt, moveItem, removeItem } from '../../shared/schema/items.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { assertNever } from '../../shared/result.ts';

/** What can be done to whole items of a list. */
export type ListChange =
  /** New items in their starting value, or with these; `index` is where the first comes to stand, else at the end. */
  | { readonly kind: 'add'; readonly index?: number; readonly values?: readonly JsonValue[] }
  /** The first of the values goes into the item that is there, the others become items after it. */
  | { readonly kind: 'fill'; readonly index: number; readonly values: readonly JsonValue[] }
  | { readonly kind: 'remove'; readonly index: number }
  | { readonly kind: 'move'; readonly from: number; readonly to: number }
  | { readonly kind: 'duplicate'; readonly index: number };

export function changeList(form: ModelForm, input: JsonObject, path: Path, change: ListChange): JsonObject {
  switch (change.kind) {
    case 'add': {
      const { values, index = itemsAt(form, input, path).length } = change;
      if (values === undefined) return addItem(form, input, path, index);
      return values.reduce<JsonObject>(
        (draft, value, i) => addItem(form, draft, path, index + i, value),
        input,
      );
    }
    case 'fill': {
      const [first, ...values] = change.values;
      const filled = setAt(form, input, [...path, change.index], first);
      return changeList(form, filled, path, { kind: 'add', index: change.index + 1, values });
    }
    case 'remove':
      return removeItem(form, input, path, change.index);
    case 'move':
      return moveItem(form, input, path, change.from, change.to);
    case 'duplicate':
      return duplicateItem(form, input, path, change.index);
    default:
      return assertNever(change);
  }
}

/** Which item stands at each place after a change: its index before, or null for a new one. `count` is that before. */
export function orderAfter(change: ListChange, count: number): readonly (number | null)[] {
  const before: readonly (number | null)[] = Array.from({ length: count }, (_, i) => i);
  switch (change.kind) {
    case 'add': {
      const added = (change.values ?? [null]).map(() => null);
      return before.toSpliced(change.index ?? count, 0, ...added);
    }
    case 'fill':
      return before.toSpliced(change.index + 1, 0, ...change.values.slice(1).map(() => null));
    case 'remove':
      return before.toSpliced(change.index, 1);
    case 'move':
      return before.toSpliced(change.from, 1).toSpliced(change.to, 0, change.from);
    case 'duplicate':
      return before.toSpliced(change.index + 1, 0, null);
    default:
      return assertNever(change);
  }
}

/**
 * What is kept by the place of a value within a list, kept by where that value is after a change; what belongs to an item
 * that is gone is gone too. `key` leads to it, with an ending of its own where it has one.
 */
export function moveKeys<T>(
  entries: Iterable<readonly [key: string, value: T]>,
  path: Path,
  order: readonly (number | null)[],
): readonly (readonly [string, T])[] {
  const list = `${pointerOf(path)}/`;
  return [...entries].flatMap(([key, value]) => {
    if (!key.startsWith(list)) return [[key, value]];
    const [, digits = '', rest = ''] = /^(\d+)(.*)$/s.exec(key.slice(list.length)) ?? [];
    const index = order.indexOf(Number(digits));
    return digits === '' || index < 0 ? [] : [[`${list}${index}${rest}`, value]];
  });
}
