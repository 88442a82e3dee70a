import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { formOf } from './form.fixture.ts';

const URL: JsonObject = { type: 'string' };
const URLS: JsonObject = { type: 'array', items: URL };

const labels = (properties: JsonObject): readonly string[] =>
  formOf(properties).fields.map(({ label }) => label);

describe('labels of files', () => {
  it.each([
    ['image_url', URL, 'Image'],
    ['first_frame_url', URL, 'First frame'],
    ['mask_image_url', { ...URL, title: 'Mask Image URL' }, 'Mask image'],
    ['image_url', { ...URL, title: 'The picture to begin with' }, 'The picture to begin with'],
    ['image_urls', URLS, 'Images'],
    ['reference_image_urls', { ...URLS, title: 'Reference Image URLs' }, 'Reference images'],
  ])('%s %j is %j', (name, schema, label) => {
    expect(labels({ [name]: schema })).toEqual([label]);
  });

  it('names one file of a list by what it is', () => {
    expect(formOf({ image_urls: URLS }).fields).toMatchObject([{ kind: 'list', item: { label: 'Image' } }]);
  });

  it('leaves addresses that are no files, and names that would be the same', () => {
    expect(labels({ webhook_url: URL })).toEqual(['Webhook URL']);
    expect(labels({ image: { type: 'boolean' }, image_url: URL })).toEqual(['Image', 'Image URL']);
  });
});
