import { expect, test } from 'vitest';
import { sumOf } from '../../shared/money/sum.ts';
import { estimateOf } from './use-estimate.ts';

const requests = [{ endpointId: 'acme/bird', input: { seconds: 5 } }];
const sum = sumOf([{ amount: 0.5, currency: 'USD' }]);
const known = { requests, profileId: 'fal', sum };

test('a sum is known to be of these requests, or of those before them', () => {
  expect(estimateOf(known, requests, 'fal')).toEqual({ sum, current: true });
  const longer = [{ endpointId: 'acme/bird', input: { seconds: 50 } }];
  expect(estimateOf(known, longer, 'fal')).toEqual({ sum, current: false });
});

test('that nothing is known of their price is known as well', () => {
  const unknown = sumOf([null]);
  expect(estimateOf({ ...known, sum: unknown }, requests, 'fal')).toEqual({ sum: unknown, current: true });
});

test('else no sum stands there', () => {
  const none = { sum: null, current: false };
  expect(estimateOf(null, requests, 'fal')).toEqual(none);
  expect(estimateOf(known, null, 'fal')).toEqual(none);
  // Another account would pay.
  expect(estimateOf(known, requests, 'local')).toEqual(none);
  expect(estimateOf(known, [{ endpointId: 'acme/fish', input: {} }], 'fal')).toEqual(none);
  expect(estimateOf(known, [...requests, ...requests], 'fal')).toEqual(none);
});
