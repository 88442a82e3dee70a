import { expect, it } from 'vitest';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { mended, placed, rearranged } from './complaints.ts';

const form = formOf(
  {
    prompt: { type: 'string' },
    loras: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['path'],
        properties: { path: { type: 'string' }, scale: { type: 'number', maximum: 4, default: 1 } },
      },
    },
    voice: { type: 'object', properties: { name: { type: 'string' } } },
    weights: { type: 'object', additionalProperties: { type: 'number', maximum: 1 } },
  },
  ['prompt'],
);
const known = (...places: readonly string[]) => ({
  byField: new Map(places.map((place) => [place, ['wrong']])),
  rest: [],
});

it('a change takes back what was said of it, around it and within it, and nothing else', () => {
  const draft = { prompt: 'wren', loras: [{ path: 'a' }] };
  const after = (...path: readonly (string | number)[]) => [
    ...mended(known('/prompt', '/loras', '/loras/0/path'), form, draft, path).byField.keys(),
  ];
  expect(after('prompt')).toEqual(['/loras', '/loras/0/path']);
  expect(after('loras', 0, 'path')).toEqual(['/prompt']);
  expect(after('loras', 0, 'scale')).toEqual(['/prompt', '/loras/0/path']);
});

it('what is still wrong stays, in the words for what it is now; nothing new is said', () => {
  const draft = { prompt: 'wren', loras: [{ scale: 9 }] };
  const after = mended(known('/loras/0/scale'), form, draft, ['loras', 0, 'scale']);
  expect([...after.byField]).toEqual([['/loras/0/scale', ['At most 4']]]);
});

it('what is refused about something that is not in sight is said where it would be', () => {
  const details = [
    { loc: ['body', 'loras', 1, 'path'], msg: 'not found' },
    { loc: ['body', 'loras', 0, 'path'], msg: 'gone' },
    { loc: ['body', 'voice', 'name'], msg: 'unknown' },
    { loc: ['body', 'weights', 'wren'], msg: 'too much' },
    { loc: ['body', 'nothing'], msg: 'else' },
  ];
  const { byField, rest } = placed(form, { loras: [{ path: 'a' }] }, details);
  expect(Object.fromEntries(byField)).toEqual({
    '/loras': ['Item 2, path: not found'],
    '/loras/0/path': ['gone'],
    '/voice': ['Name: unknown'],
    '/weights': ['Wren: too much'],
  });
  expect(rest).toEqual(['Nothing: else']);
});

it('what fal said of an item goes along with it; what the window found there is looked at anew', () => {
  const twice = formOf({ tags: { type: 'array', uniqueItems: true, items: { type: 'string' } } });
  const known = {
    byField: new Map([
      ['/tags/1', ['Already in the list']],
      ['/tags/2', ['fal does not like it']],
    ]),
    rest: [],
  };
  const after = rearranged(known, twice, { tags: ['a', 'a', 'b'] }, { tags: ['a', 'b'] }, ['tags'], [1, 2]);
  expect([...after.byField]).toEqual([['/tags/1', ['fal does not like it']]]);
});
