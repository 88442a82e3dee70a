import { expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/json.ts';
import { aRun } from '../../stores/run.fixture.ts';
import { runNames } from './run-names.ts';

const named = (...runs: readonly (readonly [model: string, input: JsonObject])[]): readonly string[] =>
  runNames(runs.map(([endpointId, input], i) => ({ ...aRun(i + 1), endpointId, input })));

test('runs are told apart by their models, else by what differs, else by their words', () => {
  expect(named(['a/x', { seed: 1 }], ['a/y', { seed: 2 }])).toEqual(['a/x', 'a/y']);
  expect(named(['a/x', { prompt: 'p', num_steps: 4 }], ['a/x', { prompt: 'p', num_steps: 8 }])).toEqual([
    'num steps 4',
    'num steps 8',
  ]);
  const long = 'a very long prompt of a wren on a fence post';
  expect(named(['a/x', { prompt: long }], ['a/x', { prompt: `${long} at dusk` }])).toEqual([
    long,
    `${long} at dusk`,
  ]);
});

test('where one way leaves two alike, another is taken', () => {
  const four = [
    ['a/x', { seed: 1 }],
    ['a/x', { seed: 2 }],
    ['a/y', { seed: 1 }],
  ] as const;
  expect(named(...four)).toEqual(['a/x · seed 1', 'a/x · seed 2', 'a/y · seed 1']);
  expect(named(['a/x', {}], ['a/x', {}])).toEqual(['a/x', 'a/x']);
  expect(named(['a/x', { seed: 1 }], ['a/x', {}])).toEqual(['a/x · seed 1', 'a/x']);
});
