import { expect, test } from 'vitest';
import { mediaReference, referencedSha, referencedShas, withAddresses, withoutTexts } from './reference.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)] as const;

test('only the whole text of a reference is one', () => {
  expect(referencedSha(mediaReference(A))).toBe(A);
  const others = ['', 'media:', `media:${A}0`, ` media:${A}`, `media:${'A'.repeat(64)}`, A, 'media:x'];
  expect(others.filter((text) => referencedSha(text) !== null)).toEqual([]);
});

test('references are found and replaced wherever they stand, each once, and nothing else is touched', () => {
  const input = {
    image_url: `media:${A}`,
    prompt: `the words media:${A} in a prompt`,
    seed: 9007199254740993n,
    list: [`media:${B}`, { deep: [`media:${A}`, null, true] }],
  };
  expect(referencedShas(input)).toEqual([A, B]);
  expect(
    withAddresses(
      input,
      new Map([
        [A, 'https://v3.fal.media/a'],
        [B, 'https://v3.fal.media/b'],
      ]),
    ),
  ).toEqual({
    ...input,
    image_url: 'https://v3.fal.media/a',
    list: ['https://v3.fal.media/b', { deep: ['https://v3.fal.media/a', null, true] }],
  });
  expect(withAddresses(input, new Map())).toEqual(input);
});

test('texts that are to stay here are left out, and what held them stays', () => {
  const input = { a: 'x', b: ['x', 'y', ['x']], c: { d: 'x', e: { f: 1 } }, x: 'y' };
  expect(withoutTexts(input, (text) => text === 'x')).toEqual({ b: ['y', []], c: { e: { f: 1 } }, x: 'y' });
});
