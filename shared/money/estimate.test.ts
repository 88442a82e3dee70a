import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { documentOf } from '../schema/form.fixture.ts';
import { readCostBasis } from './basis.ts';
import { estimateOf, moneyOf, needsBasis } from './estimate.ts';

const USD = (amount: number, unit: string) => ({ amount, unit, currency: 'USD' });

/** A model that takes `properties` and gives what `gives` names. */
function basisOf(properties: JsonObject, gives: readonly string[]) {
  const output = Object.fromEntries(gives.map((name): [string, JsonValue] => [name, { type: 'object' }]));
  const basis = readCostBasis(
    documentOf({ type: 'object', properties }, { Output: { type: 'object', properties: output } }),
  );
  if (basis === null) throw new Error('no basis');
  return basis;
}

const integer = (value: number) => ({ type: 'integer', default: value });
const choice = (...values: string[]) => ({ type: 'string', enum: values, default: values[0] ?? '' });
const text = { type: 'string' };
const file = { type: 'string', format: 'uri', 'x-fal': { max_file_size: 1 } };
const SIZE = {
  anyOf: [
    { type: 'object', properties: { width: integer(512), height: integer(512) } },
    { type: 'string', enum: ['square_hd', 'square', 'landscape_16_9', 'auto'] },
  ],
  default: 'square_hd',
};
const PICTURES = { image_size: SIZE, num_images: integer(1) };

