import type { Json } from './schema-documents.ts';

function reference(name: string): Json {
  return { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } };
}

/** A small document in fal's frame (fal-protocol §12.4), for tests. The first path is not the submit path. */
export function makeDocument(endpointId: string, schemas: Json, category = 'text-to-image'): Json {
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${endpointId}`,
      version: '1.0.0',
      'x-fal-metadata': { endpointId, category, about: `Tests of ${endpointId}.` },
    },
    components: { schemas },
    paths: {
      [`/${endpointId}/requests/{request_id}/status`]: { get: { responses: {} } },
      [`/${endpointId}/requests/{request_id}/cancel`]: { put: { responses: {} } },
      [`/${endpointId}`]: { post: { requestBody: reference('In'), responses: {} } },
      [`/${endpointId}/requests/{request_id}`]: { get: { responses: { '200': reference('Out') } } },
    },
  };
}

const FILE = {
  type: 'object',
  title: 'File',
  required: ['url'],
  properties: {
    url: { type: 'string' },
    content_type: { type: 'string' },
    file_name: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    file_size: { type: 'integer' },
    file_data: { type: 'string', format: 'binary' },
    width: { type: 'integer' },
    height: { type: 'integer' },
  },
} as const;

/** One trap of published schemas beside the other. */
export const TRAPS = makeDocument('acme/traps', {
  In: {
    type: 'object',
    required: ['prompt'],
    properties: {
      prompt: { type: 'string', minLength: 2, maxLength: 20 },
      steps: { type: 'integer', minimum: 1, maximum: 8 },
      scale: { type: 'number', exclusiveMinimum: 0, maximum: 2, multipleOf: 0.05 },
      old_limit: { type: 'number', minimum: 0, exclusiveMinimum: true },
      size: {
        anyOf: [{ $ref: '#/components/schemas/Size' }, { type: 'string', enum: ['square', 'wide'] }],
      },
      seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      note: { type: 'string', nullable: true },
      duration: { const: '8s' },
      color: { type: 'string', pattern: '^#[0-9a-f]{6}$' },
      evil: { type: 'string', pattern: '^(a+)+$' },
      points: { type: 'array', minItems: 1, maxItems: 2, items: { $ref: '#/components/schemas/Gone' } },
      loras: { type: 'array', items: { $ref: '#/components/schemas/vendor_model-1.5_Lora' } },
      sync_mode: { type: 'boolean' },
      blob: { type: 'string', format: 'uuid4' },
    },
  },
  Size: {
    type: 'object',
    properties: {
      width: { type: 'integer', exclusiveMinimum: 0, maximum: 2000 },
      height: { type: 'integer' },
    },
    required: ['width', 'height'],
  },
  'vendor_model-1.5_Lora': { type: 'object', required: ['path'], properties: { path: { type: 'string' } } },
  Out: {
    type: 'object',
    required: ['images', 'seed', 'prompt', 'timings'],
    properties: {
      images: { type: 'array', items: { $ref: '#/components/schemas/File' } },
      image: { allOf: [{ $ref: '#/components/schemas/File' }], description: 'wrapped' },
      video: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/File' }] },
      model_glb: { $ref: '#/components/schemas/File' },
      audio_url: { type: 'string' },
      seed: { type: 'integer' },
      prompt: { type: 'string' },
      timings: { type: 'object', additionalProperties: { type: 'number' } },
      has_nsfw_concepts: { type: 'array', items: { type: 'boolean' } },
      pair: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'integer' }],
        minItems: 2,
        maxItems: 2,
      },
      score: { type: 'number', exclusiveMinimum: 3, maximum: 4 },
      state: { type: 'string', enum: ['good', 'bad'] },
      message: {
        oneOf: [
          { type: 'object', required: ['kind'], properties: { kind: { const: 'a' } } },
          { type: 'object', required: ['kind'], properties: { kind: { const: 'b' } } },
        ],
        discriminator: { propertyName: 'kind' },
      },
      lost: { $ref: '#/components/schemas/Nowhere' },
    },
  },
  File: FILE,
});

export const CHAT = makeDocument('acme/chat/stream', { In: { type: 'object' }, Out: {} }, 'llm');

export const LIVE = makeDocument('acme/quick/realtime', {
  In: {
    type: 'object',
    required: ['prompt'],
    properties: { prompt: { type: 'string' }, seed: { type: 'integer' } },
  },
  Out: {
    type: 'object',
    properties: {
      images: { type: 'array', items: { $ref: '#/components/schemas/File' } },
      seed: { type: 'integer' },
      prompt: { type: 'string' },
    },
  },
  File: FILE,
});
