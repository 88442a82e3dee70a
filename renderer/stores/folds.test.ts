import { expect, it } from 'vitest';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { foldsAround, useFolds } from './folds.ts';

const text = { type: 'string' };
const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`knob_${i}`, text]));
const form = formOf({
  ...many,
  loras: {
    type: 'array',
    items: { type: 'object', properties: { path: text, scale: { type: 'number' }, tag: text } },
  },
  manner: { type: 'object', properties: { speaker: { type: 'object', properties: { name: text } } } },
});

it('opens what lies around a value, and no more', () => {
  expect(foldsAround(form, '/knob_1')).toEqual(['#more']);
  expect(foldsAround(form, '/manner/speaker/name')).toEqual(['#more', '/manner', '/manner/speaker']);
  expect(foldsAround(form, '/loras/2/path')).toEqual(['#more', '/loras', '/loras#all', '/loras/2']);
  expect(foldsAround(form, '/loras/2/tag')).toEqual([
    '#more',
    '/loras',
    '/loras#all',
    '/loras/2',
    '/loras/2#more',
  ]);
});

it('a row that was shut is shut wherever it goes', () => {
  useFolds.getState().setOpen('test/model', '/loras/0', false);
  useFolds.getState().moved('test/model', ['loras'], [1, 0]);
  expect(useFolds.getState().open['test/model']).toEqual({ '/loras/1': false });
});
