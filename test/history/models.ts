import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isJson, isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { exampleInputs } from '../../shared/schema/examples.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { readForm } from '../../shared/schema/fields.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { corpusFolder } from '../corpus.ts';
import { withoutHoles } from '../forms/values.ts';
import { generate } from '../local-fal/generate.ts';
import { mediaKind } from '../local-fal/media-files.ts';
import { isJson as isRecord, loadDocuments } from '../local-fal/schema-documents.ts';
import type { SchemaDocument } from '../local-fal/schema-documents.ts';
import { toModel } from '../local-fal/schemas.ts';
import type { Random } from '../soak/random.ts';

/** A model that runs are made of. */
export interface Made {
  readonly endpointId: string;
  readonly form: ModelForm;
  /** What a person may begin with: the untouched form, the document's own examples. */
  readonly beginnings: readonly JsonObject[];
  /** What it answers, with `PROMPT` where its prompt comes back and `FILE` and a kind in place of each address. */
  readonly answer: JsonValue;
  readonly price: { readonly amount: number; readonly unit: string; readonly currency: string } | null;
  readonly live: boolean;
}

export const PROMPT = '\u0001prompt';
export const FILE = '\u0001file:';

const ours = fileURLToPath(new URL('../fixtures/schemas/', import.meta.url));

/** What people run: pictures far oftener than films, those oftener than sounds, and weights are seldom trained. */
const RANKS: readonly (readonly [category: RegExp, rank: number])[] = [
  [/^text-to-image$/, 0],
  [/-to-image$/, 0.5],
  [/-to-video$/, 0.9],
  [/audio|speech|music/, 1.2],
  [/training/, 2.5],
];

function rankOf(document: SchemaDocument, random: Random): number {
  const { category } = toModel(document).metadata;
  return (RANKS.find(([named]) => named.test(category))?.[1] ?? 1.3) + random.next();
}

/** At most so many models, of real documents where they lie beside the project, else of our own; the favourite first. */
export async function madeModels(most: number, random: Random): Promise<readonly Made[]> {
  const documents = await loadDocuments(existsSync(corpusFolder) ? corpusFolder : ours);
  const some = documents
    .map((document) => ({ document, by: random.next() }))
    .toSorted((a, b) => a.by - b.by)
    .slice(0, most)
    .map(({ document }) => ({ document, by: rankOf(document, random) }))
    .toSorted((a, b) => a.by - b.by);
  const models: Made[] = [];
  for (const { document } of some) {
    const model = await madeModel(document);
    if (model !== null) models.push(model);
  }
  if (models.length === 0) throw new Error('There are no documents to make runs of.');
  return models;
}

async function madeModel(document: SchemaDocument): Promise<Made | null> {
  const { openapi, components, output, endpointId } = document;
  const read = isJson(openapi) ? readForm(openapi) : null;
  if (read?.kind !== 'form') return null;
  const { form } = read;
  const local = toModel(document);
  const { category } = local.metadata;
  const answer = await generate(output, {
    components,
    input: { prompt: PROMPT, text: PROMPT },
    media: (path) => {
      const kind = mediaKind(
        path.filter((part) => !/^\d+$/.test(part)),
        category,
      );
      return Promise.resolve({ url: `${FILE}${kind}`, content_type: '', file_name: '', file_size: 0 });
    },
  });
  const price = local.price;
  return {
    endpointId,
    form,
    beginnings: [{}, ...exampleInputs(form)]
      .slice(0, 4)
      .map((input) => buildRequest(form, withoutHoles(form.fields, input))),
    // An answer that says nothing but how it went is no result.
    answer: isJson(answer) && isJsonObject(answer) ? answer : null,
    price: price && { amount: price.unit_price, unit: price.unit, currency: price.currency },
    live: isRecord(local.realtime) || endpointId.endsWith('/realtime'),
  };
}
