import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalFal, RealtimeModel } from '../index.ts';
import { startLocalFal } from '../index.ts';
import { AUTH, dig, makeGate } from '../testing.ts';
import { Client, liveModel } from './testing.ts';

const TIMINGS = { type: 'x-fal-message', action: 'timings', timing: expect.any(Number) };
const TIMEOUT = { type: 'x-fal-error', error: 'TIMEOUT', reason: expect.any(String) };

/** Whatever a handler is given it says back, once the gate is open. */
let gate = makeGate();
let begun: () => void = () => undefined;
let atWork = 0;
let mostAtWork = 0;
let aborted = Promise.withResolvers<string>();

const MODELS: Readonly<Record<string, RealtimeModel>> = {
  echo: { mode: 'unary', answer: (input) => ({ ...input }) },
  gated: {
    mode: 'unary',
    buffering: 2,
    async answer(input, { signal }) {
      signal.addEventListener('abort', () => aborted.resolve('aborted'));
      atWork += 1;
      mostAtWork = Math.max(mostAtWork, atWork);
      begun();
      await gate.opened;
      atWork -= 1;
      return { n: input['n'] };
    },
  },
  idle: { mode: 'unary', idleMs: 40, answer: (input) => input },
  broken: {
    mode: 'unary',
    answer() {
      throw new Error('CUDA out of memory');
    },
  },
  json: {
    mode: 'unary',
    codec: 'json',
    answer: (input) => ({
      ...input,
      images: [{ content: Uint8Array.of(1, 2, 3), content_type: 'image/png' }],
      raw: Uint8Array.of(255),
    }),
  },
  push: {
    mode: 'server_streaming',
    async *answer(input, { pause }) {
      for (let i = 0; i < Number(input['count']); i += 1) {
        await pause(10);
        yield { i };
      }
    },
  },
  sum: {
    mode: 'client_streaming',
    idleMs: 150,
    async answer(inputs) {
      let sum = 0;
      for await (const input of inputs) sum += Number(input['n']);
      return { sum };
    },
  },
  chat: {
    mode: 'bidi',
    idleMs: 150,
    async *answer(inputs) {
      for await (const { word } of inputs) {
        yield { heard: word };
        if (word === 'bye') return;
        yield { also: word };
      }
    },
  },
};

let server: LocalFal;
beforeAll(async () => {
  const extraModels = Object.entries(MODELS).map(([name, model]) => liveModel(`acme/${name}`, model));
  server = await startLocalFal({ pace: 0, extraModels });
});
afterAll(() => server.close());

const open = (name: string, query = '') =>
  Client.open(`${server.hosts.ws}/acme/${name}/realtime${query}`, AUTH);

describe('frames', () => {
  test("the model's own map and nothing more, then the time as JSON", async () => {
    const client = await open('echo');
    const input = {
      prompt: 'ü',
      list: [1, 2.5, null, true],
      bytes: Uint8Array.of(0, 255),
      when: new Date(5),
    };
    client.send(input);
    expect(await client.result()).toEqual(input);
    expect(await client.control()).toEqual(TIMINGS);
    await client.close();
  });

  test('integers stay integers, however wide', async () => {
    const client = await open('echo');
    client.send({ seed: 2 ** 40, negative: -(2 ** 50), huge: 7, small: -1 });
    const { bytes } = await client.next();
    // 0xcf and 0xd3: the wide integer formats, in no place a float's 0xcb.
    expect([...bytes].filter((byte) => byte === 0xcb)).toEqual([]);
    expect([bytes.includes(0xcf) || bytes.includes(0xd3), bytes.includes(0xd3)]).toEqual([true, true]);
    await client.close();
  });

  test('invalid input, text for a binary codec, garbage and non-maps end the session', async () => {
    const frames: (string | Uint8Array)[] = [
      Uint8Array.of(0x81, 0xa3, 0x62, 0x61, 0x64, 0x01),
      '{"prompt":"x"}',
      Uint8Array.of(0xc1),
      Uint8Array.of(0x93, 1, 2, 3),
    ];
    const reasons = [];
    for (const frame of frames) {
      const client = await open('echo');
      client.socket.send(frame);
      const error = await client.control();
      expect(error).toEqual({ type: 'x-fal-error', error: 'INTERNAL_ERROR', reason: expect.any(String) });
      reasons.push(dig(error, 'reason'));
      expect(await client.closed).toEqual({ code: 1000, reason: '' });
    }
    expect(reasons[0]).toBe('1 validation error\nbad: Extra inputs are not permitted [type=extra_forbidden]');
  });

  test('an exception of the model ends it the same way', async () => {
    const client = await open('broken');
    client.send({});
    expect(await client.control()).toMatchObject({ error: 'INTERNAL_ERROR', reason: 'CUDA out of memory' });
    expect((await client.closed).code).toBe(1000);
  });

  test('JSON where the model says so: text both ways, bytes as data URIs', async () => {
    const client = await open('json');
    client.sendText({ a: 1 });
    expect(await client.control()).toEqual({
      a: 1,
      images: [{ content: 'data:image/png;base64,AQID', content_type: 'image/png' }],
      raw: 'data:application/octet-stream;base64,/w==',
    });
    expect(await client.control()).toEqual(TIMINGS);
    client.socket.send('{');
    expect(await client.control()).toMatchObject({ error: 'INTERNAL_ERROR' });
  });
});

