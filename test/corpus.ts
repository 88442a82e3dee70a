import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson } from '../shared/json.ts';
import type { JsonValue } from '../shared/json.ts';
import { isJsonArray } from '../shared/schema/node.ts';

/** Where they lie, if they do. */
export const corpusFolder = fileURLToPath(new URL('../../shared/schemas/', import.meta.url));

/** Real documents may lie beside the project. They are read and never copied; tests that need them skip without. */
export const hasCorpus = existsSync(corpusFolder);

/** Every document at hand; a file holds one, or an array. */
export function* corpus(): Generator<readonly [name: string, document: JsonValue]> {
  for (const file of readdirSync(corpusFolder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.json')) continue;
    const value = readCorpus(file);
    if (isJsonArray(value)) for (const [i, document] of value.entries()) yield [`${file}[${i}]`, document];
    else yield [file, value];
  }
}

export function readCorpus(name: string): JsonValue {
  const parsed = parseJson(readFileSync(join(corpusFolder, name), 'utf8'));
  if (!parsed.ok) throw new Error(`${name}: ${parsed.message}`);
  return parsed.value;
}

/** Three in ten endpoints are set aside: the engine is not tuned on them, so that they tell how it does on new ones. */
export function isUnseen(endpointId: string): boolean {
  return (createHash('sha256').update(endpointId).digest()[0] ?? 0) % 10 < 3;
}
