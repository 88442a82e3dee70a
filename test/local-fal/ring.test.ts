import jpeg from 'jpeg-js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Client } from '../../electron/local-fal/realtime/testing.ts';
import { AUTH, dig } from '../../electron/local-fal/testing.ts';
import type { TestFal } from './index.ts';
import { startTestFal } from './index.ts';
import { readFrameNumber, RING_SIDE } from './ring-frames.ts';
import { PUSH_ID, RING_ID } from './ring.ts';

let server: TestFal;
beforeAll(async () => {
  server = await startTestFal({ pace: 0, ring: true });
  // The frames are made here, the first time on a machine.
}, 240_000);
afterAll(() => server.close());

function bytesOf(result: unknown): Uint8Array {
  const content = dig(result, 'images', 0, 'content');
  if (!(content instanceof Uint8Array)) throw new TypeError('No bytes');
  return content;
}

function numberOn(result: unknown): number {
  const pixels = jpeg.decode(bytesOf(result), { useTArray: true });
  expect([pixels.width, pixels.height]).toEqual([RING_SIDE, RING_SIDE]);
  return readFrameNumber(pixels);
}

test('each value has its frame, which tells its number, of some 60 KB', async () => {
  const client = await Client.open(`${server.hosts.ws}/${RING_ID}`, AUTH);
  for (const value of [0, 1, 85, 170, 254, 255]) {
    const result = await client.ask({ value });
    expect(result).toMatchObject({
      value,
      images: [{ content_type: 'image/jpeg', width: 512, height: 512 }],
    });
    expect(numberOn(result)).toBe(value);
    expect(bytesOf(result).byteLength).toBeGreaterThan(50_000);
    expect(bytesOf(result).byteLength).toBeLessThan(70_000);
  }
  client.send({ value: 256 });
  expect(await client.control()).toMatchObject({ error: 'INTERNAL_ERROR' });
});

test('pushed one after the other, no faster than asked', async () => {
  const client = await Client.open(`${server.hosts.ws}/${PUSH_ID}`, AUTH);
  const began = performance.now();
  client.send({ fps: 60, count: 30 });
  const values = [];
  for (let i = 0; i < 30; i += 1) values.push(dig(await client.result(), 'value'));
  expect(performance.now() - began).toBeGreaterThan((29 / 60) * 1000 - 5);
  expect(values).toEqual(Array.from({ length: 30 }, (_, i) => i));
  await client.control();
  expect(await client.control()).toMatchObject({ error: 'TIMEOUT' });
});

test('who leaves ends the pushing', async () => {
  const client = await Client.open(`${server.hosts.ws}/${PUSH_ID}`, AUTH);
  client.send({});
  await client.result();
  await client.close();
  await vi.waitUntil(() => server.live().sessions.at(-1)?.closed);
  expect(server.live().sessions.at(-1)).toMatchObject({ inputs: 1, closed: { code: 1000 } });
});
