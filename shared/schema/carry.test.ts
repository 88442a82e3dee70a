import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { carryOver } from './carry.ts';
import { formOf } from './form.fixture.ts';

const text = { type: 'string' };
const side = { type: 'integer', exclusiveMinimum: 0, maximum: 14142 };
const presets = (...names: readonly string[]) => ({
  anyOf: [{ type: 'object', properties: { width: side, height: side } }, { enum: names }],
});
const SIZES = ['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'];
const files = (maxItems?: number): JsonObject => ({
  type: 'array',
  items: text,
  ...(maxItems !== undefined && { maxItems }),
});
const url = (name: string) => `https://a.b/${name}.png`;

/** A draft of a model of `from`, taken to a model of `to`. */
const carry = (from: JsonObject, input: JsonObject, to: JsonObject) =>
  carryOver(formOf(from), input, formOf(to));

describe('carryOver', () => {
  it('takes prompts and seed along, under the other model’s names', () => {
    const from = {
      prompt: text,
      negative_prompt: text,
      seed: { type: 'integer' },
      steps: { type: 'integer' },
    };
    const input = { prompt: 'a wren', negative_prompt: 'blurry', seed: 2n ** 60n, steps: 4, odd: 1 };
    expect(carry(from, input, { ...from, cfg: { type: 'number' } })).toEqual({
      prompt: 'a wren',
      negative_prompt: 'blurry',
      seed: 2n ** 60n,
    });
    expect(carry(from, input, { text })).toEqual({ text: 'a wren' });
  });

  it('leaves out what does not fit, and what the person did not set', () => {
    const from = { prompt: { ...text, default: 'a bird' }, seed: { type: 'integer' } };
    expect(carry(from, {}, from)).toEqual({});
    expect(carry(from, { prompt: 'a wren', seed: 9 }, { prompt: { ...text, maxLength: 3 } })).toEqual({});
    expect(carry(from, { seed: 9 }, { seed: { type: 'integer', maximum: 5 } })).toEqual({});
    expect(carry(from, { seed: null }, from)).toEqual({});
  });

  it.each<[string, JsonObject, JsonObject, JsonObject, JsonObject]>([
    [
      'a name both know',
      { image_size: presets(...SIZES) },
      { image_size: 'square' },
      { video_size: presets(...SIZES) },
      { video_size: 'square' },
    ],
    [
      'sides in pixels',
      { image_size: presets(...SIZES) },
      { image_size: { width: 832, height: 480 } },
      { image_size: presets('auto') },
      { image_size: { width: 832, height: 480 } },
    ],
    [
      'sides that have a name there',
      { width: side, height: side },
      { width: 512, height: 512 },
      { image_size: presets(...SIZES) },
      { image_size: 'square' },
    ],
    [
      'a name to a ratio',
      { image_size: presets(...SIZES) },
      { image_size: 'portrait_16_9' },
      { aspect_ratio: { enum: ['16:9', '9:16'] } },
      { aspect_ratio: '9:16' },
    ],
    [
      'sides to a ratio',
      { image_size: presets(...SIZES) },
      { image_size: { width: 1360, height: 768 } },
      { aspect_ratio: { enum: ['16:9', '1:1'] } },
      { aspect_ratio: '16:9' },
    ],
    [
      'a ratio to a name',
      { aspect_ratio: { enum: ['4:3'] } },
      { aspect_ratio: '4:3' },
      { image_size: presets(...SIZES) },
      { image_size: 'landscape_4_3' },
    ],
    [
      'a ratio to a ratio',
      { aspect_ratio: { enum: ['4:3'] } },
      { aspect_ratio: '4:3' },
      { aspect_ratio: { enum: ['1:1', '4:3'] } },
      { aspect_ratio: '4:3' },
    ],
    [
      'a name to sides',
      { image_size: presets(...SIZES) },
      { image_size: 'square_hd' },
      { width: side, height: side },
      { width: 1024, height: 1024 },
    ],
    [
      'a ratio that is not there',
      { aspect_ratio: { enum: ['21:9'] } },
      { aspect_ratio: '21:9' },
      { image_size: presets(...SIZES) },
      {},
    ],
    [
      'sides that are too large',
      { width: side, height: side },
      { width: 4000, height: 4000 },
      { width: { type: 'integer', maximum: 512 }, height: side },
      {},
    ],
    [
      'a resolution',
      { resolution: { enum: ['720p', '4k'] } },
      { resolution: '720p' },
      { resolution: { enum: ['480p', '720p'] } },
      { resolution: '720p' },
    ],
  ])('size: %s', (_, from, input, to, carried) => {
    expect(carry(from, input, to)).toEqual(carried);
  });

  it.each<[string, JsonObject, JsonObject, JsonObject, JsonObject]>([
    [
      'one to a list',
      { image_url: text },
      { image_url: url('a') },
      { image_urls: files() },
      { image_urls: [url('a')] },
    ],
    [
      'a list to one',
      { image_urls: files() },
      { image_urls: [url('a'), url('b')] },
      { image_url: text },
      { image_url: url('a') },
    ],
    [
      'as many as there may be',
      { image_urls: files() },
      { image_urls: ['a', 'b', 'c'] },
      { image_urls: files(2) },
      { image_urls: ['a', 'b'] },
    ],
    [
      'first and last frame',
      { image_url: text, end_image_url: text },
      { image_url: url('a'), end_image_url: url('b') },
      { first_frame_url: text, last_frame_url: text },
      { first_frame_url: url('a'), last_frame_url: url('b') },
    ],
    [
      'a mask with its image',
      { image_url: text, mask_url: text },
      { image_url: url('a'), mask_url: url('m') },
      { mask_image_url: text, input_image_url: text },
      { input_image_url: url('a'), mask_image_url: url('m') },
    ],
    [
      'an image to a reference',
      { image_url: text },
      { image_url: url('a') },
      { reference_image_urls: files() },
      { reference_image_urls: [url('a')] },
    ],
    [
      'a reference stays one',
      { image_url: text, reference_image_url: text },
      { reference_image_url: url('r') },
      { image_url: text, ref_image_urls: files() },
      { ref_image_urls: [url('r')] },
    ],
    ['a video to no image', { video_url: text }, { video_url: url('v') }, { image_url: text }, {}],
    [
      'a last frame to no first',
      { end_image_url: text },
      { end_image_url: url('b') },
      { image_url: text },
      {},
    ],
    [
      'a mask to no image',
      { image_url: text, mask_url: text },
      { mask_url: url('m') },
      { image_url: text },
      {},
    ],
    [
      'an empty row',
      { image_urls: files() },
      { image_urls: ['', url('a')] },
      { image_urls: files() },
      { image_urls: [url('a')] },
    ],
    [
      'a sound',
      { audio_url: text },
      { audio_url: url('s') },
      { driven_audio_url: text },
      { driven_audio_url: url('s') },
    ],
  ])('files: %s', (_, from, input, to, carried) => {
    expect(carry(from, input, to)).toEqual(carried);
  });
});
