import { expect, test } from 'vitest';
import { readUnit } from './unit.ts';

test.each([
  ['images', 'image', 1],
  ['megapixels', 'megapixel', 1],
  ['Videos', 'video', 1],
  ['seconds', 'second', 1],
  ['minutes', 'second', 60],
  ['5 seconds', 'second', 5],
  ['1000 characters', 'character', 1000],
  ['1000 characters ', 'character', 1000],
  ['steps', 'step', 1],
  ['generations', 'generation', 1],
  ['requests', 'request', 1],
  ['trainings', 'request', 1],
  ['cloned voices', 'request', 1],
])('“%s” is counted in %ss, %i at a time', (text, kind, size) => {
  expect(readUnit(text)).toEqual({ kind, size });
});

test.each([
  'compute seconds',
  'input seconds',
  'processed megapixels',
  'minute of video ',
  'video segments',
  '1m tokens',
  '1000 tokens',
  'credits',
  'units',
  '1',
  '',
  '0 seconds',
  '99999999999 images',
  'constructor',
  'moons',
])('“%s” says nothing that could be counted', (text) => {
  expect(readUnit(text)).toBeNull();
});
