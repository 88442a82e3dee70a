import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Model } from '../shared/ipc/models.ts';

const folder = fileURLToPath(new URL('../../shared/catalogue/', import.meta.url));

/** Lists of fal's models, kept beside the project and not in it. */
export const haveCatalogue = existsSync(`${folder}platform-models.2026-06.json`);

const text = z.string().catch('');
const tags = z.array(z.string()).catch([]);
const platformSchema = z.object({
  models: z.array(
    z.object({
      endpoint_id: z.string(),
      metadata: z.object({ display_name: text, category: text, description: text, tags, date: text }),
    }),
  ),
});
const websiteSchema = z.object({
  items: z.array(
    z.object({ id: z.string(), title: text, category: text, shortDescription: text, tags, date: text }),
  ),
});

const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}`, 'utf8'));

/** fal's list, with the category that the copy of it lacks from the website's. */
export function realCatalogue(): readonly Model[] {
  const deprecated = false;
  const platform = platformSchema
    .parse(read('platform-models.2026-06.json'))
    .models.map(({ endpoint_id: endpointId, metadata }): Model => {
      const { display_name, category, description, tags: words, date } = metadata;
      const name = display_name || endpointId;
      const addedAt = Date.parse(date) || null;
      return { endpointId, name, category, description, tags: words, deprecated, addedAt };
    });
  const known = new Set(platform.map(({ endpointId }) => endpointId));
  const website = websiteSchema
    .parse(read('website-models.2026-01.json'))
    .items.filter(({ id, category }) => category === 'image-to-image' && !known.has(id))
    .map((item): Model => {
      const { id, title, category, shortDescription, date } = item;
      const addedAt = Date.parse(date) || null;
      return {
        endpointId: id,
        name: title,
        category,
        description: shortDescription,
        tags: item.tags,
        deprecated,
        addedAt,
      };
    });
  return [...platform, ...website];
}
