import { expect, test } from 'vitest';
import { after } from './machine.ts';
import type { RealtimeEvent, RealtimeStep } from './machine.ts';

const STEPS: RealtimeStep[] = ['idle', 'authorizing', 'connecting', 'live', 'waiting', 'failed', 'closed'];
const EVENTS: RealtimeEvent[] = [
  'wake',
  'authorized',
  'unauthorized',
  'opened',
  'ended',
  'lost',
  'denied',
  'retry',
  'close',
];

const reachable = (from: RealtimeStep): Set<RealtimeStep> => {
  const seen = new Set<RealtimeStep>([from]);
  for (const step of seen)
    for (const event of EVENTS) {
      const next = after(step, event);
      if (next !== null) seen.add(next);
    }
  return seen;
};

test('every step can be reached, and each but closed leads everywhere', () => {
  expect([...reachable('idle')].toSorted()).toEqual(STEPS.toSorted());
  for (const step of STEPS.filter((one) => one !== 'closed'))
    expect([...reachable(step)].toSorted()).toEqual(STEPS.toSorted());
  expect([...reachable('closed')]).toEqual(['closed']);
});

test('from wherever it stands it can be closed, once', () => {
  for (const step of STEPS) expect(after(step, 'close')).toBe(step === 'closed' ? null : 'closed');
});

test('what was given up goes on only where the person asks', () => {
  expect(EVENTS.filter((event) => after('failed', event) !== null)).toEqual(['retry', 'close']);
});

test('a new input never opens a second connection', () => {
  expect(STEPS.filter((step) => after(step, 'wake') !== null)).toEqual(['idle']);
});
