import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm } from './field.ts';
import { readForm } from './fields.ts';

const json = (schema: JsonValue) => ({ content: { 'application/json': { schema } } });

/** A whole document around one input schema, for tests (fal-protocol §12.4). */
export function documentOf(input: JsonValue, more: JsonObject = {}): JsonObject {
  return {
    openapi: '3.0.4',
    info: { 'x-fal-metadata': { endpointId: 'acme/bird' } },
    components: {
      schemas: { Status: { type: 'object' }, Output: { type: 'object', title: 'Output' }, ...more },
    },
    paths: {
      '/acme/bird/requests/{request_id}/status': {
        get: { responses: { 200: json({ $ref: '#/components/schemas/Status' }) } },
      },
      '/acme/bird': {
        post: { requestBody: json(input), responses: { 200: json({ $ref: '#/components/schemas/Status' }) } },
      },
      '/acme/bird/requests/{request_id}': {
        get: { responses: { 200: json({ $ref: '#/components/schemas/Output' }) } },
      },
    },
  };
}

export function formOf(properties: JsonObject, required: readonly string[] = []): ModelForm {
  const result = readForm(
    documentOf({ type: 'object', properties, required, 'x-fal-order-properties': Object.keys(properties) }),
  );
  if (result.kind === 'unreadable') throw new Error(result.reason);
  return result.form;
}

export function fieldOf(property: JsonObject, name = 'field'): Field {
  const [field] = formOf({ [name]: property }).fields;
  if (field === undefined) throw new Error('no field');
  return field;
}
