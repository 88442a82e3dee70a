import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
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
      /** ISO 8601; empty where it is not said. */
      date: z.string().catch(''),
    })
    .catch({ display_name: '', category: '', description: '', status: 'active', tags: [], date: '' }),
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
