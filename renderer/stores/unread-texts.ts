import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { valueAt } from '../../shared/schema/draft.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { readPointer, stepsOf } from '../../shared/schema/read-pointer.ts';

/** What was typed and cannot be read, by place. */
export type UnreadByPlace = Readonly<Record<string, string>>;

/**
 * What is left of the unread texts once the value at `path` has changed: those within it whose box is gone go too, or they
 * would keep the request from being sent and nobody could see why. The same object where nothing goes.
 */
export function keptTexts(
  form: ModelForm,
  draft: JsonObject,
  path: Path,
  texts: UnreadByPlace,
): UnreadByPlace {
  const inside = `${pointerOf(path)}/`;
  const kept = Object.entries(texts).filter(
    ([place]) => !place.startsWith(inside) || hasBox(form, draft, place),
  );
  return kept.length === Object.keys(texts).length ? texts : Object.fromEntries(kept);
}

/** Names of a group always have their box; items and keys have one while they are there. */
function hasBox(form: ModelForm, draft: JsonObject, place: string): boolean {
  const around = place.slice(0, place.lastIndexOf('/'));
  const outer = valueAt(form, draft, readPointer(form, around));
  const step = stepsOf(form, place).at(-1)?.step;
  // The name of a key, or what a group holds beyond its fields.
  if (typeof step === 'string' && step.startsWith('#')) return outer !== undefined;
  if (isJsonArray(outer)) return typeof step === 'number' && step < outer.length;
  if (!isJsonObject(outer)) return false;
  const kind = stepsOf(form, around).at(-1)?.field?.kind;
  return kind !== 'map' || Object.hasOwn(outer, String(step));
}
