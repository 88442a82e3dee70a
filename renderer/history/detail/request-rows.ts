import { isJsonObject, sameJson } from '../../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../../shared/json.ts';
import type { Field, ModelForm } from '../../../shared/schema/field.ts';
import { labelFromName } from '../../../shared/schema/labels.ts';
import { isJsonArray, own } from '../../../shared/schema/node.ts';
import { pointerOf } from '../../../shared/schema/path.ts';
import type { Path } from '../../../shared/schema/path.ts';

/** How a value stands to what the model does without it. */
export type Standing =
  /** The request holds it, and it is not the default. */
  | 'set'
  /** The default, whether the request says so or not. */
  | 'default'
  /** The request does not hold it, and no default is known. */
  | 'unset'
  /** The request holds it, and the model's schema has no such name, or none is known. */
  | 'unlisted';

interface Placed {
  /** A JSON pointer: the row's own. */
  readonly place: string;
  /** 0 for the properties of the request itself. */
  readonly depth: number;
}

export interface ValueRow extends Placed {
  readonly kind: 'value';
  readonly name: string;
  readonly label: string;
  readonly standing: Standing;
  /** What the model went by; absent for `unset`. */
  readonly value?: JsonValue;
  /** Where one is known. */
  readonly default?: JsonValue;
  readonly field: Field | null;
}

export type RequestRow =
  | ValueRow
  /** Over what stands within a group, a list of groups or a map. */
  | (Placed & { readonly kind: 'group'; readonly label: string; readonly count: number | null })
  /** So many items of a list or map are left out: the JSON has them. */
  | (Placed & { readonly kind: 'more'; readonly count: number });

/** Items of one list or map; more is read in the JSON, which draws only what is in sight. */
const MOST_ITEMS = 30;

/**
 * A request as a person reads it: all the model's inputs in the order of its form, then names the form does not know.
 * Without a form the values alone.
 */
export function requestRows(form: ModelForm | null, input: JsonObject): readonly RequestRow[] {
  return inObject(form?.fields ?? [], input, [], 0);
}

function inObject(
  fields: readonly Field[],
  object: JsonObject,
  path: Path,
  depth: number,
): readonly RequestRow[] {
  const known = new Set(fields.map(({ name }) => name));
  return [
    ...fields.flatMap((field) => ofField(field, own(object, field.name), [...path, field.name], depth)),
    ...Object.entries(object).flatMap(([name, value]): readonly RequestRow[] => {
      if (known.has(name)) return [];
      const place = pointerOf([...path, name]);
      const label = labelFromName(name);
      return [{ kind: 'value', place, depth, name, label, standing: 'unlisted', value, field: null }];
    }),
  ];
}

function ofField(
  field: Field,
  held: JsonValue | undefined,
  path: Path,
  depth: number,
): readonly RequestRow[] {
  const value = held === undefined ? field.default : held;
  const place = pointerOf(path);
  const inner = value === undefined ? null : within(field, value, path, depth);
  const standing = standingOf(field, held);
  if (inner !== null) return standing === 'default' ? inner.map(asDefault) : inner;
  return [
    {
      kind: 'value',
      place,
      depth,
      name: field.name,
      label: field.label,
      standing,
      field,
      ...(value === undefined ? {} : { value }),
      ...(field.default === undefined ? {} : { default: field.default }),
    },
  ];
}

/** Of a default that holds other values none was set. */
const asDefault = (row: RequestRow): RequestRow =>
  row.kind === 'value' && row.standing !== 'unset' ? { ...row, standing: 'default' } : row;

function standingOf(field: Field, held: JsonValue | undefined): Standing {
  if (held === undefined) return field.default === undefined ? 'unset' : 'default';
  return field.default !== undefined && sameJson(held, field.default) ? 'default' : 'set';
}

/** The rows of what holds other values; null for what is one value of its own. */
function within(field: Field, value: JsonValue, path: Path, depth: number): readonly RequestRow[] | null {
  const head = (count: number | null): RequestRow => ({
    kind: 'group',
    place: pointerOf(path),
    depth,
    label: field.label,
    count,
  });
  if (field.kind === 'object' && isJsonObject(value))
    return [head(null), ...inObject(field.fields, value, path, depth + 1)];
  if (field.kind === 'map' && isJsonObject(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return null;
    const items = entries.map(([key, item]) => ({ step: key, label: key, item, field: field.value }));
    return [head(entries.length), ...ofItems(items, path, depth + 1)];
  }
  if (!isJsonArray(value) || value.length === 0) return null;
  if (field.kind === 'tuple') {
    const items = value.map((item, step) => {
      const inner = field.items[step];
      return { step, label: inner?.label ?? `Item ${step + 1}`, item, field: inner ?? null };
    });
    return [head(null), ...ofItems(items, path, depth + 1)];
  }
  if (field.kind === 'list') {
    const items = value.map((item, step) => ({
      step,
      label: `${field.item.label} ${step + 1}`,
      item,
      field: field.item,
    }));
    return [head(value.length), ...ofItems(items, path, depth + 1)];
  }
  return null;
}

interface Item {
  readonly step: string | number;
  readonly label: string;
  readonly item: JsonValue;
  readonly field: Field | null;
}

function ofItems(items: readonly Item[], path: Path, depth: number): readonly RequestRow[] {
  const rows = items.slice(0, MOST_ITEMS).flatMap(({ step, label, item, field }): readonly RequestRow[] => {
    const here = [...path, step];
    // An item's label is that of any other too: its number tells it apart.
    const named = field === null ? null : { ...field, label };
    const inner = named === null ? null : within(named, item, here, depth);
    if (inner !== null) return inner;
    const place = pointerOf(here);
    const standing = named === null ? 'unlisted' : 'set';
    return [{ kind: 'value', place, depth, name: String(step), label, standing, value: item, field: named }];
  });
  const left = items.length - MOST_ITEMS;
  return left > 0 ? [...rows, { kind: 'more', place: `${pointerOf(path)}/…`, depth, count: left }] : rows;
}

/** How many values differ from what the model does by itself. */
export const setCount = (rows: readonly RequestRow[]): number => rows.filter(isSet).length;

/** Only what was set, and the heads it stands under. */
export function onlySet(rows: readonly RequestRow[]): readonly RequestRow[] {
  return rows.filter((row, at) => {
    if (row.kind === 'more') return true;
    if (row.kind === 'value') return isSet(row);
    const end = rows.findIndex((other, i) => i > at && other.depth <= row.depth);
    return rows.slice(at + 1, end === -1 ? undefined : end).some(isSet);
  });
}

const isSet = (row: RequestRow): boolean =>
  row.kind === 'value' && (row.standing === 'set' || row.standing === 'unlisted');
