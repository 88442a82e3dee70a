import { expect, it } from 'vitest';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { keptTexts } from './unread-texts.ts';

const number = { type: 'number' };
const form = formOf({
  sizes: { type: 'array', items: number },
  weights: { type: 'object', additionalProperties: number },
  camera: { type: 'object', properties: { angle: number } },
});

it('lets go of what was typed in a box that is gone, and of nothing else', () => {
  const texts = {
    '/weights/robin/#name': '',
    '/weights/wren/#name': '',
    '/sizes/0': 'x',
    '/sizes/2': 'x',
    '/weights/wren': 'x',
    '/camera/angle': 'x',
    '': '{',
  };
  const after = (path: string, draft: Parameters<typeof keptTexts>[1]) =>
    Object.keys(keptTexts(form, draft, [path], texts));
  const all = Object.keys(texts);
  expect(after('sizes', { sizes: [1, 2] })).toEqual(all.filter((place) => place !== '/sizes/2'));
  expect(after('weights', { weights: { robin: 1 } })).toEqual(
    all.filter((place) => !place.startsWith('/weights/wren')),
  );
  expect(after('camera', {})).toEqual(all.filter((place) => place !== '/camera/angle'));
  expect(keptTexts(form, { camera: {} }, ['camera'], texts)).toBe(texts);
});
