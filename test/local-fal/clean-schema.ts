import type { Json } from './schema-documents.ts';
import { isJson } from './schema-documents.ts';

/**
 * Published schemas call themselves OpenAPI 3.0.4 but are JSON Schema with habits of both (fal-protocol §12.4):
 * dangling references, `nullable`, numeric and boolean exclusive limits, stray keywords. What comes out holds
 * only keywords that a 2020-12 validator understands.
 */
export function cleanSchema(schema: unknown, components: Json): Json {
  const definitions: Record<string, Json> = {};
  for (const [name, value] of Object.entries(components)) definitions[name] = clean(value, components);
  return { ...clean(schema, components), $defs: definitions };
}

const PREFIX = '#/components/schemas/';

/** The component a `$ref` names, or null for a dangling or foreign one. */
export function refName(ref: unknown, components: Json): string | null {
  if (typeof ref !== 'string' || !ref.startsWith(PREFIX)) return null;
  const name = decodeURIComponent(ref.slice(PREFIX.length).replaceAll('~1', '/').replaceAll('~0', '~'));
  return Object.hasOwn(components, name) ? name : null;
}

const NUMBERS = ['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'multipleOf'] as const;
const COUNTS = ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'] as const;
const TYPES = new Set(['string', 'integer', 'number', 'boolean', 'object', 'array', 'null']);
/** Those that ajv-formats and pydantic agree on; `binary`, `uuid4` and the rest say nothing on the wire. */
const FORMATS = new Set(['uri', 'uuid', 'date-time', 'date', 'email']);

function clean(schema: unknown, components: Json): Json {
  if (!isJson(schema)) return {};
  const out: Record<string, unknown> = {};
  if ('$ref' in schema) {
    const name = refName(schema['$ref'], components);
    if (name !== null) out['$ref'] = `#/$defs/${escapePointer(name)}`;
  }
  cleanScalars(schema, out);
  for (const keyword of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    const list = schema[keyword];
    if (Array.isArray(list) && list.length > 0) out[keyword] = list.map((item) => clean(item, components));
  }
  if (isJson(schema['items'])) out['items'] = clean(schema['items'], components);
  if (isJson(schema['properties'])) {
    out['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, value]) => [name, clean(value, components)]),
    );
  }
  const required = schema['required'];
  if (Array.isArray(required))
    out['required'] = [...new Set(required.filter((name) => typeof name === 'string'))];
  const additional = schema['additionalProperties'];
  if (additional === false) out['additionalProperties'] = false;
  else if (isJson(additional)) out['additionalProperties'] = clean(additional, components);
  return schema['nullable'] === true ? { anyOf: [out, { type: 'null' }] } : out;
}

function cleanScalars(schema: Json, out: Record<string, unknown>): void {
  const { type } = schema;
  if (typeof type === 'string' && TYPES.has(type)) out['type'] = type;
  if (Array.isArray(type) && type.length > 0 && type.every((t) => TYPES.has(String(t)))) out['type'] = type;
  for (const keyword of NUMBERS) if (typeof schema[keyword] === 'number') out[keyword] = schema[keyword];
  // The boolean form of 3.0 turns the plain limit into an exclusive one.
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (schema[flag] !== true || out[limit] === undefined) continue;
    out[flag] = out[limit];
    delete out[limit];
  }
  for (const keyword of COUNTS) if (Number.isInteger(schema[keyword])) out[keyword] = schema[keyword];
  if (schema['uniqueItems'] === true) out['uniqueItems'] = true;
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) out['enum'] = schema['enum'];
  if ('const' in schema) out['const'] = schema['const'];
  if (typeof schema['format'] === 'string' && FORMATS.has(schema['format'])) out['format'] = schema['format'];
  if (typeof schema['pattern'] === 'string' && isSimplePattern(schema['pattern']))
    out['pattern'] = schema['pattern'];
}

/** A foreign regular expression is run only when it cannot blow up: short, and no repeated group is unbounded. */
function isSimplePattern(pattern: string): boolean {
  if (pattern.length > 80 || /\)(\+|\*|\{\d+,\})|\\\d|\(\?/.test(pattern)) return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function escapePointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
