import { describe, expect, test } from 'vitest';
import type { Model } from '../../shared/ipc/models.ts';
import { categoriesOf, narrow, unitsOf } from './narrow.ts';
import type { Filters, Known } from './narrow.ts';

const model = (endpointId: string, rest: Partial<Model> = {}): Model => ({
  endpointId,
  name: endpointId,
  category: 'text-to-image',
  description: '',
  tags: [],
  deprecated: false,
  addedAt: null,
  ...rest,
});

const models = [
  model('acme/b', { addedAt: 10 }),
  model('acme/a', { addedAt: 20 }),
  model('acme/a10', { category: 'training' }),
  model('acme/a9/realtime', { addedAt: 30 }),
  model('acme/old', { deprecated: true, addedAt: 5 }),
];
const ALL: Filters = {
  shelf: { kind: 'all' },
  order: 'relevance',
  price: { kind: 'any' },
  deprecated: false,
};
const KNOWN: Known = {
  starred: new Set(['acme/a', 'acme/old', 'acme/gone']),
  recent: ['acme/b', 'acme/a'],
  prices: {
    'acme/a': { amount: 1, unit: 'images', currency: 'USD' },
    'acme/b': { amount: 1, unit: 'seconds', currency: 'USD' },
    'acme/a10': null,
  },
};
const look = (filters: Partial<Filters>, exact: string | null = null) =>
  narrow(models, { ...ALL, ...filters }, KNOWN, categoriesOf(models), exact);
const ids = (filters: Partial<Filters>, exact: string | null = null): string[] =>
  look(filters, exact).models.map(({ endpointId }) => endpointId.slice('acme/'.length));

describe('narrowing', () => {
  test.each([
    ['all that is not deprecated', {}, ['b', 'a', 'a10', 'a9/realtime']],
    ['deprecated as well', { deprecated: true }, ['b', 'a', 'a10', 'a9/realtime', 'old']],
    ['starred', { shelf: { kind: 'starred' } }, ['a']],
    ['recent', { shelf: { kind: 'recent' } }, ['b', 'a']],
    ['realtime', { shelf: { kind: 'realtime' } }, ['a9/realtime']],
    ['a category', { shelf: { kind: 'category', category: 'training' } }, ['a10']],
    ['of a known price', { price: { kind: 'known' } }, ['b', 'a']],
    ['paid by the image', { price: { kind: 'unit', unit: 'images' } }, ['a']],
    ['newest first', { order: 'newest' }, ['a9/realtime', 'a', 'b', 'a10']],
    ['by name, numbers as numbers', { order: 'name' }, ['a', 'a9/realtime', 'a10', 'b']],
  ] as const satisfies readonly (readonly [string, Partial<Filters>, readonly string[]])[])(
    '%s',
    (_name, filters, expected) => expect(ids(filters)).toEqual(expected),
  );

  test('counts what each shelf would show, of what was found', () => {
    expect(look({ shelf: { kind: 'starred' } })).toMatchObject({
      counts: {
        all: 4,
        starred: 1,
        recent: 2,
        realtime: 1,
        categories: [
          ['text-to-image', 3],
          ['training', 1],
        ],
      },
      hidden: 1,
    });
    const some = narrow(models.slice(0, 1), ALL, KNOWN, categoriesOf(models), null);
    expect(some.counts.categories).toEqual([
      ['text-to-image', 1],
      ['training', 0],
    ]);
    expect(look({ deprecated: true }).hidden).toBe(0);
  });

  test('a model whose whole id was written is shown whatever it is', () => {
    expect(ids({ price: { kind: 'known' }, shelf: { kind: 'recent' } }, 'acme/old')).toEqual([
      'b',
      'a',
      'old',
    ]);
  });

  test('units of the prices that are known, most used first', () => {
    const price = (unit: string, amount = 1) => ({ amount, unit, currency: 'USD' });
    expect(
      unitsOf({ a: price('images'), b: price('seconds'), c: price('seconds'), d: null, e: price('x', 0) }),
    ).toEqual(['seconds', 'images']);
  });
});
