import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One endpoint's OpenAPI document and what its paths point to (fal-protocol §12.4). */
export type SchemaDocument = {
  readonly endpointId: string;
  readonly openapi: Json;
  readonly components: Json;
  readonly input: unknown;
  readonly output: unknown;
};

function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) current = isJson(current) ? current[key] : undefined;
  return current;
}

const JSON_SCHEMA = ['content', 'application/json', 'schema'] as const;

/** Null for anything that is not such a document. The id and both schemas are found through the paths. */
export function readDocument(value: unknown): SchemaDocument | null {
  if (!isJson(value) || typeof value['openapi'] !== 'string' || !isJson(value['paths'])) return null;
  const { paths } = value;
  const submit = Object.entries(paths).find(([, item]) => isJson(at(item, 'post')));
  if (!submit) return null;
  const [path, item] = submit;
  const endpointId = path.replace(/^\/+|\/+$/g, '');
  if (!/^[^/\s]+(\/[^/\s]+)+$/.test(endpointId)) return null;
  const components = at(value, 'components', 'schemas');
  return {
    endpointId,
    openapi: value,
    components: isJson(components) ? components : {},
    input: at(item, 'post', 'requestBody', ...JSON_SCHEMA) ?? {},
    output: at(paths[`${path}/requests/{request_id}`], 'get', 'responses', '200', ...JSON_SCHEMA) ?? {},
  };
}

type Found = { readonly document: SchemaDocument; readonly rank: number; readonly date: string };

/**
 * Every document under a folder (or in one file): single files, and arrays such as those in bulk/. Where an id
 * repeats the single file wins, then the newest array by the date in its name; what was rebuilt comes last.
 * Folders named `versions` hold older copies and are left out.
 */
export async function loadDocuments(folder: string): Promise<SchemaDocument[]> {
  const best = new Map<string, Found>();
  for (const file of await listJson(folder)) {
    let content: unknown;
    try {
      content = JSON.parse(await readFile(file, 'utf8'));
    } catch {
      continue;
    }
    const many = Array.isArray(content);
    const rank = file.includes('reconstructed') ? 0 : many ? 1 : 2;
    const date = /\d{4}-\d{2}(-\d{2})?/.exec(basename(file))?.[0] ?? '';
    for (const item of Array.isArray(content) ? content : [content]) {
      const document = readDocument(item);
      if (!document) continue;
      const held = best.get(document.endpointId);
      const better = !held || rank > held.rank || (rank === held.rank && date > held.date);
      if (better) best.set(document.endpointId, { document, rank, date });
    }
  }
  return [...best.values()].map((found) => found.document);
}

async function listJson(folder: string): Promise<string[]> {
  if ((await stat(folder)).isFile()) return [folder];
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'versions') files.push(...(await listJson(path)));
    else if (entry.isFile() && entry.name.endsWith('.json')) files.push(path);
  }
  return files;
}
