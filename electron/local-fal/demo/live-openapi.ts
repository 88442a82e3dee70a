import type { Hosts, JsonObject } from '../types.ts';
import { queueDocument } from './queue-document.ts';

export const LIVE_ID = 'demo/hillside/realtime';
export const LIVE_THUMBNAIL = 'demo/hillside-live-thumbnail.png';
export const LIVE_DESCRIPTION =
  'A landscape that follows your hand: move the hour, the mist and the hills, and it is painted anew at once. Free and offline.';

export const MAX_PROMPT = 2000;
/** Pixels. A frame a blink matters more than its size. */
export const LIVE_SIDES = [256, 384, 512] as const;
/** Inputs that may wait: what a hand did before the last move is of no use. */
export const LIVE_BUFFERING = 1;
export const LIVE_IDLE_MS = 60_000;

function slider(title: string, initial: number, description: string) {
  return {
    title,
    type: 'number',
    minimum: 0,
    maximum: 1,
    default: initial,
    multipleOf: 0.001,
    description,
  } as const;
}

/** The first slider moved must paint: nothing has to be written before. */
export const LIVE_PROMPT = 'a still lake among wooded hills';

const INPUT = {
  title: 'HillsideLiveInput',
  type: 'object',
  'x-fal-order-properties': ['prompt', 'time_of_day', 'mist', 'hills', 'seed', 'image_side'],
  properties: {
    prompt: {
      title: 'Prompt',
      type: 'string',
      minLength: 1,
      maxLength: MAX_PROMPT,
      default: LIVE_PROMPT,
      description:
        'What to paint: places (lake, forest, hills, mountains), seasons and colours are understood.',
      examples: [LIVE_PROMPT, 'bare mountains in winter', 'rolling meadows in spring'],
    },
    time_of_day: slider('Time Of Day', 0.32, 'From night over dawn, noon and sunset to night again.'),
    mist: slider('Mist', 0.35, 'How thick the air in the valleys is.'),
    hills: slider('Hills', 0.5, 'From a plain to mountains.'),
    seed: {
      title: 'Seed',
      type: 'integer',
      minimum: 0,
      maximum: 4294967295,
      default: 7,
      description: 'Another seed is another place.',
    },
    image_side: {
      title: 'Image Side',
      type: 'integer',
      enum: [...LIVE_SIDES],
      default: 512,
      description: 'Width and height of the picture in pixels.',
    },
  },
} as const;

const SCHEMAS = {
  HillsideLiveInput: INPUT,
  HillsideLiveOutput: {
    title: 'HillsideLiveOutput',
    type: 'object',
    required: ['images', 'seed', 'timings', 'prompt'],
    'x-fal-order-properties': ['images', 'seed', 'timings', 'prompt'],
    properties: {
      images: {
        title: 'Images',
        type: 'array',
        description: 'The picture.',
        items: { $ref: '#/components/schemas/LiveImage' },
      },
      seed: { title: 'Seed', type: 'integer', description: 'The seed of the picture.' },
      timings: {
        title: 'Timings',
        type: 'object',
        description: 'Seconds spent, by part of the work.',
        additionalProperties: { type: 'number' },
      },
      prompt: { title: 'Prompt', type: 'string', description: 'The prompt that was painted.' },
    },
  },
  LiveImage: {
    title: 'LiveImage',
    type: 'object',
    'x-fal-order-properties': ['url', 'content', 'content_type', 'width', 'height'],
    properties: {
      url: {
        title: 'Url',
        type: 'string',
        description: 'Where the file can be downloaded, when run by the queue.',
      },
      content: {
        title: 'Content',
        type: 'string',
        format: 'binary',
        description: 'The file, in a live session.',
      },
      content_type: { title: 'Content Type', type: 'string', examples: ['image/png'] },
      width: { title: 'Width', type: 'integer' },
      height: { title: 'Height', type: 'integer' },
    },
  },
} as const;

export function liveOpenapi(hosts: Hosts): JsonObject {
  return queueDocument(hosts, {
    endpointId: LIVE_ID,
    thumbnail: LIVE_THUMBNAIL,
    about: LIVE_DESCRIPTION,
    schemas: SCHEMAS,
    input: 'HillsideLiveInput',
    output: 'HillsideLiveOutput',
    protocol: {
      type: 'realtime',
      operationId: 'realtime',
      config: { buffering: LIVE_BUFFERING, sessionTimeout: LIVE_IDLE_MS / 1000, maxBatchSize: 1 },
      contentType: 'application/msgpack',
      realtimeMode: 'unary',
    },
  });
}
