import { notingModel } from './noting-model.ts';
import type { NotingModel } from './noting-model.ts';

/** 300 names that are easy to mistype. */
export const PLACES = Array.from({ length: 300 }, (_, i) => `${i % 2 === 0 ? 'Harbour' : 'Meadow'} ${i}`);

const side = { type: 'integer', minimum: 64, maximum: 2048, multipleOf: 16 };

const PROPERTIES = {
  prompt: { type: 'string', title: 'Prompt' },
  caption: { type: 'string', title: 'Caption', maxLength: 20 },
  style: { title: 'Style', enum: ['plain', 'bold'], type: 'string', default: 'plain' },
  place: { title: 'Place', anyOf: [{ type: 'string', enum: PLACES }, { type: 'null' }] },
  weather: { title: 'Weather', enum: ['sun', 'rain', 'snow', 'wind', 'fog'], type: 'string' },
  voice: { title: 'Voice', anyOf: [{ type: 'string', enum: ['Ivy', 'Helen'] }, { type: 'string' }] },
  steps: { type: 'integer', title: 'Steps', minimum: 1, maximum: 50, default: 28 },
  seed: { title: 'Seed', anyOf: [{ type: 'integer' }, { type: 'null' }] },
  image_size: {
    title: 'Image Size',
    default: 'square_hd',
    anyOf: [
      { type: 'object', title: 'ImageSize', properties: { width: side, height: side } },
      { type: 'string', enum: ['square_hd', 'landscape_4_3'] },
    ],
  },
  tidy: { type: 'boolean', title: 'Tidy', default: true },
  image_url: {
    type: 'string',
    title: 'Image Url',
    'x-fal': { min_width: 300, min_height: 200, max_file_size: 2_000_000 },
  },
  mask_url: { type: 'string', title: 'Mask Url', _fal_ui_field: 'image_mask' },
};

/** A model with one of each field for a single value. */
export const fieldsModel = (): NotingModel =>
  notingModel('test/fields', 'Fields', 'noted', {
    type: 'object',
    required: ['prompt'],
    'x-fal-order-properties': Object.keys(PROPERTIES),
    properties: PROPERTIES,
  });
