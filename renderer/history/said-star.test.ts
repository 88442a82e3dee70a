import { expect, test } from 'vitest';
import type { RunCard } from '../../shared/history/card.ts';
import { starWords } from './said-star.ts';

const card = (id: number, star: boolean): RunCard => ({
  id,
  endpointId: 'acme/bird',
  title: `run ${id}`,
  origin: 'queue',
  state: 'succeeded',
  batch: null,
  cost: null,
  ended: null,
  star,
  tags: [],
  deletedAt: null,
  files: 0,
  thumb: null,
  text: null,
});
const cards = (...stars: boolean[]) => new Map(stars.map((star, i) => [i + 1, card(i + 1, star)]));

test('a star that came or went is said of the runs that are meant', () => {
  const [without, with1, with12] = [cards(false, false), cards(true, false), cards(true, true)];
  expect(starWords([1], without, with1)).toBe('run 1: starred');
  expect(starWords([1], with1, without)).toBe('run 1: star taken away');
  expect(starWords([1, 2], without, with12)).toBe('The selected runs: starred');
  expect(starWords([2], without, with1)).toBeNull();
  // Read for the first time, or gone.
  expect(starWords([1], new Map(), with1)).toBeNull();
  expect(starWords([1], with1, new Map([[1, null]]))).toBeNull();
});
