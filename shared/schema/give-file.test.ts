import { describe, expect, it } from 'vitest';
import { mediaReference } from '../media/reference.ts';
import { formOf } from './form.fixture.ts';
import { fieldFor, giveFile } from './give-file.ts';

const sha256 = 'a'.repeat(64);
const file = mediaReference(sha256);
const text = { type: 'string' };

describe('the field a file goes into', () => {
  it.each([
    [
      'the thing worked on',
      { prompt: text, mask_url: text, end_image_url: text, image_url: text },
      'image/png',
      'image_url',
    ],
    [
      'what it is to look like',
      { mask_url: text, reference_image_url: text },
      'image/png',
      'reference_image_url',
    ],
    ['one of the same kind', { image_url: text, video_url: text }, 'video/mp4', 'video_url'],
    ['a list', { image_urls: { type: 'array', items: text } }, 'image/webp', 'image_urls'],
    ['a sound', { video_url: text, audio_url: text }, 'audio/wav', 'audio_url'],
    ['no mask', { mask_url: text }, 'image/png', undefined],
    [
      'no archive',
      { images_data_url: { ...text, description: 'A zip archive of images' } },
      'image/png',
      undefined,
    ],
    ['no text', { prompt: text }, 'image/png', undefined],
  ])('is that of %s', (_, properties, contentType, wanted) => {
    expect(fieldFor(formOf(properties), contentType)?.name).toBe(wanted);
  });

  it('is a required one before one that may stay empty', () => {
    const form = formOf({ image_url: text, face_image_url: text }, ['face_image_url']);
    expect(fieldFor(form, 'image/png')?.name).toBe('face_image_url');
  });
});

describe('a file that is given', () => {
  const given = { sha256, contentType: 'image/png' };

  it('takes the place of the one there, and leaves all else alone', () => {
    const form = formOf({ prompt: text, image_url: text });
    expect(giveFile(form, { prompt: 'a wren', image_url: 'https://x.test/1.png' }, given)?.input).toEqual({
      prompt: 'a wren',
      image_url: file,
    });
  });

  it('is added to a list, once, and stands alone where there is no room for one more', () => {
    const several = formOf({ image_urls: { type: 'array', items: text } });
    const two = formOf({ image_urls: { type: 'array', maxItems: 1, items: text } });
    expect(giveFile(several, { image_urls: [file, 'https://x.test/1.png'] }, given)?.input).toEqual({
      image_urls: ['https://x.test/1.png', file],
    });
    expect(giveFile(two, { image_urls: ['https://x.test/1.png'] }, given)?.input).toEqual({
      image_urls: [file],
    });
  });

  it('goes nowhere where nothing takes it', () => {
    expect(giveFile(formOf({ prompt: text }), {}, given)).toBeNull();
  });
});
