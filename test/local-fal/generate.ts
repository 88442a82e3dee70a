import { refName } from './clean-schema.ts';
import type { Json } from './schema-documents.ts';
import { isJson } from './schema-documents.ts';

/** Makes a media object or a bare URL for a property; `path` are the property names from the root. */
export type MediaMaker = (
  path: readonly string[],
  index: number,
) => Promise<Readonly<Record<string, unknown>>>;

export type GenerateOptions = {
  readonly components: Json;
  /** The request: `seed`, `prompt` and whatever else the output repeats come back as they were sent. */
  readonly input: Json;
  readonly media: MediaMaker;
};

/** A value that fits an output schema as published. */
export async function generate(schema: unknown, options: GenerateOptions): Promise<unknown> {
  const root = settle(schema, options.components);
  const untyped = Object.keys(root).every((key) => ['title', 'description'].includes(key));
  if (untyped) return { text: sentence(options.input) };
  return value(root, [], 0, options);
}

const MAX_DEPTH = 8;

/**
 * Follows references, merges `allOf`, and chooses a union's branch: one that is not null, an object with a URL
 * before others. The result has no `$ref`, `allOf`, `anyOf` or `oneOf` of its own.
 */
export function settle(schema: unknown, components: Json, depth = 0): Json {
  if (!isJson(schema) || depth > 20) return {};
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  let merged: Json = own;
  const name = refName($ref, components);
  if (name !== null) merged = merge(settle(components[name], components, depth + 1), merged);
  if (Array.isArray(allOf)) {
    for (const part of allOf) merged = merge(settle(part, components, depth + 1), merged);
  }
  for (const union of [anyOf, oneOf]) {
    if (!Array.isArray(union)) continue;
    const branches = union.map((branch) => settle(branch, components, depth + 1));
    const real = branches.filter((branch) => branch['type'] !== 'null');
    const chosen = real.find(isMediaObject) ??
      real.find((b) => Array.isArray(b['enum'])) ??
      real[0] ?? { type: 'null' };
    merged = merge(chosen, merged);
  }
  return merged;
}

function merge(a: Json, b: Json): Json {
  const properties = {
    ...(isJson(a['properties']) ? a['properties'] : {}),
    ...(isJson(b['properties']) ? b['properties'] : {}),
  };
  const required = [a['required'], b['required']].flatMap((list) => (Array.isArray(list) ? list : []));
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** `File` and its kin: the name of the component does not tell, its properties do (fal-protocol §12.4). */
export function isMediaObject(schema: Json): boolean {
  const properties = schema['properties'];
  if (!isJson(properties) || !('url' in properties)) return false;
  return (
    ['content_type', 'file_name', 'file_size', 'width', 'fps', 'sample_rate'].some(
      (key) => key in properties,
    ) || Object.keys(properties).length === 1
  );
}

async function value(
  schema: Json,
  path: readonly string[],
  depth: number,
  options: GenerateOptions,
): Promise<unknown> {
  if ('const' in schema) return schema['const'];
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.length > 0) {
    const asked = path.length === 1 ? options.input[path[0] ?? ''] : undefined;
    return choices.includes(asked) ? asked : choices[0];
  }
  const type = Array.isArray(schema['type']) ? schema['type'].find((t) => t !== 'null') : schema['type'];
  if (type === 'object' || isJson(schema['properties'])) return objectValue(schema, path, depth, options);
  switch (type) {
    case 'array':
      return arrayValue(schema, path, depth, options);
    case 'string':
      return stringValue(schema, path, options);
    case 'integer':
    case 'number':
      return numberValue(schema, path, type === 'integer', options);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return isJson(schema['additionalProperties']) ? objectValue(schema, path, depth, options) : 'untyped';
  }
}

async function objectValue(
  schema: Json,
  path: readonly string[],
  depth: number,
  options: GenerateOptions,
): Promise<unknown> {
  const properties = isJson(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const known: Readonly<Record<string, unknown>> | null = isMediaObject({ ...schema, properties })
    ? await options.media(path, indexOf(path))
    : null;
  const out: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(properties)) {
    if (depth >= MAX_DEPTH && !required.has(name)) continue;
    if (known && name in known) out[name] = known[name];
    // What a media object does not know stays out: `file_data` is never on the wire (fal-protocol §12.4).
    else if (!known || required.has(name)) {
      out[name] = await value(settle(raw, options.components), [...path, name], depth + 1, options);
    }
  }
  const additional = schema['additionalProperties'];
  if (isJson(additional) && Object.keys(properties).length === 0) {
    const key = path.at(-1) === 'timings' ? 'inference' : 'value';
    out[key] = await value(settle(additional, options.components), [...path, key], depth + 1, options);
  }
  return out;
}

