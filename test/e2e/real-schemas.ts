import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './app.ts';

/** Real OpenAPI documents, kept beside the project and not in it; the tests that need them say when they are absent. */
export const SCHEMAS = join(root, '..', 'shared', 'schemas');
export const haveSchemas = existsSync(join(SCHEMAS, 'fal-ai__flux__dev.json'));
export const WHY_SKIPPED = 'the real schema documents are not beside the project';

type Json = Record<string, unknown>;

/** The smallest input a person would give: every required property, from its own example, default or type. */
export function smallestInput(endpointId: string): Json {
  const document = object(
    JSON.parse(readFileSync(join(SCHEMAS, `${endpointId.replaceAll('/', '__')}.json`), 'utf8')),
  );
  const post = object(object(object(document['paths'])[`/${endpointId}`])['post']);
  const body = object(object(object(post['requestBody'])['content'])['application/json']);
  const schema = deref(document, object(body['schema']));
  const properties = object(schema['properties']);
  const required = Array.isArray(schema['required'])
    ? schema['required'].filter((name) => typeof name === 'string')
    : [];
  return Object.fromEntries(required.map((name) => [name, valueFor(document, object(properties[name]))]));
}

function valueFor(document: Json, raw: Json): unknown {
  const schema = deref(document, raw);
  const examples = schema['examples'];
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if ('default' in schema) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [valueFor(document, object(schema['items']))];
    case 'object': {
      const properties = object(schema['properties']);
      const required = Array.isArray(schema['required']) ? schema['required'] : [];
      return Object.fromEntries(
        required.map((name) => [name, valueFor(document, object(properties[String(name)]))]),
      );
    }
    default:
      return 'https://example.com/input.png';
  }
}

function deref(document: Json, schema: Json): Json {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const name = ref.split('/').at(-1) ?? '';
  return { ...object(object(object(document['components'])['schemas'])[name]), ...schema };
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
