import { expect, it } from 'vitest';
import { formOf } from './form.fixture.ts';
import { pointerOf } from './path.ts';
import { placeWords, readPointer } from './read-pointer.ts';

const text = { type: 'string' };
const form = formOf({
  loras: { type: 'array', items: { type: 'object', properties: { path: text, 'a/b~': text } } },
  weights: { type: 'object', additionalProperties: { type: 'number' } },
  corner: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] },
});

it('reads an index where the form has a list, and a name elsewhere', () => {
  for (const path of [
    ['loras', 2, 'path'],
    ['loras', 0, 'a/b~'],
    ['weights', '7'],
    ['corner', 1],
    ['unknown', '0', 'x'],
    [],
  ])
    expect(readPointer(form, pointerOf(path))).toEqual(path);
});

it('says a place as a person would', () => {
  expect(placeWords(form, '/loras/1/path')).toBe('LoRAs, LoRA 2, path');
  expect(placeWords(form, '/weights/wren')).toBe('Weights, wren');
  expect(placeWords(form, '/corner/0')).toBe('Corner, value 1');
});
