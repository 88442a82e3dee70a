import type { JsonObject, JsonValue } from '../json.ts';
import { suits } from '../media/input.ts';
import { kindOfType } from '../media/kind.ts';
import { mediaReference } from '../media/reference.ts';
import { holdsFiles, mediumOf, purposeOf } from './carry-media.ts';
import type { FileHolder, Purpose } from './carry-media.ts';
import { problemsOf } from './check-value.ts';
import { setAt } from './draft.ts';
import type { Field, ModelForm } from './field.ts';
import { isJsonArray } from './node.ts';

/** A file of this computer. */
export interface GivenFile {
  readonly sha256: string;
  readonly contentType: string;
}

export interface Given {
  readonly field: Field;
  /** The draft with the file in that field. */
  readonly input: JsonObject;
}

/** The thing worked on before what it is to look like, and that before what steers it; a mask is drawn for one picture. */
const ORDER: readonly Purpose[] = ['main', 'reference', 'control', 'end'];

/**
 * The field of a form that a file goes into by itself: of those that take its kind, the one for the thing that is worked on,
 * the required ones first. Undefined where no field says that it takes such a file.
 */
export function fieldFor(form: ModelForm, contentType: string): FileHolder | undefined {
  const fitting = form.fields.filter(
    (field): field is FileHolder => holdsFiles(field) && !field.deprecated && takes(field, contentType),
  );
  for (const purpose of ORDER) {
    const those = fitting.filter((field) => purposeOf(field) === purpose);
    const field = those.find(({ required }) => required) ?? those[0];
    if (field !== undefined) return field;
  }
  return undefined;
}

/** What takes a file of no kind in particular, such as an archive to train on, is not meant for a picture. */
function takes(field: FileHolder, contentType: string): boolean {
  const medium = mediumOf(field);
  return medium === 'any' ? kindOfType(contentType) === 'file' : suits(medium, contentType);
}

/** The draft with a file in the field it goes into: in the place of the one there, or after those there. */
export function giveFile(form: ModelForm, draft: JsonObject, file: GivenFile): Given | null {
  const field = fieldFor(form, file.contentType);
  if (field === undefined) return null;
  const value = valueWith(field, draft[field.name], mediaReference(file.sha256));
  return { field, input: setAt(form, draft, [field.name], value) };
}

function valueWith(field: FileHolder, before: JsonValue | undefined, file: string): JsonValue {
  if (field.kind === 'file') return file;
  const there = isJsonArray(before) ? before.filter((item) => item !== file) : [];
  const added = [...there, file];
  // Where there is no room for one more it stands alone, as it would in a field for one.
  return problemsOf(field, added).length === 0 ? added : [file];
}
