import { describe, expect, test } from 'vitest';
import type { Sweepable } from '../../shared/batch/sweep-fields.ts';
import { sweepFields } from '../../shared/batch/sweep-fields.ts';
import type { JsonObject } from '../../shared/json.ts';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { firstEntry, readEntry } from './axis-entry.ts';
import type { AxisEntry } from './axis-entry.ts';

const fieldOf = (property: JsonObject, name = 'field'): Sweepable => {
  const [one] = sweepFields(formOf({ [name]: property }), {});
  if (one === undefined) throw new Error('not sweepable');
  return one.field;
};
const whole = fieldOf({ type: 'integer' });
const any = fieldOf({ type: 'number' });
const text = fieldOf({ type: 'string' });
const style = fieldOf({ type: 'string', enum: ['ink', 'oil', 'print'] });
const range = (from: string, to: string, step: string): AxisEntry => ({ kind: 'range', from, to, step });
const list = (text: string): AxisEntry => ({ kind: 'list', text });

test.each<[string, Sweepable, AxisEntry, unknown]>([
  ['numbers between commas and blanks', whole, list(' 20, 28 35;50 '), [20, 28, 35, 50]],
  ['each once', any, list('1, 1.0 2'), [1, 2]],
  ['a seed beyond 2^53', fieldOf({ type: 'integer' }, 'seed'), list('9007199254740993'), [9007199254740993n]],
  ['a word among numbers', any, list('1, many'), '“many” is not a number'],
  ['half a step of a whole number', whole, list('1.5 2'), [1.5, 2]],
  ['nothing', any, list(' , '), 'No values yet'],
  ['from, to, step', whole, range('10', '30', '10'), [10, 20, 30]],
  ['an end that is not met', whole, range('10', '35', '10'), [10, 20, 30]],
  ['downwards', whole, range('3', '1', '1'), [3, 2, 1]],
  ['fractions without noise', any, range('0.1', '0.5', '0.1'), [0.1, 0.2, 0.3, 0.4, 0.5]],
  ['small fractions', any, range('1e-7', '3e-7', '1e-7'), [1e-7, 2e-7, 3e-7]],
  [
    'seeds beyond 2^53',
    whole,
    range('9007199254740992', '9007199254740994', '1'),
    [9007199254740992n, 9007199254740993n, 9007199254740994n],
  ],
  ['no step', any, range('1', '2', '0'), 'The step is more than 0'],
  ['an unfinished range', whole, range('1', '', '1'), 'From, to and step are whole numbers'],
  ['a range without end', any, range('0', '1e9', '1'), 'These are 1,000,000,001 values'],
  ['texts, one a line', text, { kind: 'lines', text: 'a wren\n\n a heron \na wren' }, ['a wren', 'a heron']],
  ['options in the order of the form', style, { kind: 'picked', values: ['print', 'ink'] }, ['ink', 'print']],
  ['no option', style, { kind: 'picked', values: [] }, 'No values yet'],
])('%s', (_, field, entry, expected) => {
  const read = readEntry(field, entry);
  expect(read.ok ? read.values : read.problem).toEqual(expected);
});

describe('an axis begins with', () => {
  test.each([
    ['the number that is shown', whole, 28, { kind: 'list', text: '28' }],
    ['nothing where a seed is random', whole, undefined, { kind: 'list', text: '' }],
    ['the text that is shown, and a line for the next', text, 'a\nwren', { kind: 'lines', text: 'a wren\n' }],
    ['all of a few options', style, 'ink', { kind: 'picked', values: ['ink', 'oil', 'print'] }],
    ['both of a switch', fieldOf({ type: 'boolean' }), true, { kind: 'picked', values: [false, true] }],
    [
      'the one that is shown of many options',
      fieldOf({ type: 'string', enum: ['a', 'b', 'c', 'd', 'e', 'f'] }),
      'c',
      { kind: 'picked', values: ['c'] },
    ],
  ])('%s', (_, field, shown, entry) => {
    expect(firstEntry(field, shown)).toEqual(entry);
  });
});
