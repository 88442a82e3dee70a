import { fullPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { exchangeOk } from './http.ts';
import type { HttpAnswer } from './http.ts';

/** Bytes; the largest documents of fal's have some hundred thousand. */
const LARGEST = 16 * 2 ** 20;
const AS_JSON = 'The request can still be written as JSON.';

/**
 * An endpoint's OpenAPI document: from the website, and where that has none from the catalogue's expansion
 * (fal-protocol §12.1, §12.3). Where neither has one, the error is the one of the two that may pass: `not_found` only
 * where both were heard, and know of none.
 */
export async function readDocument(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<JsonValue, AppError>> {
  const fromSite = await readFromSite(connection, id, signal);
  if (fromSite.ok) return fromSite;
  const expanded = await readExpansion(connection, id, signal);
  if (expanded.ok) return expanded;
  return fail(passes(fromSite.error) > passes(expanded.error) ? fromSite.error : expanded.error);
}

/** How likely another try ends otherwise. */
function passes({ kind }: AppError): number {
  return kind === 'not_found' ? 0 : kind === 'protocol' ? 1 : 2;
}

async function readFromSite(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<JsonObject, AppError>> {
  const url = `${connection.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=${inQuery(id)}`;
  const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', most: LARGEST, signal });
  if (!answer.ok) return answer;
  const { body } = answer.value;
  return body === undefined ? fail(notJson(answer.value)) : documentIn(body, id);
}

async function readExpansion(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<JsonObject, AppError>> {
  const url = `${connection.hosts.api}/v1/models?endpoint_id=${inQuery(id)}&expand=openapi-3.0`;
  const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', most: LARGEST, signal });
  if (!answer.ok) return answer;
  const { body } = answer.value;
  if (body === undefined) return fail(notJson(answer.value));
  const models = isJsonObject(body) ? body['models'] : undefined;
  if (!Array.isArray(models)) return fail(unreadable('The catalogue’s answer holds no models.'));
  const own = models.find((model) => isJsonObject(model) && model['endpoint_id'] === fullPath(id));
  // fal answers an empty list for what it does not know.
  return own === undefined || !isJsonObject(own)
    ? fail(none(`${fullPath(id)} is not in fal’s catalogue.`))
    : documentIn(own['openapi'], id);
}

/** Its slashes stay as they are: that is how all callers write it. */
const inQuery = (id: EndpointId): string => encodeURIComponent(fullPath(id)).replaceAll('%2F', '/');

function documentIn(value: JsonValue | undefined, id: EndpointId): Result<JsonObject, AppError> {
  if (value === undefined || value === null) return fail(none(`${fullPath(id)} has none.`));
  if (!isJsonObject(value)) return fail(unreadable('What came is no object.'));
  if (typeof value['openapi'] === 'string' || isJsonObject(value['paths'])) return ok(value);
  // For about one in a hundred fal answers `{"error":{"code":"expansion_failed"}}` in a document's place.
  const { error } = value;
  const code = isJsonObject(error) ? error['code'] : error;
  return error === undefined
    ? fail(unreadable('What came is no OpenAPI document.'))
    : fail(none(`${fullPath(id)}: ${typeof code === 'string' ? code : 'fal could not make it'}`));
}

const none = (detail: string): AppError =>
  appError('not_found', 'fal has no schema for this model', { detail, hint: AS_JSON });

const unreadable = (detail: string): AppError =>
  appError('protocol', 'The model’s schema cannot be read', { detail, hint: AS_JSON });

function notJson({ headers, raw }: HttpAnswer): AppError {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (type === 'text/html')
    return appError('protocol', 'A page came in place of the model’s schema', {
      detail: 'fal, or something on the way to it, answered with a page for people.',
      hint: `A network that wants a login does this: log in with a browser, then try again. ${AS_JSON}`,
    });
  return unreadable(`${raw?.byteLength ?? 0} bytes came that are not JSON.`);
}
