import type { Hosts, JsonObject } from '../types.ts';
import { queueDocument } from './queue-document.ts';
import { STYLES } from '../paint/paint.ts';

export const ENDPOINT_ID = 'demo/hillside';
export const THUMBNAIL = 'demo/hillside-thumbnail.png';
export const DESCRIPTION =
  'Paints landscapes on your own machine: hills, water, weather and light from a few words. Free, offline, and quick.';

/** Pixels of a side. */
export const MIN_SIDE = 64;
export const MAX_SIDE = 2048;

export const PRESETS = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
} as const satisfies Record<string, { width: number; height: number }>;

const INPUT = {
  title: 'HillsideInput',
  type: 'object',
  required: ['prompt'],
  'x-fal-order-properties': [
    'prompt',
    'negative_prompt',
    'style',
    'image_size',
    'num_images',
    'num_inference_steps',
    'guidance_scale',
    'seed',
    'enable_safety_checker',
    'output_format',
  ],
  properties: {
    prompt: {
      title: 'Prompt',
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description:
        'What to paint. Hours (dawn, sunset, night), places (lake, forest, desert), weather (mist, storm, snow) and seasons are understood.',
      examples: [
        'misty mountains at dawn over a still lake, pine trees on the shore',
        'aurora over a frozen fjord, starry night',
        'rolling hills in autumn, golden hour',
        'desert dunes at sunset, a flock of birds',
      ],
    },
    negative_prompt: {
      title: 'Negative Prompt',
      type: 'string',
      default: '',
      maxLength: 2000,
      description: 'What to leave out, in the same words.',
      examples: ['water, birds'],
    },
    style: {
      title: 'Style',
      type: 'string',
      enum: [...STYLES],
      default: 'natural',
      description:
        'The hand that paints: daylight as it is, blue hour, thick oil, ink wash or a woodblock print.',
    },
    image_size: {
      title: 'Image Size',
      default: 'landscape_4_3',
      description: 'The size of the picture: a preset, or width and height in pixels.',
      anyOf: [{ $ref: '#/components/schemas/ImageSize' }, { type: 'string', enum: Object.keys(PRESETS) }],
    },
    num_images: {
      title: 'Num Images',
      type: 'integer',
      default: 1,
      minimum: 1,
      maximum: 4,
      description: 'How many pictures to paint, each with a seed of its own.',
    },
    num_inference_steps: {
      title: 'Num Inference Steps',
      type: 'integer',
      default: 24,
      minimum: 1,
      maximum: 50,
      description: 'How far the picture is worked out. Few steps stay soft and grainy.',
    },
    guidance_scale: {
      title: 'Guidance Scale',
      type: 'number',
      default: 3.5,
      minimum: 0,
      maximum: 20,
      description: 'How vivid the colours are. Low is pale, high is rich in contrast.',
    },
    seed: {
      title: 'Seed',
      description: 'The same seed and prompt give the same picture. Without one it is drawn at random.',
      anyOf: [{ type: 'integer', minimum: 0, maximum: 4294967295 }, { type: 'null' }],
    },
    enable_safety_checker: {
      title: 'Enable Safety Checker',
      type: 'boolean',
      default: true,
      description: 'Whether has_nsfw_concepts is filled in. Landscapes have never been known to fail it.',
    },
    output_format: {
      title: 'Output Format',
      type: 'string',
      enum: ['png'],
      default: 'png',
      description: 'The format of the pictures.',
    },
  },
} as const;

const IMAGE_SIDE = { type: 'integer', minimum: MIN_SIDE, maximum: MAX_SIDE, default: 512 } as const;

const SCHEMAS = {
  HillsideInput: INPUT,
  HillsideOutput: {
    title: 'HillsideOutput',
    type: 'object',
    required: ['images', 'timings', 'seed', 'has_nsfw_concepts', 'prompt'],
    'x-fal-order-properties': ['images', 'timings', 'seed', 'has_nsfw_concepts', 'prompt'],
    properties: {
      images: {
        title: 'Images',
        type: 'array',
        description: 'The pictures.',
        items: { $ref: '#/components/schemas/Image' },
      },
      timings: {
        title: 'Timings',
        type: 'object',
        description: 'Seconds spent, by part of the work.',
        additionalProperties: { type: 'number' },
      },
      seed: { title: 'Seed', type: 'integer', description: 'The seed of the first picture.' },
      has_nsfw_concepts: {
        title: 'Has Nsfw Concepts',
        type: 'array',
        description: 'One answer for each picture.',
        items: { type: 'boolean' },
      },
      prompt: { title: 'Prompt', type: 'string', description: 'The prompt that was painted.' },
    },
  },
  Image: {
    title: 'Image',
    type: 'object',
    required: ['url'],
    'x-fal-order-properties': ['url', 'content_type', 'file_name', 'file_size', 'width', 'height'],
    properties: {
      url: { title: 'Url', type: 'string', description: 'Where the file can be downloaded.' },
      content_type: { title: 'Content Type', type: 'string', examples: ['image/png'] },
      file_name: { title: 'File Name', type: 'string' },
      file_size: { title: 'File Size', type: 'integer', description: 'Bytes.' },
      width: { title: 'Width', type: 'integer' },
      height: { title: 'Height', type: 'integer' },
    },
  },
  ImageSize: {
    title: 'ImageSize',
    type: 'object',
    'x-fal-order-properties': ['width', 'height'],
    properties: {
      width: { title: 'Width', description: 'Pixels.', ...IMAGE_SIDE },
      height: { title: 'Height', description: 'Pixels.', ...IMAGE_SIDE },
    },
  },
} as const;

/** The document fal would publish for this endpoint (fal-protocol §12.4). */
export function hillsideOpenapi(hosts: Hosts): JsonObject {
  return queueDocument(hosts, {
    endpointId: ENDPOINT_ID,
    thumbnail: THUMBNAIL,
    about: DESCRIPTION,
    schemas: SCHEMAS,
    input: 'HillsideInput',
    output: 'HillsideOutput',
  });
}
