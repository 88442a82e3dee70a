import type { LocalModel } from '../../electron/local-fal/index.ts';

export interface LookingModel {
  readonly model: LocalModel;
  /** What it was given, in order. */
  readonly seen: unknown[];
}

const ID = 'test/looking';

/** A model that takes files, and says what it was given. */
export function lookingModel(): LookingModel {
  const seen: unknown[] = [];
  const model: LocalModel = {
    endpointId: ID,
    metadata: {
      display_name: 'Looking',
      category: 'image-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(input, context) {
      seen.push(input);
      await context.pause(1);
      yield { kind: 'output', data: { text: 'looked at' } };
    },
  };
  return { model, seen };
}

const schema = (name: string): unknown => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});

const document: unknown = {
  openapi: '3.0.4',
  info: { title: `Queue OpenAPI for ${ID}`, version: '1.0.0' },
  components: {
    schemas: {
      LookingInput: {
        type: 'object',
        required: ['prompt', 'image_url'],
        'x-fal-order-properties': ['prompt', 'image_url', 'end_image_url', 'video_url'],
        properties: {
          prompt: { type: 'string', title: 'Prompt' },
          image_url: { type: 'string', title: 'Image Url', description: 'The picture to look at.' },
          end_image_url: {
            title: 'End Image Url',
            anyOf: [{ type: 'string', ui: { field: 'image' } }, { type: 'null' }],
          },
          video_url: { type: 'string', title: 'Video Url' },
        },
      },
      LookingOutput: { type: 'object', properties: { text: { type: 'string' } } },
    },
  },
  paths: {
    [`/${ID}`]: { post: { requestBody: { content: schema('LookingInput') } } },
    [`/${ID}/requests/{request_id}`]: { get: { responses: { '200': { content: schema('LookingOutput') } } } },
  },
};
