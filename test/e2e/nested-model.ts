import type { LocalModel } from '../../electron/local-fal/index.ts';
import { fixtureModel } from './fixture-model.ts';

const text = (title: string): object => ({ type: 'string', title });
const number = (title: string, minimum: number, maximum: number, initial: number): object => ({
  type: 'number',
  title,
  minimum,
  maximum,
  default: initial,
});

const LORA = {
  type: 'object',
  title: 'LoraWeight',
  required: ['path'],
  properties: {
    path: text('Path'),
    scale: number('Scale', 0, 4, 1),
    weight_name: { anyOf: [text('Weight Name'), { type: 'null' }] },
  },
};
const SECTION = {
  type: 'object',
  title: 'Section',
  required: ['name', 'duration_ms'],
  properties: {
    name: text('Name'),
    duration_ms: { type: 'integer', title: 'Duration Ms', minimum: 3000, maximum: 120_000 },
    lines: { type: 'array', title: 'Lines', items: { type: 'string' } },
  },
};
const STYLES = ['Anime', 'Cinematic', 'Comic Book', 'Line Art', 'Photographic', 'Pixel Art', 'Watercolor'];

/** One group in another, as deep as any real schema goes and one more; the innermost holds a text. */
function deep(levels: number): object {
  if (levels === 0) return text('Core');
  return {
    type: 'object',
    title: `Level ${9 - levels}`,
    properties: { [`level_${10 - levels}`]: deep(levels - 1), note: text('Note') },
  };
}

const INPUT = {
  type: 'object',
  required: ['prompt'],
  'x-fal-order-properties': [
    'prompt',
    'loras',
    'tags',
    'image_urls',
    'styles',
    'sections',
    'voice',
    'weights',
    'corner',
    'level_1',
  ],
  properties: {
    prompt: text('Prompt'),
    loras: { type: 'array', title: 'Loras', items: LORA, maxItems: 3, ui: { important: true } },
    tags: { type: 'array', title: 'Tags', items: { type: 'string', maxLength: 12 }, ui: { important: true } },
    image_urls: {
      type: 'array',
      title: 'Image Urls',
      items: { type: 'string' },
      maxItems: 4,
      ui: { important: true },
    },
    styles: {
      type: 'array',
      title: 'Styles',
      items: { type: 'string', enum: STYLES },
      uniqueItems: true,
      default: ['Cinematic'],
      ui: { important: true },
    },
    sections: { type: 'array', title: 'Sections', items: SECTION, ui: { important: true } },
    voice: {
      title: 'Voice',
      description: 'How the text is spoken.',
      anyOf: [
        {
          type: 'object',
          required: ['speaker'],
          properties: { speaker: text('Speaker'), speed: number('Speed', 0.5, 2, 1) },
        },
        { type: 'null' },
      ],
      ui: { important: true },
    },
    weights: {
      type: 'object',
      title: 'Weights',
      additionalProperties: { type: 'number', minimum: 0, maximum: 1 },
      ui: { important: true },
    },
    corner: {
      type: 'array',
      title: 'Corner',
      prefixItems: [
        { type: 'integer', title: 'X', minimum: 0 },
        { type: 'integer', title: 'Y', minimum: 0 },
      ],
      ui: { important: true },
    },
    level_1: { ...deep(8), title: 'Level 1' },
  },
};

/** A model with a value of every shape there is within others, and what it was asked, the last one last. */
export function nestedModel(): Recorded {
  const endpointId = 'test/nested';
  const schema = { 'application/json': { schema: { $ref: '#/components/schemas/NestedInput' } } };
  const document = {
    openapi: '3.0.4',
    info: { title: 'Nested', version: '1.0.0' },
    components: { schemas: { NestedInput: INPUT } },
    paths: { [`/${endpointId}`]: { post: { requestBody: { content: schema } } } },
  };
  const model = fixtureModel({ endpointId, document });
  return recorded({
    ...model,
    metadata: { ...model.metadata, display_name: 'Nested' },
    validate: (input) =>
      JSON.stringify(input).includes('refuse')
        ? [{ loc: ['body', 'loras', 1, 'path'], msg: 'No weights are there', type: 'file_download_error' }]
        : null,
  });
}

export interface Recorded {
  readonly model: LocalModel;
  /** Every input that came. */
  readonly inputs: readonly unknown[];
}

/** The same model, with what it was asked. */
export function recorded(model: LocalModel): Recorded {
  const inputs: unknown[] = [];
  const validate: LocalModel['validate'] = (input) => {
    inputs.push(input);
    return model.validate(input);
  };
  return { model: { ...model, validate }, inputs };
}
