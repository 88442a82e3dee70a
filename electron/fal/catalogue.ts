import * as z from 'zod';
import { fullPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { exchangeOk } from './http.ts';

/** One entry of the catalogue, with only what is read here (fal-protocol §12.1). */
const entrySchema = z.object({
  endpoint_id: z.string(),
  metadata: z
    .object({
      display_name: z.string().catch(''),
      category: z.string().catch(''),
      description: z.string().catch(''),
      status: z.string().catch('active'),
      tags: z.array(z.string()).catch([]),
    })
    .catch({ display_name: '', category: '', description: '', status: 'active', tags: [] }),
});
export type CatalogueEntry = z.infer<typeof entrySchema>;

const pageSchema = z.object({
  models: z.array(z.unknown()),
  next_cursor: z.string().nullish(),
  has_more: z.boolean().catch(false),
});

const PAGE = 100;
/** A server that never ends its pages must not keep us for ever. */
const MOST_PAGES = 200;

/** The whole catalogue, or what of it fal finds for `search`, page by page. An entry that cannot be read is left out; a page that cannot is a failure. */
export async function readCatalogue(
  connection: FalConnection,
  signal: AbortSignal,
  search = '',
): Promise<Result<readonly CatalogueEntry[], AppError>> {
  const entries: CatalogueEntry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(search === '' ? {} : { q: search }),
      ...(cursor === null ? {} : { cursor }),
    });
    const url = `${connection.hosts.api}/v1/models?${query}`;
    const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', signal });
    if (!answer.ok) return answer;
    const parsed = pageSchema.safeParse(answer.value.body);
    if (!parsed.success)
      return fail(
        appError('protocol', 'The list of models cannot be read', { detail: z.prettifyError(parsed.error) }),
      );
    for (const model of parsed.data.models) {
      const entry = entrySchema.safeParse(model);
      if (entry.success) entries.push(entry.data);
    }
    cursor = parsed.data.next_cursor ?? null;
    if (cursor === null || !parsed.data.has_more) break;
  }
  return ok(entries);
}

/**
 * An endpoint's OpenAPI document: from the website, and where that has none from the catalogue's expansion
 * (fal-protocol §12.1, §12.3).
 */
export async function readDocument(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<JsonValue, AppError>> {
  const endpoint = encodeURIComponent(fullPath(id)).replaceAll('%2F', '/');
  const fromSite = await exchangeOk(connection, {
    method: 'GET',
    url: `${connection.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=${endpoint}`,
    retry: 'read',
    signal,
  });
  if (fromSite.ok && isJsonObject(fromSite.value.body)) return ok(fromSite.value.body);
  const expanded = await exchangeOk(connection, {
    method: 'GET',
    url: `${connection.hosts.api}/v1/models?endpoint_id=${endpoint}&expand=openapi-3.0`,
    retry: 'read',
    signal,
  });
  if (!expanded.ok) return fromSite.ok ? expanded : fromSite;
  const { body } = expanded.value;
  const models = isJsonObject(body) ? body['models'] : undefined;
  const first = Array.isArray(models) ? models[0] : undefined;
  const document = isJsonObject(first) ? first['openapi'] : undefined;
  if (document !== undefined) return ok(document);
  return fail(
    appError('not_found', 'fal has no schema for this model', {
      detail: fullPath(id),
      hint: 'The request can still be written as JSON.',
    }),
  );
}

const pricesSchema = z.object({
  prices: z.array(
    z.object({
      endpoint_id: z.string(),
      unit_price: z.number(),
      unit: z.string(),
      currency: z.string().catch('USD'),
    }),
  ),
});
export type ReadPrice = z.infer<typeof pricesSchema>['prices'][number];

/** The price of one unit (fal-protocol §12.2); null where fal names none. */
export async function readPrice(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<ReadPrice | null, AppError>> {
  const endpoint = fullPath(id);
  const url = `${connection.hosts.api}/v1/models/pricing?endpoint_id=${encodeURIComponent(endpoint)}`;
  const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', signal });
  if (!answer.ok) return answer;
  const parsed = pricesSchema.safeParse(answer.value.body);
  return ok(
    parsed.success ? (parsed.data.prices.find((price) => price.endpoint_id === endpoint) ?? null) : null,
  );
}
