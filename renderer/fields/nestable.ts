import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { ListField, MapField, ObjectField, TupleField } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import type { Path } from '../../shared/schema/path.ts';
import type { ControlProps } from './field-row.tsx';

export type NestedField = ListField | ObjectField | MapField | TupleField;

export interface NestedProps<F extends NestedField> extends ControlProps<F> {
  readonly path: Path;
}

/** Whether a value can be shown as the rows of its field: what is not there, and null, can. */
export function isNestable(field: NestedField, value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  switch (field.kind) {
    case 'list':
      return isJsonArray(value) || (field.orSingle && !isJsonObject(value));
    case 'tuple':
      return isJsonArray(value) && value.length === field.items.length;
    case 'object':
    case 'map':
      return isJsonObject(value);
  }
}
