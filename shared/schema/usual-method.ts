import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';
import type { Method } from '../runs/methods.ts';
import { readModelDocument } from './document.ts';
import { objectAt, textAt } from './node.ts';

/** What fal calls models that write. */
const WRITES = 'llm';

/**
 * How a model is called where nobody said otherwise: bit by bit where it writes a text, or is there to stream
 * (fal-protocol §6); else through the queue, which survives everything.
 */
export function usualMethod(document: JsonValue): Method {
  const read = readModelDocument(document);
  if (read.kind !== 'ok' || !isJsonObject(document)) return 'queue';
  if (read.endpointId.endsWith('/stream')) return 'stream';
  const paths = Object.keys(objectAt(document, 'paths') ?? {});
  const streams = paths.some((path) => path.endsWith(`/${read.endpointId}/stream`));
  return (streams || categoryOf(document) === WRITES) && writesText(read) ? 'stream' : 'queue';
}

function categoryOf(document: JsonValue): string | undefined {
  const info = isJsonObject(document) ? objectAt(document, 'info') : undefined;
  const metadata = info && objectAt(info, 'x-fal-metadata');
  return metadata && textAt(metadata, 'category');
}

const TEXTS = ['output', 'text', 'response', 'content', 'answer'];

/** Embeddings are of the same category, and no text. */
function writesText(read: Extract<ReturnType<typeof readModelDocument>, { kind: 'ok' }>): boolean {
  const properties = read.outputSchema && objectAt(read.outputSchema, 'properties');
  if (properties == null) return false;
  return TEXTS.some((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property !== undefined && textAt(read.resolve(property), 'type') === 'string';
  });
}
