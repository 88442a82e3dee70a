import { expect, test } from 'vitest';
import type { RunState } from '../../shared/runs/run.ts';
import { cancelOrder } from './cancel-order.ts';

const trouble = null;

test('what waits here is cancelled first and what runs last, so that no freed place is for the next one', () => {
  const states: readonly (readonly [id: number, state: RunState])[] = [
    [1, { kind: 'running', trouble }],
    [2, { kind: 'queued', position: 0, trouble }],
    [3, { kind: 'running', trouble }],
    [4, { kind: 'submitting' }],
    [5, { kind: 'waiting', rank: 2, held: false }],
    [6, { kind: 'waiting', rank: 1, held: false }],
  ];
  const runs = Object.fromEntries(states.map(([id, state]) => [id, { id, state }]));
  expect(cancelOrder({ waiting: [6, 5], going: [1, 2, 3, 4] }, runs)).toEqual([6, 5, 2, 4, 1, 3]);
});
