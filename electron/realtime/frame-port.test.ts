import { expect, test } from 'vitest';
import type { LiveFrame } from '../../shared/realtime/messages.ts';
import { FramePort } from './frame-port.ts';

function setup() {
  const posted: unknown[] = [];
  let passed = 0;
  const port = new FramePort(
    { postMessage: (message) => posted.push(message) },
    { sent: () => undefined, passedOver: () => (passed += 1) },
  );
  const frames = (): unknown[] =>
    posted.map((message) =>
      message !== null && typeof message === 'object' && 'frame' in message ? message.frame : null,
    );
  return { port, frames, passed: () => passed };
}

const frame = (n: number): LiveFrame => ({
  kind: 'frame',
  frame: n,
  mark: n,
  bytes: new Uint8Array(1),
  contentType: 'image/jpeg',
  roundTrip: 1,
  serverSeconds: null,
});

test('one frame at a time; of those that come meanwhile only the newest', () => {
  const { port, frames, passed } = setup();
  for (let n = 1; n <= 5; n += 1) port.show(frame(n));
  expect(frames()).toEqual([1]);
  port.painted(1);
  expect(frames()).toEqual([1, 5]);
  expect(passed()).toBe(3);
  port.painted(5);
  port.show(frame(6));
  expect(frames()).toEqual([1, 5, 6]);
});

test('a word about another frame than the one on its way gives no credit', () => {
  const { port, frames } = setup();
  port.show(frame(1));
  port.show(frame(2));
  port.painted(7);
  port.painted(2);
  expect(frames()).toEqual([1]);
  port.painted(1);
  port.painted(1);
  port.show(frame(3));
  expect(frames()).toEqual([1, 2]);
});

test('what is said beside frames does not wait', () => {
  const { port, frames } = setup();
  port.show(frame(1));
  port.say({ kind: 'state', state: { kind: 'live' } });
  expect(frames()).toEqual([1, null]);
});