async function arrayValue(
  schema: Json,
  path: readonly string[],
  depth: number,
  options: GenerateOptions,
): Promise<unknown> {
  const tuple = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : Infinity;
  const wanted = Math.min(most, Math.max(least, tuple.length, countOf(path, options.input)));
  const items: unknown[] = [];
  for (let i = 0; i < wanted; i += 1) {
    const item = settle(tuple[i] ?? schema['items'] ?? {}, options.components);
    items.push(await value(item, [...path, String(i)], depth + 1, options));
  }
  return items;
}

/** As many pictures as were asked for, and as many verdicts on them. */
function countOf(path: readonly string[], input: Json): number {
  const asked = input['num_images'];
  const perImage = path.length === 1 && /^(images|has_nsfw_concepts|seeds)$/.test(path[0] ?? '');
  return perImage && typeof asked === 'number' ? Math.min(4, Math.max(1, Math.trunc(asked))) : 1;
}

function indexOf(path: readonly string[]): number {
  const last = Number(path.at(-1));
  return Number.isInteger(last) ? last : 0;
}

const URL_NAME = /(^|_)(url|urls|uri)$/;

async function stringValue(schema: Json, path: readonly string[], options: GenerateOptions): Promise<string> {
  const names = path.filter((part) => !/^\d+$/.test(part));
  const name = names.at(-1) ?? '';
  if (schema['format'] === 'uri' || URL_NAME.test(name)) {
    const { url } = await options.media(path, indexOf(path));
    return typeof url === 'string' ? url : '';
  }
  if (schema['format'] === 'uuid' || schema['format'] === 'uuid4')
    return '7b7c4b0e-4a55-4d7e-9c1f-2f6a1f0c9d11';
  if (schema['format'] === 'date-time') return '2026-09-01T09:00:00Z';
  const sent = options.input[name];
  if (names.length === 1 && typeof sent === 'string') return fit(sent, schema);
  const examples = schema['examples'];
  const example = Array.isArray(examples) ? examples.find((item) => typeof item === 'string') : undefined;
  return fit(typeof example === 'string' ? example : sentence(options.input), schema);
}

function fit(text: string, schema: Json): string {
  const least = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0;
  const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : Infinity;
  return text.padEnd(least, '.').slice(0, most);
}

function sentence(input: Json): string {
  const prompt = input['prompt'];
  return typeof prompt === 'string' && prompt !== ''
    ? `A careful answer to: ${prompt}`
    : 'A quiet valley between two hills, with a river that takes its time.';
}

function numberValue(
  schema: Json,
  path: readonly string[],
  whole: boolean,
  options: GenerateOptions,
): unknown {
  const sent = path.length === 1 ? options.input[path[0] ?? ''] : undefined;
  if (typeof sent === 'bigint' && whole) return sent;
  if (typeof sent === 'number' && (!whole || Number.isInteger(sent)) && within(sent, schema)) return sent;
  const step =
    typeof schema['multipleOf'] === 'number' && schema['multipleOf'] > 0
      ? schema['multipleOf']
      : whole
        ? 1
        : 0;
  const wanted = path[0] === 'seed' ? 20260901 : whole ? 1 : 0.5;
  const limit = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const low = limit('minimum') ?? limit('exclusiveMinimum') ?? -Infinity;
  const high = limit('maximum') ?? limit('exclusiveMaximum') ?? Infinity;
  const middle =
    Number.isFinite(low) && Number.isFinite(high)
      ? (low + high) / 2
      : Number.isFinite(low)
        ? low + 1
        : high - 1;
  for (const candidate of [wanted, low, high, middle]) {
    const stepped = step > 0 && Number.isFinite(candidate) ? Math.ceil(candidate / step) * step : candidate;
    if (Number.isFinite(stepped) && within(stepped, schema)) return stepped;
  }
  return wanted;
}

function within(n: number, schema: Json): boolean {
  const limit = (name: string, fallback: number) => {
    const bound = schema[name];
    return typeof bound === 'number' ? bound : fallback;
  };
  return (
    n >= limit('minimum', -Infinity) &&
    n <= limit('maximum', Infinity) &&
    n > limit('exclusiveMinimum', -Infinity) &&
    n < limit('exclusiveMaximum', Infinity)
  );
}
