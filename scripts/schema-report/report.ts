import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { readModelDocument } from '../../shared/schema/document.ts';
import type { Field } from '../../shared/schema/field.ts';
import { readForm } from '../../shared/schema/fields.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { everyField } from '../../shared/schema/walk.ts';
import { propertiesWithin } from './properties.ts';

export interface Row {
  /** A JSON pointer, `*` for items. */
  readonly path: string;
  /** A field's kind; "hidden" for what its author keeps out of forms. */
  readonly kind: Field['kind'] | 'hidden';
  readonly required: boolean;
  /** Null for a side of a size, which its size shows, and for what is hidden. */
  readonly field: Field | null;
}

export interface Report {
  readonly endpoint: string;
  readonly rows: readonly Row[];
  /** What the untouched form would send. */
  readonly request: JsonObject;
  /** Paths of the properties the form has no field for. */
  readonly fallout: readonly string[];
  /** Why there is no form, where there is none: the request is then written as JSON. */
  readonly unreadable: string | null;
  /** Milliseconds from the parsed document to the form. */
  readonly took: number;
}

/** One document, and what the form makes of each property of its input. */
export function reportOn(document: JsonValue): Report {
  const start = performance.now();
  const result = readForm(document);
  const took = performance.now() - start;
  const model = readModelDocument(document);
  const endpoint = model.kind === 'ok' ? model.endpointId : '';
  if (result.kind === 'unreadable') {
    return { endpoint, rows: [], request: {}, fallout: [], unreadable: result.reason, took };
  }
  const rows = everyField(result.form).flatMap(({ pointer, field }): readonly Row[] => [
    { path: pointer, kind: field.kind, required: field.required, field },
    ...(field.kind === 'size' ? sides(pointer) : []),
  ]);
  const properties = model.kind === 'ok' ? propertiesWithin(model.inputSchema, model.resolve) : [];
  const kinds = new Map(rows.map((row) => [row.path, row.kind]));
  const missing = properties.filter(({ pointer }) => !isCovered(pointer, kinds));
  const hidden = missing.filter((property) => property.hidden && !property.required);
  return {
    endpoint,
    rows: [
      ...rows,
      ...hidden.map(({ pointer }): Row => ({ path: pointer, kind: 'hidden', required: false, field: null })),
    ],
    request: buildRequest(result.form, {}),
    fallout: missing.filter((property) => !hidden.includes(property)).map(({ pointer }) => pointer),
    unreadable: null,
    took,
  };
}

/** A size is one field with a number for each side. */
function sides(pointer: string): readonly Row[] {
  return ['width', 'height'].map((side) => ({
    path: `${pointer}/${side}`,
    kind: 'number',
    required: false,
    field: null,
  }));
}

/** It has a field, or lies in something that is written as JSON as a whole. */
function isCovered(pointer: string, kinds: ReadonlyMap<string, Row['kind']>): boolean {
  const kind = kinds.get(pointer);
  if (kind !== undefined) return true;
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  const around = kinds.get(above);
  return around === undefined ? above !== '' && isCovered(above, kinds) : around === 'json';
}
