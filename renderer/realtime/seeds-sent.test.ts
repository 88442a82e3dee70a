import { expect, it } from 'vitest';
import { SeedsSent } from './seeds-sent.ts';

it('knows an answer’s seed, however many inputs went out since and however often it is answered', () => {
  const seeds = new SeedsSent();
  seeds.sent(1, 10);
  seeds.sent(2, 20n);
  seeds.sent(3, null);
  expect([seeds.of(1), seeds.of(1), seeds.of(2), seeds.of(2), seeds.of(3)]).toEqual([10, 10, 20n, 20n, null]);
});

it('knows none of an input that it was not told of', () => {
  expect(new SeedsSent().of(1)).toBeNull();
});
