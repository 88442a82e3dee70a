import { expect, test } from 'vitest';
import { differencesOf } from './differences.ts';

test('what differs is told where it differs, what is equal as a whole', () => {
  const { differing, equal } = differencesOf([
    { prompt: 'a', steps: 4, loras: [{ path: 'x', scale: 1 }], size: { w: 1, h: 2 }, seed: 1n },
    { prompt: 'b', steps: 4, loras: [{ path: 'x', scale: 2 }, { path: 'y' }], size: { h: 2, w: 1 } },
  ]);
  expect(differing).toEqual([
    { path: ['prompt'], values: ['a', 'b'] },
    { path: ['loras', 0, 'scale'], values: [1, 2] },
    { path: ['loras', 1], values: [undefined, { path: 'y' }] },
    { path: ['seed'], values: [1n, undefined] },
  ]);
  expect(equal.map(({ path }) => path)).toEqual([['steps'], ['loras', 0, 'path'], ['size']]);
});

test('of four, one that is another makes a difference', () => {
  const { differing } = differencesOf([{ a: 1 }, { a: 1 }, { a: null }, {}]);
  expect(differing).toEqual([{ path: ['a'], values: [1, 1, null, undefined] }]);
});

test('other kinds in the same place are told as they are', () => {
  const values = [{ a: [1] }, { a: { b: 1 } }];
  expect(differencesOf(values).differing).toEqual([{ path: ['a'], values: [[1], { b: 1 }] }]);
});

test('a name that every object has by birth is only there where it was given', () => {
  const given = JSON.parse('{"__proto__":{"x":1},"constructor":2}');
  expect(differencesOf([given, {}]).differing).toEqual([
    { path: ['__proto__'], values: [{ x: 1 }, undefined] },
    { path: ['constructor'], values: [2, undefined] },
  ]);
});

test('nothing is made of nothing, and of very much no more than can be read', () => {
  expect(differencesOf([{}, {}])).toEqual({ differing: [], equal: [] });
  const many = (by: number) => Array.from({ length: 20_000 }, (_, i) => ({ i: i + by }));
  expect(differencesOf([many(0), many(1)]).differing).toMatchObject([{ path: [] }]);
  const lists = (by: number) => [1, 2].map(() => Array.from({ length: 400 }, (_, i) => i + by));
  const deep = (by: number) => ({ first: lists(by), last: { a: [by] } });
  expect(differencesOf([deep(0), deep(1)]).differing.at(-1)).toEqual({
    path: ['last'],
    values: [{ a: [0] }, { a: [1] }],
  });
});
