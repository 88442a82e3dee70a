import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from '../json.ts';
import type { JsonValue } from '../json.ts';
import { isFlagged } from './nsfw.ts';

const image = { url: 'https://x.test/1.png' };

describe('isFlagged', () => {
  it('reads a list of flags by the place of the picture', () => {
    const output = { images: [image, image, image], has_nsfw_concepts: [false, true, false] };
    expect([0, 1, 2].map((i) => isFlagged(output, ['images', i]))).toEqual([false, true, false]);
  });

  it.each<[string, JsonValue, (string | number)[], boolean]>([
    ['one flag for all', { images: [image], has_nsfw_concepts: true }, ['images', 0], true],
    ['a list for the one picture', { image, has_nsfw_concepts: [true] }, ['image'], true],
    ['a list that is too short', { images: [image, image], has_nsfw_concepts: [true] }, ['images', 1], false],
    ['the older name', { images: [image], nsfw_content_detected: [true] }, ['images', 0], true],
    ['an avatar', { video: image, moderation_flagged: true }, ['video'], true],
    ['the picture’s own', { images: [{ ...image, nsfw: true }, image] }, ['images', 0], true],
    ['not its neighbour’s', { images: [{ ...image, nsfw: true }, image] }, ['images', 1], false],
    [
      'an inner output',
      { outputs: [{ images: [image], has_nsfw_concepts: [true] }] },
      ['outputs', 0, 'images', 0],
      true,
    ],
    ['a probability', { image, nsfw_probability: 1 }, ['image'], false],
    ['a word', { image, has_nsfw_concepts: 'true' }, ['image'], false],
    ['nothing', { images: [image], has_nsfw_concepts: null }, ['images', 0], false],
    ['a setting that was echoed', { image, enable_nsfw_filter: true }, ['image'], false],
  ])('%s', (_, output, path, wanted) => {
    expect(isFlagged(output, path)).toBe(wanted);
  });

  it('counts the places of a list from where its flags stand, not from the top', () => {
    const inner = { images: [image, image], has_nsfw_concepts: [true, false] };
    const output = { outputs: [{ images: [image] }, inner] };
    expect([0, 1].map((i) => isFlagged(output, ['outputs', 1, 'images', i]))).toEqual([true, false]);
  });

  it('takes any output and any path', () => {
    const step = fc.oneof(fc.string(), fc.nat(), fc.constantFrom('__proto__', 'constructor', 'length'));
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(step), (value, path) => {
        expect(typeof isFlagged(isJson(value) ? value : null, path)).toBe('boolean');
      }),
    );
  });
});
