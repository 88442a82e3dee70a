import { expect, test } from 'vitest';
import { formOf } from '../schema/form.fixture.ts';
import { countedSeeds, newSeeds, seedFieldOf } from './seeds.ts';

const integer = { type: 'integer' };

test('the seed of a model is the field of that name, else the first that is one', () => {
  expect(seedFieldOf(formOf({ noise_seed: integer, seed: integer }))?.name).toBe('seed');
  expect(seedFieldOf(formOf({ steps: integer, noise_seed: integer }))?.name).toBe('noise_seed');
  expect(seedFieldOf(formOf({ steps: integer }))).toBeUndefined();
});

test('new seeds lie within the limits and none comes twice, though the dice always fall the same', () => {
  const seeds = newSeeds({ min: 5, max: 9 }, 4, () => 0.99);
  expect(seeds.toSorted()).toEqual([5, 6, 7, 9]);
  expect(newSeeds({}, 100, Math.random)).toSatisfy(
    (seeds: readonly number[]) =>
      new Set(seeds).size === 100 && seeds.every((seed) => seed >= 0 && seed < 2 ** 31),
  );
});

test('there are no more new seeds than the limits hold', () => {
  expect(newSeeds({ min: 1, max: 3 }, 9, Math.random).toSorted()).toEqual([1, 2, 3]);
});

test('seeds are counted up without losing digits', () => {
  expect(countedSeeds(41, 3)).toEqual([41, 42, 43]);
  expect(countedSeeds(9007199254740990, 3)).toEqual([9007199254740990, 9007199254740991, 9007199254740992n]);
});
