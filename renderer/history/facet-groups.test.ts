import { expect, test } from 'vitest';
import { groupsOf } from './facet-groups.ts';
import { someFacets } from './facets.fixture.ts';
import { toggled } from './soles.ts';

const NAMES = new Map([
  ['p1', 'Work'],
  ['p2', 'work'],
]);
const dev = { value: 'fal-ai/flux/dev', count: 2 };
const other = { value: 'acme/painter', count: 5 };

const rowsOf = (title: string, text: string, some: Parameters<typeof someFacets>[0], others = {}) =>
  groupsOf({ text, facets: someFacets(some), others, keyNames: NAMES })
    .find((group) => group.title === title)
    ?.rows.map(({ label, count }) => [label, count]);

test('only what is there makes a row, and a group', () => {
  const groups = groupsOf({
    text: '',
    facets: someFacets({ kinds: [{ value: 'image', count: 3 }], trashed: 2 }),
    others: {},
    keyNames: NAMES,
  });
  expect(groups.map(({ title }) => title)).toEqual(['Marks', 'Kind']);
  expect(groups[0]?.rows.map(({ label }) => label)).toEqual(['Trash']);
});

test('what is asked for or left out stays in sight though nothing meets it', () => {
  expect(rowsOf('Tag', 'tag:Lake -tag:fog tag:sea', { tags: [{ value: 'sea', count: 1 }] })).toEqual([
    ['sea', 1],
    ['lake', null],
    ['fog', null],
  ]);
  expect(rowsOf('Marks', 'is:starred', {})).toEqual([['Starred', null]]);
  expect(rowsOf('State', 'is:failed is:live', {})).toEqual([['Failed', null]]);
  expect(rowsOf('Model', 'model:flux model:=acme/x', {})).toEqual([['acme/x', null]]);
});

test('beside the one that is chosen stand those that could be chosen in its place', () => {
  expect(
    rowsOf(
      'Model',
      'model:=fal-ai/flux/dev',
      { models: [dev] },
      { model: someFacets({ models: [other, dev] }) },
    ),
  ).toEqual([
    ['acme/painter', 5],
    ['fal-ai/flux/dev', 2],
  ]);
});

test('keys of one name are one row, and one that is gone is called so', () => {
  const profiles = [
    { value: 'p1', count: 1 },
    { value: 'x9', count: 2 },
    { value: 'p2', count: 4 },
  ];
  expect(rowsOf('Key', '', { profiles })).toEqual([
    ['Work', 5],
    ['Removed key', 2],
  ]);
});

test('a row puts its filter in, and takes it out when it is pressed again', () => {
  const tag = { name: 'tag', value: 'by the sea' } as const;
  const once = toggled('wren', tag, null, false);
  expect(once).toBe('wren tag:"by the sea"');
  expect(toggled(once, tag, null, false)).toBe('wren');
  expect(toggled(once, tag, null, true)).toBe('wren -tag:"by the sea"');
  expect(toggled('-tag:"by the sea" wren', tag, null, false)).toBe('wren');
});

test('of models, states, months and keys a run has one: another takes its place, and all else stays', () => {
  const text = 'wren model:=acme/painter model:paint is:done is:starred';
  expect(toggled(text, { name: 'model', value: '=fal-ai/flux/dev' }, 'model', false)).toBe(
    'wren model:paint is:done is:starred model:=fal-ai/flux/dev',
  );
  expect(toggled(text, { name: 'is', value: 'failed' }, 'standing', false)).toBe(
    'wren model:=acme/painter model:paint is:starred is:failed',
  );
  expect(toggled('date:2026-11', { name: 'date', value: '2026-10' }, 'month', true)).toBe(
    'date:2026-11 -date:2026-10',
  );
});
