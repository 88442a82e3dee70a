import type { Answer, Exchange, Hosts, LocalModel } from './types.ts';
import { detail, listQuery } from './http.ts';
import type { ModelIndex } from './ids.ts';
import type { FileStore } from './file-store.ts';

const DEFAULT_LIMIT = 50;
/** The real maximum is not known, only that expansion lowers it (fal-protocol §12.1, §15). */
const MAX_LIMIT = 100;
const MAX_LIMIT_EXPANDED = 50;
export const MAX_IDS = 50;

export type CatalogueServices = { readonly index: ModelIndex; readonly files: FileStore };

/** `GET /v1/models` (fal-protocol §12.1). */
export function listModels(exchange: Exchange, services: CatalogueServices): Answer {
  const { query, hosts } = exchange;
  const ids = listQuery(exchange, 'endpoint_id');
  if (ids.length > MAX_IDS) return detail(422, `endpoint_id accepts at most ${MAX_IDS} values`);
  const expand = new Set(listQuery(exchange, 'expand'));
  const limit = parseLimit(query.get('limit'), expand.has('openapi-3.0'));
  if (limit === null) return detail(422, 'limit must be an integer of at least 1');
  const page = parseCursor(query.get('cursor'));
  if (page === null) return detail(422, 'cursor is not valid');

  const found = services.index.all.filter((model) => !model.unlisted && isWanted(model, ids, query));
  const start = (page - 1) * limit;
  const more = start + limit < found.length;
  const models = found.slice(start, start + limit).map((model) => ({
    endpoint_id: model.endpointId,
    metadata: metadataOf(model, hosts, services.files),
    ...(expand.has('enterprise_status') ? { enterprise_status: 'ready' } : {}),
    ...(expand.has('openapi-3.0') ? { openapi: model.openapi(hosts) } : {}),
  }));
  return {
    status: 200,
    body: { models, next_cursor: more ? toCursor(page + 1) : null, has_more: more },
  };
}

/** `GET /api/openapi/queue/openapi.json` of the site (fal-protocol §12.3). */
export function openapiOf(exchange: Exchange, services: CatalogueServices): Answer {
  const id = exchange.query.get('endpoint_id') ?? '';
  const model = services.index.get(id);
  if (!model || model.unlisted)
    return detail(404, id === '' ? 'endpoint_id is required' : `Endpoint '${id}' not found`);
  exchange.endpoint = id;
  return { status: 200, body: model.openapi(exchange.hosts) };
}

export function parseLimit(text: string | null, expanded: boolean): number | null {
  const most = expanded ? MAX_LIMIT_EXPANDED : MAX_LIMIT;
  if (text === null) return Math.min(DEFAULT_LIMIT, most);
  return /^[1-9]\d*$/.test(text) ? Math.min(Number(text), most) : null;
}

/** Opaque to clients; a page number underneath, as at fal today (fal-protocol §12.1). */
export function toCursor(page: number): string {
  return Buffer.from(String(page)).toString('base64');
}

export function parseCursor(text: string | null): number | null {
  if (text === null || text === '') return 1;
  const page = Buffer.from(text, 'base64').toString('utf8');
  return /^[1-9]\d*$/.test(page) ? Number(page) : null;
}

function isWanted(model: LocalModel, ids: readonly string[], query: URLSearchParams): boolean {
  const { metadata } = model;
  if (ids.length > 0 && !ids.includes(model.endpointId)) return false;
  const category = query.get('category');
  if (category && category !== metadata.category) return false;
  const status = query.get('status');
  if (status && status !== (metadata.status ?? 'active')) return false;
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const text =
    `${model.endpointId} ${metadata.display_name} ${metadata.description} ${metadata.category}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function metadataOf(model: LocalModel, hosts: Hosts, files: FileStore) {
  const { metadata } = model;
  return {
    display_name: metadata.display_name,
    category: metadata.category,
    description: metadata.description,
    status: metadata.status ?? 'active',
    tags: metadata.tags,
    updated_at: metadata.updated_at,
    date: metadata.date,
    thumbnail_url: model.thumbnail ? files.urlOf(model.thumbnail.fileName) : '',
    model_url: `${hosts.site}/models/${model.endpointId}`,
    is_favorited: false,
    highlighted: metadata.highlighted ?? false,
    pinned: false,
    ...(metadata.license_type ? { license_type: metadata.license_type } : {}),
    ...(metadata.group ? { group: metadata.group } : {}),
  };
}
