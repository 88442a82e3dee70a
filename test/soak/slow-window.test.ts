import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { connectionTo, idOf, value } from '../../electron/fal/fal.fixture.ts';
import type { LivePort } from '../../electron/realtime/frame-port.ts';
import { LiveSession } from '../../electron/realtime/live-session.ts';
import { PLAIN_TRAITS } from '../../shared/realtime/traits.ts';
import type { TestFal } from '../local-fal/index.ts';
import { startTestFal } from '../local-fal/index.ts';
import { PUSH_ID } from '../local-fal/ring.ts';

/** Frames of some 60 KB: kept, they would be 180 MB. */
const FRAMES = 3000;
const MOST_HELD = 24e6;

let fal: TestFal;
beforeAll(async () => {
  fal = await startTestFal({ pace: 0, ring: true });
  // The frames are made here, the first time on a machine.
}, 240_000);
afterAll(() => fal.close());

const saidSchema = z.object({ kind: z.string(), frame: z.int().optional(), received: z.int().optional() });

/** A window that takes what it is sent and never says that it has painted any of it. */
class StuckWindow extends EventEmitter<{ message: [{ data: unknown }]; close: [] }> implements LivePort {
  readonly frames: number[] = [];
  received = 0;

  postMessage(message: unknown): void {
    const { kind, frame, received } = saidSchema.parse(message);
    if (kind === 'frame' && frame !== undefined) this.frames.push(frame);
    this.received = received ?? this.received;
  }
  start(): void {}
  close(): void {}
  says(data: unknown): void {
    this.emit('message', { data });
  }
}

/** Buffers are given back beside the collection and not within it, so it is repeated until no more comes back. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc !== 'function') throw new Error('no gc');
  for (let least = Infinity; ;) {
    gc();
    await nextTurn();
    const { heapUsed, external } = process.memoryUsage();
    const held = heapUsed + external;
    if (held > least - 100_000) return Math.min(held, least);
    least = held;
  }
}

test('a window that does not keep up is sent one frame, and main holds one more however many come', async () => {
  const port = new StuckWindow();
  const session = value(
    LiveSession.begin(
      port,
      {
        connection: connectionTo(fal.hosts),
        endpoint: idOf(PUSH_ID),
        traits: PLAIN_TRAITS,
        maxBuffering: null,
        files: { facts: () => Promise.resolve(null), pathOf: () => '' },
        fetchPicture: () => Promise.resolve(null),
      },
      () => undefined,
    ),
  );
  const before = await heldBytes();
  port.says({ kind: 'input', mark: 1, input: { fps: 1000, count: FRAMES } });
  await vi.waitUntil(() => port.received === FRAMES, { timeout: 60_000 });
  expect(port.frames).toEqual([1]);
  expect((await heldBytes()) - before).toBeLessThan(MOST_HELD);

  port.says({ kind: 'painted', frame: 1 });
  expect(port.frames).toEqual([1, FRAMES]);
  expect(session.shown(FRAMES)).not.toBeNull();
  expect(session.shown(FRAMES - 10)).toBeNull();
  session.close();
}, 120_000);
