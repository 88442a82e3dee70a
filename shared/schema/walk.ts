import type { Field, ModelForm } from './field.ts';
import { pointerOf } from './path.ts';
import type { Path } from './path.ts';

export interface PlacedField {
  /** A JSON pointer in which `*` stands for every item of a list and every value of a map: `/loras/*` and below. */
  readonly pointer: string;
  readonly field: Field;
}

/** Every field of a form, those within others right after them. */
export function everyField(form: ModelForm): readonly PlacedField[] {
  return form.fields.flatMap((field) => placed(field, [field.name]));
}

function placed(field: Field, path: Path): readonly PlacedField[] {
  return [{ pointer: pointerOf(path), field }, ...within(field, path)];
}

function within(field: Field, path: Path): readonly PlacedField[] {
  switch (field.kind) {
    case 'object':
      return field.fields.flatMap((inner) => placed(inner, [...path, inner.name]));
    case 'list':
      return placed(field.item, [...path, '*']);
    case 'map':
      return placed(field.value, [...path, '*']);
    case 'tuple':
      return field.items.flatMap((item, i) => placed(item, [...path, i]));
    default:
      return [];
  }
}
