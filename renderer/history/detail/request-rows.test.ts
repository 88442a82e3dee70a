import { expect, test } from 'vitest';
import { formOf } from '../../../shared/schema/form.fixture.ts';
import { onlySet, requestRows, setCount } from './request-rows.ts';
import type { RequestRow } from './request-rows.ts';

const form = formOf(
  {
    prompt: { type: 'string' },
    steps: { type: 'integer', default: 28 },
    mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
    seed: { type: 'integer' },
    loras: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, scale: { type: 'number', default: 1 } },
        required: ['path'],
      },
    },
  },
  ['prompt'],
);

const brief = (row: RequestRow): string => {
  if (row.kind === 'group') return `${row.place} (${row.count ?? ''})`;
  if (row.kind === 'more') return `${row.place} +${row.count}`;
  return `${row.place} ${row.standing} ${String(row.value ?? '')}${row.default === undefined ? '' : `/${String(row.default)}`}`;
};

test('every input is there in the order of the form, beside its default', () => {
  expect(requestRows(form, { prompt: 'a wren', steps: 30, mode: 'a' }).map(brief)).toEqual([
    '/prompt set a wren',
    '/steps set 30/28',
    '/mode default a/a',
    '/seed unset ',
    '/loras unset ',
  ]);
});

test('groups within lists are read in their place, with their own defaults', () => {
  const rows = requestRows(form, { prompt: 'x', loras: [{ path: 'p' }, { path: 'q', scale: 0.5 }] });
  expect(rows.slice(4).map(brief)).toEqual([
    '/loras (2)',
    '/loras/0 ()',
    '/loras/0/path set p',
    '/loras/0/scale default 1/1',
    '/loras/1 ()',
    '/loras/1/path set q',
    '/loras/1/scale set 0.5/1',
  ]);
});

test('names the schema does not list are kept, at the top and within', () => {
  const rows = requestRows(form, { prompt: 'x', extra: 1, loras: [{ path: 'p', odd: true }] });
  expect(rows.filter((row) => row.kind === 'value' && row.standing === 'unlisted').map(brief)).toEqual([
    '/loras/0/odd unlisted true',
    '/extra unlisted 1',
  ]);
});

test('without a form the values alone are there, and none of a strange type falls out', () => {
  expect(requestRows(null, { a: 1, 'b/c': [1, 2] }).map(brief)).toEqual([
    '/a unlisted 1',
    '/b~1c unlisted 1,2',
  ]);
  const [, , , , loras] = requestRows(form, { loras: 'not a list' });
  expect(loras && brief(loras)).toBe('/loras set not a list');
});

test('of a long list the beginning is drawn and the rest counted', () => {
  const many = Array.from({ length: 1000 }, () => ({ path: 'p' }));
  const rows = requestRows(form, { loras: many });
  expect(rows.length).toBeLessThan(120);
  expect(rows.filter((row) => row.kind === 'more').map(brief)).toEqual(['/loras/… +970']);
});

test('what was set can stand alone, under its heads', () => {
  const rows = requestRows(form, { prompt: 'x', mode: 'a', loras: [{ path: 'p', scale: 1 }] });
  expect(setCount(rows)).toBe(2);
  expect(onlySet(rows).map(brief)).toEqual([
    '/prompt set x',
    '/loras (1)',
    '/loras/0 ()',
    '/loras/0/path set p',
  ]);
  const half = requestRows(form, { loras: [{}, { path: 'p' }] });
  expect(onlySet(half).map(brief)).toEqual(['/loras (2)', '/loras/1 ()', '/loras/1/path set p']);
});

test('what a default holds was not set, whether the request says it or not', () => {
  const listed = formOf({ styles: { type: 'array', items: { type: 'string' }, default: ['ink', 'oil'] } });
  for (const input of [{}, { styles: ['ink', 'oil'] }]) {
    const rows = requestRows(listed, input);
    expect(rows.map(brief)).toEqual(['/styles (2)', '/styles/0 default ink', '/styles/1 default oil']);
    expect(onlySet(rows)).toEqual([]);
  }
  expect(setCount(requestRows(listed, { styles: ['ink'] }))).toBe(1);
});
