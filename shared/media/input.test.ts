import { expect, test } from 'vitest';
import { MOST_INPUT_BYTES, sizeProblem, suits, typeWords } from './input.ts';
import type { FileMedium } from './input.ts';

test.each<readonly [FileMedium, string, string]>([
  ['image', 'image/png image/heic image/svg+xml', 'text/plain video/mp4 application/octet-stream'],
  ['video', 'video/mp4 video/webm image/gif application/mp4', 'image/png audio/mpeg text/plain'],
  ['audio', 'audio/mpeg application/ogg video/webm video/mp4', 'image/png text/plain video/quicktime'],
  ['model', 'model/gltf-binary text/plain application/octet-stream', 'image/png video/mp4 application/pdf'],
  ['any', 'image/png text/plain application/zip', ''],
])('%s', (medium, yes, no) => {
  const types = `${yes} ${no}`.trim().split(' ');
  expect(types.filter((type) => suits(medium, type))).toEqual(yes.split(' '));
});

test('sizes', () => {
  expect(sizeProblem(1)).toBeNull();
  expect(sizeProblem(MOST_INPUT_BYTES)).toBeNull();
  expect(sizeProblem(MOST_INPUT_BYTES + 1)).toContain('200 MiB');
  expect(sizeProblem(0)).toBe('This file is empty.');
});

test('types in words', () => {
  expect(['text/plain', 'video/webm', 'model/gltf-binary', 'application/zip'].map(typeWords)).toEqual([
    'plain text',
    'a video',
    'a 3D model',
    'a file of type application/zip',
  ]);
});
