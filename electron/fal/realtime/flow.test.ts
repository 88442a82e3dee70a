import { expect, test } from 'vitest';
import { Flow } from './flow.ts';

test('after its one answer a session takes no more: what is offered then is for the next', () => {
  const flow = new Flow({ mode: 'client_streaming', echo: undefined });
  const [first, second] = [
    { mark: 1, body: {} },
    { mark: 2, body: {} },
  ];
  flow.opened();
  flow.offer(first);
  expect(flow.take(0)).toBe(first);
  expect(flow.answered({ sum: 1 }, 7)).toEqual({ input: first, roundTrip: 7, passed: 0 });
  flow.took();
  flow.offer(second);
  expect(flow.take(8)).toBeUndefined();
  expect(flow.renew(true)).toEqual({ again: undefined, lost: 0 });
  flow.opened();
  expect(flow.take(9)).toBe(second);
});