describe('time and room', () => {
  test('one at a time; a full buffer loses its oldest', async () => {
    gate = makeGate();
    mostAtWork = 0;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const client = await open('gated');
    client.send({ n: 1 });
    await started;
    for (const n of [2, 3, 4, 5]) client.send({ n });
    // A pong says that all before it was read.
    client.socket.ping();
    await new Promise((resolve) => client.socket.once('pong', resolve));
    gate.open();
    const seen = [];
    for (let i = 0; i < 3; i += 1) {
      seen.push(dig(await client.result(), 'n'));
      await client.control();
    }
    expect(seen).toEqual([1, 4, 5]);
    expect(mostAtWork).toBe(1);
    await client.close();
  });

  test("max_buffering goes before the model's own", async () => {
    gate = makeGate();
    const started = new Promise<void>((resolve) => (begun = resolve));
    const client = await open('gated', '?max_buffering=1');
    client.send({ n: 1 });
    await started;
    for (const n of [2, 3, 4]) client.send({ n });
    client.socket.ping();
    await new Promise((resolve) => client.socket.once('pong', resolve));
    gate.open();
    expect([await client.result(), await client.control(), await client.result()]).toEqual([
      { n: 1 },
      TIMINGS,
      { n: 4 },
    ]);
    await client.close();
  });

  test('no input for too long: TIMEOUT, then an orderly close; work under way is answered first', async () => {
    const client = await open('idle');
    expect(await client.ask({ a: 1 })).toEqual({ a: 1 });
    expect(await client.control()).toEqual(TIMEOUT);
    expect(await client.closed).toEqual({ code: 1000, reason: '' });
  });

  test('who leaves aborts the work', async () => {
    gate = makeGate();
    aborted = Promise.withResolvers();
    const started = new Promise<void>((resolve) => (begun = resolve));
    const client = await open('gated');
    client.send({ n: 1 });
    await started;
    client.socket.terminate();
    expect(await aborted.promise).toBe('aborted');
    gate.open();
  });

  test('a bad input does not wait for the work, nor does its answer come after the error', async () => {
    gate = makeGate();
    const started = new Promise<void>((resolve) => (begun = resolve));
    const client = await open('gated');
    client.send({ n: 1 });
    await started;
    client.send({ bad: 1 });
    expect(await client.control()).toMatchObject({ error: 'INTERNAL_ERROR' });
    gate.open();
    expect((await client.closed).code).toBe(1000);
    await expect(client.next()).rejects.toThrow('closed');
  });
});

describe('modes', () => {
  test('server streaming: one input, many outputs, the time, the end', async () => {
    const client = await open('push');
    client.send({ count: 3 });
    expect([await client.result(), await client.result(), await client.result()]).toEqual([
      { i: 0 },
      { i: 1 },
      { i: 2 },
    ]);
    expect(await client.control()).toEqual(TIMINGS);
    expect(await client.control()).toEqual(TIMEOUT);
    expect((await client.closed).code).toBe(1000);
  });

  test('client streaming: every input until the pause, one output', async () => {
    const client = await open('sum', '?max_buffering=1');
    for (const n of [1, 2, 3, 4]) client.send({ n });
    expect(await client.result()).toEqual({ sum: 10 });
    expect(await client.control()).toEqual(TIMEOUT);
    expect((await client.closed).code).toBe(1000);
  });

  test('both ways: outputs as the model likes, until it ends or the inputs do', async () => {
    const client = await open('chat');
    client.send({ word: 'hi' });
    expect([await client.result(), await client.result()]).toEqual([{ heard: 'hi' }, { also: 'hi' }]);
    client.send({ word: 'bye' });
    expect(await client.result()).toEqual({ heard: 'bye' });
    expect(await client.control()).toEqual(TIMEOUT);
    const other = await open('chat');
    other.send({ word: 'hm' });
    expect([await other.result(), await other.result(), await other.control()]).toEqual([
      { heard: 'hm' },
      { also: 'hm' },
      TIMEOUT,
    ]);
  });
});
