import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { mayBeSentAs } from './same-request.ts';

const FILE = mediaReference('a'.repeat(64));
const ADDRESS = 'https://v3.fal.media/files/wren.png';

test.each<[string, JsonObject, JsonValue | undefined]>([
  [
    'without files',
    { prompt: 'a wren', seed: 7n, tags: ['x', { y: null }] },
    { tags: ['x', { y: null }], seed: 7n, prompt: 'a wren' },
  ],
  ['a file at its address', { prompt: 'a wren', image_url: FILE }, { image_url: ADDRESS, prompt: 'a wren' }],
  [
    'files in lists and objects',
    { images: [FILE, { url: FILE }] },
    { images: ['http://127.0.0.1:1/a', { url: ADDRESS }] },
  ],
])('%s is the same request', (_name, input, sent) => {
  expect(mayBeSentAs(input, sent)).toBe(true);
});

test.each<[string, JsonObject, JsonValue | undefined]>([
  [
    'another word beside the file',
    { prompt: 'a wren', image_url: FILE },
    { prompt: 'an owl', image_url: ADDRESS },
  ],
  ['no address where the file is', { image_url: FILE }, { image_url: 'wren.png' }],
  [
    'a file in the request itself where another had an address',
    { image_url: FILE },
    { image_url: 'data:image/png;base64,AA==' },
  ],
  ['something else than a text', { image_url: FILE }, { image_url: [ADDRESS] }],
  [
    'an address where this one has another',
    { image_url: 'https://a.example/1' },
    { image_url: 'https://a.example/2' },
  ],
  ['a text that is no file’s name', { image_url: 'media:wren' }, { image_url: ADDRESS }],
  ['one key more', { image_url: FILE }, { image_url: ADDRESS, seed: 1 }],
  ['one key less', { image_url: FILE, seed: 1 }, { image_url: ADDRESS }],
  ['a key that is only inherited', { constructor: FILE }, { seed: ADDRESS }],
  ['one item more', { images: [FILE] }, { images: [ADDRESS, ADDRESS] }],
  ['an object for a list', { images: [FILE] }, { images: { 0: ADDRESS } }],
  ['nothing at all', { image_url: FILE }, undefined],
])('%s is another request', (_name, input, sent) => {
  expect(mayBeSentAs(input, sent)).toBe(false);
});