describe('what a request will cost', () => {
  test.each([
    ['pictures by their number', 'images', { num_images: integer(2) }, ['images'], {}, 0.2],
    ['pictures asked for', 'images', { num_images: integer(2) }, ['images'], { num_images: 4 }, 0.4],
    ['the one picture there will be', 'images', { prompt: text }, ['image'], {}, 0.1],
    ['of many pictures nobody says how many', 'images', { prompt: text }, ['images'], {}, null],
    ['pictures with more of each', 'images', { ...PICTURES, max_images: integer(3) }, ['images'], {}, null],
    ['a number that is none', 'images', PICTURES, ['images'], { num_images: 'many' }, null],
    [
      'a tier that may cost more',
      'images',
      { ...PICTURES, resolution: choice('1K', '4K') },
      ['images'],
      {},
      null,
    ],
    ['a tier without a choice', 'images', { ...PICTURES, resolution: choice('1K') }, ['images'], {}, 0.1],
    ['a named size', 'megapixels', PICTURES, ['images'], {}, 0.1],
    ['a small size, rounded up', 'megapixels', PICTURES, ['images'], { image_size: 'square' }, 0.1],
    [
      'a size of one’s own',
      'megapixels',
      PICTURES,
      ['images'],
      { image_size: { width: 1920, height: 1080 } },
      0.2,
    ],
    [
      'each picture by itself',
      'megapixels',
      PICTURES,
      ['images'],
      { image_size: 'square', num_images: 3 },
      0.3,
    ],
    ['a size only the model knows', 'megapixels', PICTURES, ['images'], { image_size: 'auto' }, null],
    ['half a size', 'megapixels', PICTURES, ['images'], { image_size: { width: 64 } }, null],
    ['sides', 'megapixels', { width: integer(2048), height: integer(1024) }, ['image'], {}, 0.2],
    ['no size', 'megapixels', { scale: integer(2) }, ['image'], {}, null],
    ['a size beside a picture', 'megapixels', { ...PICTURES, image_url: file }, ['images'], {}, 0.1],
    [
      'a size with a picture',
      'megapixels',
      { ...PICTURES, image_url: file },
      ['images'],
      { image_url: 'https://a.b/c' },
      null,
    ],
    ['seconds in words', 'seconds', { duration: choice('5', '10') }, ['video'], {}, 0.5],
    ['seconds with their unit', 'seconds', { duration: choice('8s', '4s') }, ['video'], {}, 0.8],
    ['seconds asked for', 'seconds', { duration: integer(5) }, ['video'], { duration: 7 }, 0.7],
    ['a length left to the model', 'seconds', { duration: choice('auto', '4') }, ['video'], {}, null],
    [
      'a length that null leaves open',
      'seconds',
      { duration: { anyOf: [integer(5), { type: 'null' }] } },
      ['video'],
      { duration: null },
      null,
    ],
    ['no length', 'seconds', { prompt: text }, ['video'], {}, null],
    [
      'the length of a file',
      'seconds',
      { duration: integer(5), video_url: file },
      ['video'],
      { video_url: 'https://a.b/c' },
      null,
    ],
    [
      'a dearer second',
      'seconds',
      { duration: integer(5), generate_audio: { type: 'boolean' } },
      ['video'],
      {},
      null,
    ],
    ['several sounds', 'seconds', { duration: integer(5), num_samples: integer(2) }, ['audio'], {}, 1],
    ['minutes', 'minutes', { duration: integer(90) }, ['audio'], {}, 0.15],
    ['pieces of five seconds', '5 seconds', { duration: integer(10) }, ['video'], {}, 0.2],
    ['a text by its letters', '1000 characters', { text }, ['audio'], { text: 'é👍'.repeat(500) }, 0.1],
    [
      'a text that is called prompt',
      '1000 characters',
      { prompt: text },
      ['audio_url'],
      { prompt: 'wren' },
      0.0004,
    ],
    [
      'what several say',
      '1000 characters',
      { inputs: { type: 'array', items: { type: 'object', properties: { text } } } },
      ['audio'],
      { inputs: [{ text: 'ab' }, { text: 'c' }] },
      0.0003,
    ],
    [
      'what somebody does not say',
      '1000 characters',
      { inputs: { type: 'array', items: { type: 'object', properties: { text } } } },
      ['audio'],
      { inputs: [{ text: 'ab' }, {}] },
      null,
    ],
    [
      'a text that is read and not spoken',
      '1000 characters',
      { prompt: text },
      ['output'],
      { prompt: 'a' },
      null,
    ],
    ['no text yet', '1000 characters', { text }, ['audio'], {}, null],
    ['a training by its steps', 'steps', { steps: integer(1000) }, ['lora'], {}, 100],
    ['a video', 'videos', { num_frames: integer(81) }, ['video'], {}, 0.1],
    ['a longer video', 'videos', { num_frames: integer(81) }, ['video'], { num_frames: 120 }, null],
    ['a video of some length', 'videos', { duration: integer(5) }, ['video'], {}, null],
    ['a sound', 'audios', {}, ['audio'], {}, 0.1],
    ['something once', 'generations', {}, ['model_mesh'], {}, 0.1],
    ['something more often', 'generations', { num_songs: integer(1) }, ['audio'], { num_songs: 2 }, null],
    ['a request', 'requests', { num_images: integer(3) }, ['images'], {}, 0.1],
    ['a unit nobody knows', 'moonbeams', PICTURES, ['images'], {}, null],
  ] as const)('%s', (_, unit, properties, gives, input, cost) => {
    const amount = estimateOf(USD(0.1, unit), basisOf(properties, gives), input);
    expect(amount).toEqual(cost === null ? null : { amount: cost, currency: 'USD' });
  });

  test('is nothing where a unit costs nothing, whatever the unit, and stays in its currency', () => {
    expect(estimateOf(USD(0, 'compute seconds'), null, {})).toEqual({ amount: 0, currency: 'USD' });
    const euros = { amount: 2, unit: 'requests', currency: 'EUR' };
    expect(estimateOf(euros, null, {})).toEqual({ amount: 2, currency: 'EUR' });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is blank for a price of %d, which is not kept',
    (amount) => {
      expect(moneyOf(USD(amount, 'requests'), null, {})).toEqual({
        estimate: null,
        price: null,
        billableUnits: null,
      });
      expect(needsBasis(USD(amount, 'images'))).toBe(false);
    },
  );

  test('is blank where the document cannot be read, and only then asked of it where it must be', () => {
    expect(readCostBasis({ openapi: '3.0.4' })).toBeNull();
    expect(estimateOf(USD(1, 'images'), null, {})).toBeNull();
    const needed = ['images', 'requests', 'credits'].map((unit) => needsBasis(USD(1, unit)));
    expect(needed).toEqual([true, false, false]);
    expect(needsBasis(null)).toBe(false);
  });
});
