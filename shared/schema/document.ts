import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { objectAt, textAt } from './node.ts';
import type { SchemaNode } from './node.ts';
import { resolverOf } from './resolve.ts';
import type { Resolve } from './resolve.ts';

export type ModelDocument =
  | {
      readonly kind: 'ok';
      readonly endpointId: string;
      /** Resolved at the top; use `resolve` for what lies within. */
      readonly inputSchema: SchemaNode;
      /** Null when the document names no output, as for some streaming models. */
      readonly outputSchema: SchemaNode | null;
      readonly resolve: Resolve;
    }
  /** `reason` is a sentence for the person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Finds the input and output of one endpoint in its OpenAPI document (fal-protocol §12.4). It follows the paths, never
 * the names of components: several of those end in "Input" in one document.
 */
export function readModelDocument(document: JsonValue): ModelDocument {
  if (!isJsonObject(document)) return unreadable('The model’s document is not an object.');
  const failure = failureOf(document);
  if (failure !== undefined) return unreadable(failure);
  const paths = objectAt(document, 'paths');
  if (paths === undefined) return unreadable('The model’s document names no paths.');

  const named = namedEndpoint(document);
  const submit = findSubmit(paths, named);
  if (submit === undefined) return unreadable('The model’s document has no request to send.');

  const resolve = resolverOf(document);
  const inputSchema = resolve(submit.schema);
  if (Object.keys(inputSchema).length === 0) {
    return unreadable('The model’s document does not describe its input.');
  }
  const output = findOutput(paths, submit.path);
  return {
    kind: 'ok',
    endpointId: named ?? submit.path.replace(/^\/+|\/+$/g, ''),
    inputSchema,
    outputSchema: output === undefined ? null : resolve(output),
    resolve,
  };
}

/** The platform answers `{"error": {"code": "expansion_failed"}}` in place of about one document in a hundred. */
function failureOf(document: JsonObject): string | undefined {
  const error = objectAt(document, 'error');
  if (error === undefined || Object.hasOwn(document, 'paths')) return undefined;
  const said = textAt(error, 'message') ?? textAt(error, 'code');
  return `fal could not produce this model’s document${said === undefined ? '' : ` (${said})`}.`;
}

/** `info.x-fal-metadata`; one reader of fal's documents looks for it at the root, so both places count. */
function namedEndpoint(document: JsonObject): string | undefined {
  const info = objectAt(document, 'info');
  const metadata = (info && objectAt(info, 'x-fal-metadata')) ?? objectAt(document, 'x-fal-metadata');
  const id = metadata && textAt(metadata, 'endpointId');
  return id === '' ? undefined : id;
}

interface Submit {
  readonly path: string;
  readonly schema: JsonValue;
}

function findSubmit(paths: JsonObject, endpointId: string | undefined): Submit | undefined {
  const submits = Object.entries(paths).flatMap(([path, item]): readonly Submit[] => {
    const post = isJsonObject(item) ? objectAt(item, 'post') : undefined;
    const schema = post && contentSchema(objectAt(post, 'requestBody'));
    return schema === undefined ? [] : [{ path, schema }];
  });
  return submits.find(({ path }) => path === `/${endpointId}`) ?? submits[0];
}

/** The result is what `GET <submit path>/requests/{request_id}` answers; the POST itself answers a queue status. */
function findOutput(paths: JsonObject, submitPath: string): JsonValue | undefined {
  const found =
    Object.keys(paths).find((path) => path.startsWith(`${submitPath}/requests/`) && path.endsWith('}')) ??
    Object.keys(paths).find((path) => /\/requests\/\{[^/]+\}$/.test(path));
  const item = found === undefined ? undefined : objectAt(paths, found);
  const get = item && objectAt(item, 'get');
  const responses = get && objectAt(get, 'responses');
  return responses && contentSchema(objectAt(responses, '200') ?? objectAt(responses, 'default'));
}

function contentSchema(body: JsonObject | undefined): JsonValue | undefined {
  const content = body && objectAt(body, 'content');
  if (content === undefined) return undefined;
  const media = objectAt(content, 'application/json') ?? Object.values(content).find(isJsonObject);
  return media && objectAt(media, 'schema');
}

function unreadable(reason: string): ModelDocument {
  return { kind: 'unreadable', reason };
}
