import { describe, expect, it } from 'vitest';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { changeList, moveKeys, orderAfter } from './list-change.ts';
import type { ListChange } from './list-change.ts';

const form = formOf({ tags: { type: 'array', items: { type: 'string' } } });
const tags = ['a', 'b', 'c'];

const CHANGES: readonly (readonly [ListChange, readonly string[]])[] = [
  [{ kind: 'add' }, ['a', 'b', 'c', '']],
  [{ kind: 'add', index: 1, values: ['x', 'y'] }, ['a', 'x', 'y', 'b', 'c']],
  [{ kind: 'add', index: 3, values: ['x', 'y'] }, ['a', 'b', 'c', 'x', 'y']],
  [{ kind: 'remove', index: 1 }, ['a', 'c']],
  [{ kind: 'move', from: 0, to: 2 }, ['b', 'c', 'a']],
  [{ kind: 'move', from: 2, to: 0 }, ['c', 'a', 'b']],
  [{ kind: 'duplicate', index: 1 }, ['a', 'b', 'b', 'c']],
];

describe.each(CHANGES)('%j', (change, after) => {
  it('changes the list', () => {
    expect(changeList(form, { tags }, ['tags'], change)).toEqual({ tags: after });
  });

  it('tells where each item went, so that what is known of it can go along', () => {
    const order = orderAfter(change, tags.length);
    expect(order).toHaveLength(after.length);
    expect(after).toEqual(order.map((index, place) => (index === null ? after[place] : tags[index])));
    expect(order.filter((index) => index !== null).length).toBe(
      new Set(order).size - Number(order.includes(null)),
    );
  });
});

it('fills an item that stays, and puts the other values after it', () => {
  const change: ListChange = { kind: 'fill', index: 1, values: ['x', 'y'] };
  expect(changeList(form, { tags: ['a', '', 'c'] }, ['tags'], change)).toEqual({
    tags: ['a', 'x', 'y', 'c'],
  });
  expect(orderAfter(change, 3)).toEqual([0, 1, null, 2]);
});

it('takes along what is kept by place, and lets go what belongs to no item any more', () => {
  const known = [
    ['/tags', 'the list'],
    ['/tags/0', 'first'],
    ['/tags/1/name', 'second'],
    ['/tags/2#more', 'third'],
    ['/tags_2/0', 'another list'],
  ] as const;
  const order = orderAfter({ kind: 'move', from: 2, to: 0 }, 3);
  expect(moveKeys(known, ['tags'], order)).toEqual([
    ['/tags', 'the list'],
    ['/tags/1', 'first'],
    ['/tags/2/name', 'second'],
    ['/tags/0#more', 'third'],
    ['/tags_2/0', 'another list'],
  ]);
  const removed = orderAfter({ kind: 'remove', index: 0 }, 3);
  expect(moveKeys(known, ['tags'], removed).map(([key]) => key)).toEqual([
    '/tags',
    '/tags/0/name',
    '/tags/1#more',
    '/tags_2/0',
  ]);
});
