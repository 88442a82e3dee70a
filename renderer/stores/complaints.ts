import { isJsonObject, sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { checkInput } from '../../shared/schema/check.ts';
import { fieldAt, valueAt } from '../../shared/schema/draft.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { isWithin, pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { messagesWithin, placeErrors } from '../../shared/schema/place-errors.ts';
import type { ErrorDetail } from '../../shared/schema/place-errors.ts';
import { readPointer } from '../../shared/schema/read-pointer.ts';
import { moveKeys } from './list-change.ts';

/** What was refused about the draft, by the JSON pointer of its field; the rest belongs to no field. */
export interface Complaints {
  readonly byField: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

export const NO_COMPLAINTS: Complaints = { byField: new Map(), rest: [] };

/**
 * What is left of what was said once the value at `path` has changed: around it and within it only what the window finds
 * wrong still. Nothing new is said, since whoever writes has not finished.
 */
export function mended(known: Complaints, form: ModelForm, draft: JsonObject, path: Path): Complaints {
  const place = pointerOf(path);
  const touched = [...known.byField.keys()].filter((key) => isWithin(key, place) || isWithin(place, key));
  if (touched.length === 0) return known;
  const found = problemsByField(form, draft);
  const byField = new Map(known.byField);
  for (const key of touched) {
    const messages = found.get(key);
    if (messages === undefined) byField.delete(key);
    else byField.set(key, messages);
  }
  return { ...known, byField };
}

/**
 * The same after whole items of the list at `path` have changed: what fal said goes where its item goes, what the window
 * found there is looked at anew.
 */
export function rearranged(
  known: Complaints,
  form: ModelForm,
  before: JsonObject,
  after: JsonObject,
  path: Path,
  order: readonly (number | null)[],
): Complaints {
  const list = `${pointerOf(path)}/`;
  const own = problemsByField(form, before);
  const isFals = (key: string, messages: readonly string[]): boolean =>
    key.startsWith(list) && !sameJson(own.get(key), messages);
  const moved = moveKeys(
    [...known.byField].map(([key, messages]) => [key, { messages, fals: isFals(key, messages) }] as const),
    path,
    order,
  );
  const byField = new Map(moved.map(([key, { messages }]) => [key, messages]));
  const next = mended({ ...known, byField }, form, after, path);
  const kept = moved.flatMap(([key, { messages, fals }]) => (fals ? [[key, messages] as const] : []));
  return { ...next, byField: new Map([...next.byField, ...kept]) };
}

/** Puts what was refused on the fields that are there to be seen: on the list, where the item it is about is not. */
export function placed(form: ModelForm, draft: JsonObject, details: readonly ErrorDetail[]): Complaints {
  const { byField, rest } = placeErrors(form, details);
  const seen = new Map<string, readonly string[]>();
  for (const [place, messages] of byField) {
    const path = readPointer(form, place);
    const above = path.slice(0, shownDepth(form, draft, path));
    const words = messagesWithin(new Map([[place, messages]]), above);
    const at = pointerOf(above);
    seen.set(at, [...new Set([...(seen.get(at) ?? []), ...words])]);
  }
  return { byField: seen, rest };
}

/** How many steps of a path lead to something that has a box: an item, key or group that is there. */
function shownDepth(form: ModelForm, draft: JsonObject, path: Path): number {
  for (let depth = 1; depth < path.length; depth += 1) {
    const value = valueAt(form, draft, path.slice(0, depth));
    const field = fieldAt(form, path.slice(0, depth));
    const step = path[depth] ?? '';
    if (typeof step === 'number') {
      if (!isJsonArray(value) || step >= value.length) return depth;
    } else if (field?.kind === 'map') {
      if (!isJsonObject(value) || !Object.hasOwn(value, step)) return depth;
    } else if (!isJsonObject(value) && !(field?.required === true && !field.nullable)) return depth;
  }
  return path.length;
}

/** What the window finds wrong with a draft, by field. */
function problemsByField(form: ModelForm, draft: JsonObject): Complaints['byField'] {
  const problems = checkInput(form, draft).map(({ path, message }) => ({ loc: path, msg: message }));
  return placed(form, draft, problems).byField;
}
