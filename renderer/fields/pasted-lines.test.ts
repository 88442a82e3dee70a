import { expect, it } from 'vitest';
import { fieldOf } from '../../shared/schema/form.fixture.ts';
import { linesOf } from './pasted-lines.ts';

it('makes a row of each line, and leaves alone what is one text', () => {
  const tag = fieldOf({ type: 'string' }, 'tag');
  expect(linesOf(tag, ' red \r\n\ngreen\n')).toEqual(['red', 'green']);
  expect(linesOf(tag, 'red')).toBeNull();
  expect(linesOf(fieldOf({ type: 'string' }, 'prompt'), 'red\ngreen')).toBeNull();
  const whole = fieldOf({ type: 'integer' });
  expect(linesOf(whole, '1\n2')).toEqual([1, 2]);
  expect(linesOf(whole, '1\ntwo')).toBeNull();
});
