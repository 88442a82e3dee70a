import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type {
  ChoiceField,
  Field,
  ModelForm,
  NumberField,
  SeedField,
  SizeField,
  SwitchField,
  TextField,
} from '../schema/field.ts';
import { isJsonArray } from '../schema/node.ts';
import type { Path } from '../schema/path.ts';
import { shownValue } from '../schema/request.ts';

/** Kinds whose values can be told one from another in a few words. */
export type Sweepable = NumberField | SeedField | ChoiceField | SwitchField | SizeField | TextField;

export interface SweepField {
  readonly path: Path;
  readonly field: Sweepable;
  /** With what it lies in: "Steps", "LoRA 1 · Scale". */
  readonly label: string;
}

/** The fields that can be swept, in the form's order; of groups and lists those that are there in the draft. */
export function sweepFields({ fields }: ModelForm, input: JsonObject): readonly SweepField[] {
  return within(fields, input, [], '');
}

function within(
  fields: readonly Field[],
  object: JsonObject,
  path: Path,
  owner: string,
): readonly SweepField[] {
  return fields.flatMap((field) =>
    at(field, shownValue(field, object), [...path, field.name], `${owner}${field.label}`),
  );
}

function at(field: Field, value: JsonValue | undefined, path: Path, label: string): readonly SweepField[] {
  switch (field.kind) {
    case 'number':
    case 'seed':
    case 'text':
    case 'switch':
      return [{ path, field, label }];
    case 'choice':
      return field.options.length > 1 || field.open ? [{ path, field, label }] : [];
    case 'size':
      return field.presets.length > 1 ? [{ path, field, label }] : [];
    case 'object':
      return isJsonObject(value) ? within(field.fields, value, path, `${label} · `) : [];
    case 'list': {
      const { item } = field;
      if (!isJsonArray(value) || item.kind === 'file') return [];
      return value.flatMap((one, i) => at(item, one, [...path, i], `${item.label} ${i + 1}`));
    }
    default:
      return [];
  }
}
