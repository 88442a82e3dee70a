import { expect, it } from 'vitest';
import { fieldOf } from '../../shared/schema/form.fixture.ts';
import { summaryOf } from './summary.ts';

const text = { type: 'string' };
const section = fieldOf({
  type: 'object',
  properties: {
    name: text,
    length: { type: 'integer', title: 'Length' },
    loud: { type: 'boolean' },
    image_url: text,
    lines: { type: 'array', items: text, title: 'Lines' },
  },
});

it('tells an item by what was set in it', () => {
  expect(summaryOf(section, { name: 'Intro\n two', length: 4 })).toBe('Intro two · Length 4');
  expect(summaryOf(section, { loud: true, image_url: 'https://example.com/a/wren.png?x=1' })).toBe(
    'Loud · wren.png',
  );
  expect(summaryOf(section, { lines: ['a', 'b'], odd: 1 })).toBe('Lines 2 items');
  expect(summaryOf(section, {})).toBe('');
});

it('cuts what is long', () => {
  expect(summaryOf(fieldOf(text), 'x'.repeat(200))).toHaveLength(80);
});
