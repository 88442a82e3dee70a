import type { LocalModel, RealtimeModel, RunContext, RunEvent } from '../../electron/local-fal/index.ts';
import { parseExact } from './exact-json.ts';
import { generate } from './generate.ts';
import type { Json, SchemaDocument } from './schema-documents.ts';
import { isJson, loadDocuments } from './schema-documents.ts';
import { schemaMedia } from './schema-media.ts';
import { thumbnailOf } from './schema-media.ts';
import { lazyValidator } from './validate.ts';

/** Every OpenAPI document under a folder as a model that checks its input and answers in the shape promised. */
export async function loadSchemaModels(folder: string): Promise<LocalModel[]> {
  return (await loadDocuments(folder)).map(toModel);
}

/** Milliseconds at pace 1. */
const LOAD_MS = 300;
const STEP_MS = 200;
const STEPS = 5;

export function toModel(document: SchemaDocument): LocalModel {
  const { endpointId, openapi, components } = document;
  const info = isJson(openapi['info']) ? openapi['info'] : {};
  const about = isJson(info['x-fal-metadata']) ? info['x-fal-metadata'] : {};
  const category = typeof about['category'] === 'string' ? about['category'] : 'unknown';
  const description = [about['about'], info['description']].find((text) => typeof text === 'string');
  return {
    endpointId,
    metadata: {
      display_name: titleOf(endpointId),
      category,
      description: typeof description === 'string' ? description : '',
      tags: [],
      updated_at: '2026-06-11T00:00:00Z',
      date: '2026-06-11T00:00:00Z',
    },
    price: priceOf(category),
    // The documents do not tell who streams; these are the ones that do at fal.
    streams: endpointId.endsWith('/stream') || category === 'llm',
    thumbnail: thumbnailOf(endpointId),
    ...(endpointId.endsWith('/realtime') ? { realtime: live(document, category) } : {}),
    openapi: () => openapi,
    validate: lazyValidator(document.input, components),
    run: (input, context) => run(document, category, input, context),
  };
}

function titleOf(endpointId: string): string {
  const words = endpointId
    .split('/')
    .slice(1)
    .join(' ')
    .split(/[\s_-]+/);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
}

const PRICES: Readonly<Record<string, readonly [number, string]>> = {
  image: [0.03, 'images'],
  video: [0.1, 'seconds'],
  audio: [0.02, 'minutes'],
  speech: [0.05, '1000 characters'],
  text: [0.001, 'seconds'],
  '3d': [0.2, 'generations'],
  training: [0.008, 'steps'],
};

/** Invented, but of the usual units. Null for some: a client must cope with prices it cannot learn. */
function priceOf(category: string): LocalModel['price'] {
  const found = PRICES[category] ?? PRICES[category.split('-to-').at(-1) ?? ''];
  return found ? { unit_price: found[0], unit: found[1], currency: 'USD' } : null;
}

async function* run(
  document: SchemaDocument,
  category: string,
  input: unknown,
  context: RunContext,
): AsyncGenerator<RunEvent> {
  yield { kind: 'log', message: `Loading ${document.endpointId}` };
  await context.pause(LOAD_MS);
  for (let step = 1; step <= STEPS; step += 1) {
    await context.pause(STEP_MS);
    yield { kind: 'log', message: `step ${step} of ${STEPS}` };
  }
  const exact = parseExact(context.bodyText);
  const request: Json = isJson(exact) ? exact : isJson(input) ? input : {};
  const media = schemaMedia(request, category, context);
  const output = await generate(document.output, { components: document.components, input: request, media });
  if (context.streaming) for (const part of partsOf(output)) yield { kind: 'preview', data: part };
  yield { kind: 'output', data: output };
}

/** Such documents do not say how the model speaks live: a map for each input is what most do. */
function live(document: SchemaDocument, category: string): RealtimeModel {
  return {
    mode: 'unary',
    async answer(input, context) {
      const media = schemaMedia(input, category, context);
      const { output: schema, components } = document;
      const output = await generate(schema, { components, input, media });
      return isJson(output) ? output : { output };
    },
  };
}

/** What an LLM streams: ever more of its text, `partial` until the last (fal-protocol §6). */
function partsOf(output: unknown): unknown[] {
  if (!isJson(output)) return [];
  const key = ['output', 'text'].find((name) => typeof output[name] === 'string');
  const text = key === undefined ? undefined : output[key];
  if (key === undefined || typeof text !== 'string') return [];
  const words = text.split(' ');
  return words
    .slice(0, -1)
    .map((_, i) => ({ ...output, [key]: words.slice(0, i + 1).join(' '), partial: true }));
}
