import type { JsonObject, JsonValue } from '../json.ts';
import type { FileMedium } from '../media/input.ts';
import { problemsOf } from './check-value.ts';
import type { Field, FileField, ListField, ModelForm } from './field.ts';
import { wordsOf } from './labels.ts';
import { isJsonArray } from './node.ts';

/** What a file is for: the thing worked on, the frame it ends with, what it is to look like, what steers it, a mask. */
export type Purpose = 'main' | 'end' | 'reference' | 'control' | 'mask';

const PURPOSES: readonly (readonly [Purpose, ReadonlySet<string>])[] = [
  ['mask', new Set(['mask', 'masks'])],
  ['end', new Set('end last tail final'.split(' '))],
  ['reference', new Set('reference references ref refs style subject'.split(' '))],
  ['control', new Set('control controlnet pose openpose depth canny adapter lora texture'.split(' '))],
];

interface Kept {
  readonly value: string;
  readonly name: string;
  readonly medium: FileMedium;
  readonly purpose: Purpose;
}

/** A field for one file, or for several. */
export type FileHolder = FileField | (ListField & { readonly item: FileField });

/** The files of one model's draft in the fields of another: by name, then by what they are for, in their order. */
export function carriedMedia(from: ModelForm, input: JsonObject, to: ModelForm): JsonObject {
  let left = from.fields.filter(holdsFiles).flatMap((field) => filesIn(field, input[field.name]));
  const carried: Record<string, JsonValue> = {};
  const take = (field: FileHolder, suits: (kept: Kept) => boolean): void => {
    if (Object.hasOwn(carried, field.name)) return;
    const medium = mediumOf(field);
    const suiting = left.filter((kept) => kept.medium === medium && suits(kept));
    const taken = suiting.slice(0, field.kind === 'file' ? 1 : (field.maxItems ?? suiting.length));
    const values = taken.map(({ value }) => value);
    const value = field.kind === 'file' ? values[0] : values;
    if (value === undefined || taken.length === 0 || problemsOf(field, value).length > 0) return;
    carried[field.name] = value;
    left = left.filter((kept) => !taken.includes(kept));
  };
  const targets = to.fields.filter(holdsFiles);
  for (const field of targets) take(field, ({ name }) => name === field.name);
  for (const field of targets) take(field, ({ purpose }) => purpose === purposeOf(field));
  // Some models call what is worked on a reference, and the other way round.
  for (const field of targets) {
    const purpose = purposeOf(field);
    if (purpose === 'main') take(field, (kept) => kept.purpose === 'reference');
    if (purpose === 'reference') take(field, (kept) => kept.purpose === 'main');
  }
  return carried;
}

export function holdsFiles(field: Field): field is FileHolder {
  return field.kind === 'file' || (field.kind === 'list' && field.item.kind === 'file');
}

function filesIn(field: FileHolder, value: JsonValue | undefined): readonly Kept[] {
  const values = isJsonArray(value) ? value : [value];
  const about = { name: field.name, medium: mediumOf(field), purpose: purposeOf(field) };
  return values.flatMap((value) => (typeof value === 'string' && value !== '' ? [{ value, ...about }] : []));
}

export function mediumOf(field: FileHolder): FileMedium {
  return field.kind === 'file' ? field.medium : field.item.medium;
}

export function purposeOf(field: FileHolder): Purpose {
  if (field.kind === 'file' && field.maskOf !== undefined) return 'mask';
  const words = wordsOf(field.name);
  return PURPOSES.find(([, known]) => words.some((word) => known.has(word)))?.[0] ?? 'main';
}
