import { expect, it } from 'vitest';
import { keysFor, useItemKeys } from './item-keys.ts';
import { orderAfter } from './list-change.ts';

it('keeps each key with its item through a removal and its undoing, within other items too', () => {
  const { keep, moved } = useItemKeys.getState();
  const of = (place: string): readonly number[] => useItemKeys.getState().keys['a/b']?.[place] ?? [];
  keep('a/b', '/rows', keysFor(3));
  keep('a/b', '/rows/2/lines', keysFor(2));
  const [, second, third] = of('/rows');
  const lines = of('/rows/2/lines');
  moved('a/b', ['rows'], orderAfter({ kind: 'remove', index: 0 }, 3));
  expect(of('/rows')).toEqual([second, third]);
  expect(of('/rows/1/lines')).toEqual(lines);
  moved('a/b', ['rows'], orderAfter({ kind: 'add', index: 0, values: ['back'] }, 2));
  expect(of('/rows').slice(1)).toEqual([second, third]);
  expect(new Set(of('/rows')).size).toBe(3);
  expect(of('/rows/2/lines')).toEqual(lines);
});

it('keeps the first keys where a list is longer or shorter than it was known', () => {
  const keys = keysFor(2);
  expect(keysFor(2, keys)).toBe(keys);
  expect(keysFor(1, keys)).toEqual(keys.slice(0, 1));
  expect(keysFor(3, keys).slice(0, 2)).toEqual(keys);
});
