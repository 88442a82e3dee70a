import { expect, test } from 'vitest';
import { formOf } from '../../../shared/schema/form.fixture.ts';
import { seedField, seedOf, withSeed } from './seeds.ts';

test('the seed is the one the result tells, else the one that was asked for', () => {
  expect(seedOf({ input: { seed: 7 }, output: { seed: 8 } }, 'seed')).toBe(8);
  expect(seedOf({ input: {}, output: { seed: 2n ** 60n } }, 'seed')).toBe(2n ** 60n);
  expect(seedOf({ input: { noise_seed: 7 }, output: [1] }, 'noise_seed')).toBe(7);
  expect(seedOf({ input: { seed: 'seven' }, output: null }, 'seed')).toBeNull();
});

test('a form says which field the seed goes into, or that there is none', () => {
  expect(seedField(formOf({ prompt: { type: 'string' } }))).toBeNull();
  expect(seedField(formOf({ prompt: { type: 'string' }, seed: { type: 'integer' } }))?.name).toBe('seed');
  expect(seedField(null)?.name).toBe('seed');
});

test('a seed is put into the request, and nothing else is touched', () => {
  const input = { prompt: 'x', seed: 1 };
  expect(withSeed(input, 'seed', 2)).toEqual({ prompt: 'x', seed: 2 });
  expect(input).toEqual({ prompt: 'x', seed: 1 });
});
