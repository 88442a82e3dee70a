import { describe, expect, test } from 'vitest';
import { hostsAt } from '../fal.fixture.ts';
import type { RealtimeModel } from '../../local-fal/realtime/types.ts';
import { ENDPOINT, connect, ECHO, liveFal } from './realtime.fixture.ts';
import { RealtimeConnection } from './realtime.ts';

describe('the ordinary way', () => {
  test('nothing is opened before the first input; then one token, one socket, answers in order', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal);
    expect(fal.live()).toEqual({ tokens: [], sessions: [] });
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    await told.until(() => told.answers.length === 2);
    expect(told.answers.map(({ output }) => output)).toEqual([{ echo: { n: 1 } }, { echo: { n: 2 } }]);
    expect(told.answers[0]?.roundTrip).toBeGreaterThan(0);
    expect(told.steps.map(({ step }) => step)).toEqual(['authorizing', 'connecting', 'live']);
    const { tokens, sessions } = fal.live();
    expect(tokens).toMatchObject([{ path: 'tokens', apps: ['echo'], lifetime: 120 }]);
    expect(sessions).toMatchObject([{ path: `/ws/${ENDPOINT}`, token: 'valid', authorization: 'none' }]);
  });

  test('while one input is out only the newest of the others waits', async () => {
    const fal = await liveFal({ faults: ['live-hold'] });
    const { told, send } = connect(fal);
    for (let mark = 1; mark <= 30; mark += 1) send(mark);
    // All of them were offered before the socket was there: only the last is sent.
    await told.until(() => told.sent.length === 1);
    for (let mark = 31; mark <= 60; mark += 1) send(mark);
    fal.setFaults([]);
    await told.until(() => told.marks.includes(60));
    expect(told.sent).toEqual([30, 60]);
    expect(told.dropped).toBe(0);
  });

  test('room for two at the server lets two go out', async () => {
    const fal = await liveFal({ faults: ['live-hold'] });
    const { told, send } = connect(fal, { maxBuffering: 2 });
    send(1);
    await told.until(() => told.sent.length === 1);
    send(2);
    await told.until(() => told.sent.length === 2);
    send(3);
    expect(told.sent).toEqual([1, 2]);
    fal.setFaults([]);
    await told.until(() => told.answers.length === 3);
    expect(told.marks).toEqual([1, 2, 3]);
    expect(fal.live().sessions[0]?.query).toContain('max_buffering=2');
  });

  test.each([0, 61, 1.5, -1, Number.NaN])('max_buffering %s is refused before anything is opened', (n) => {
    const created = RealtimeConnection.create(
      {
        connection: {
          hosts: hostsAt('http://127.0.0.1:9'),
          credentials: () => 'a:b',
          fetch,
          backoff: { tries: 1, base: 1, cap: 1 },
          pollInterval: 1,
          userAgent: 'x',
        },
        endpoint: { namespace: null, owner: 'acme', alias: 'echo', path: 'realtime' },
        maxBuffering: n,
      },
      { moved: () => {}, answered: () => {}, refused: () => {}, sent: () => {}, dropped: () => {} },
    );
    expect(created).toMatchObject({ ok: false, error: { kind: 'input' } });
  });

  test('seconds in the model are told with the answers, unknown control messages are not', async () => {
    const fal = await liveFal({ faults: ['live-control'] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    await told.until(() => told.answers.length === 2);
    expect(told.marks).toEqual([1, 2]);
    expect(told.answers[1]?.serverSeconds).toBeGreaterThanOrEqual(0);
    expect(told.refused).toEqual([]);
  });

  test('JSON for models that declare it', async () => {
    const fal = await liveFal({ realtime: { ...ECHO, codec: 'json' } });
    const { told, send } = connect(fal, { codec: 'json' });
    send(1, { n: 1, bytes: new Uint8Array([1, 2]) });
    await told.until(() => told.answers.length === 1);
    expect(told.answers[0]?.output).toEqual({
      echo: { n: 1, bytes: 'data:application/octet-stream;base64,AQI=' },
    });
  });

  test('a model that streams answers one input many times', async () => {
    const fal = await liveFal({
      realtime: {
        mode: 'server_streaming',
        async *answer() {
          yield { step: 1 };
          yield { step: 2 };
          yield { step: 3 };
        },
      },
    });
    const { told, send } = connect(fal);
    send(7);
    await told.until(() => told.answers.length === 3);
    expect(told.marks).toEqual([7, 7, 7]);
    expect(told.answers.map(({ roundTrip }) => roundTrip !== null)).toEqual([true, false, false]);
    // Its end is in good order: no error, and no new connection by itself.
    await told.at('idle');
    expect(fal.live().sessions).toHaveLength(1);
  });
});

describe('a model that streams', () => {
  /** Says of which input each answer is, five times each, a turn of the loop apart. */
  const FIVE: RealtimeModel = {
    mode: 'server_streaming',
    async *answer(input, { pause }) {
      for (let n = 1; n <= 5; n += 1) {
        yield { of: input['n'] ?? null, step: n };
        await pause(5);
      }
    },
  };

  test('known to: a newer input ends the stream, and no picture is taken for another input’s', async () => {
    const fal = await liveFal({ realtime: FIVE, pace: 1 });
    const { told, send } = connect(fal, { mode: 'server_streaming' });
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    send(3);
    await told.until(() => told.marks.filter((mark) => mark === 3).length === 5);
    expect(told.answers.every(({ input, output }) => output['of'] === input.mark)).toBe(true);
    expect(told.sent).toEqual([1, 3]);
  });

  test('not known to: an input that was sent into the stream is sent again, and answered by its own', async () => {
    const fal = await liveFal({ realtime: FIVE, pace: 1 });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    await told.until(() => told.answers.filter(({ output }) => output['of'] === 2).length === 5);
    expect(
      told.answers.filter(({ output }) => output['of'] === 2).every(({ input }) => input.mark === 2),
    ).toBe(true);
    expect(told.sent).toEqual([1, 2, 2]);
  });
});

test('a model that fails every time is not opened anew as fast as inputs come', async () => {
  const fal = await liveFal({ faults: ['live-error:1000'] });
  const { told, send } = connect(fal, {
    via: { backoff: { tries: 4, base: 200, cap: 400 } },
  });
  send(0);
  await told.until(() => told.refused.length === 1);
  for (let mark = 1; mark <= 300; mark += 1) {
    send(mark);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await told.at('waiting');
  expect(fal.live().sessions.length).toBeLessThanOrEqual(5);
  expect(told.steps.some(({ step, error }) => step === 'waiting' && error?.kind === 'model')).toBe(true);
  fal.setFaults([]);
  await told.until(() => told.answers.length === 1);
});

test('an answer that names an input of long ago is dropped, not shown as the newest', async () => {
  const fal = await liveFal({
    realtime: {
      mode: 'bidi',
      async *answer(inputs) {
        let first: unknown = null;
        for await (const input of inputs) {
          if (first === null) first = input['id'];
          yield { id: String(input['id']), late: false };
          if (input['id'] !== first) yield { id: String(first), late: true };
        }
      },
    },
  });
  const { told, send } = connect(fal, { echo: 'id' });
  send(1, { id: 'a' });
  await told.until(() => told.answers.length === 1);
  send(2, { id: 'b' });
  await told.until(() => told.dropped === 1);
  expect(told.answers.map(({ output, input }) => [output['id'], input.mark])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

describe('what ends a connection', () => {
  test.each([1000, 1001, 1005, 1006, 1011])(
    'code %i after an answer: silent, and the next input opens another',
    async (code) => {
      const fal = await liveFal({ faults: [`live-close:${code}:1`] });
      const { told, send } = connect(fal);
      send(1);
      await told.until(() => told.answers.length === 1);
      await told.at('idle');
      expect(told.steps.at(-1)?.error).toBeNull();
      send(2);
      await told.until(() => told.answers.length === 2);
      expect(told.marks).toEqual([1, 2]);
      expect(told.refused).toEqual([]);
    },
  );

  test.each([1001, 1006, 1011, 1012, 1013, 1014, 4000])(
    'code %i with an input on its way: it comes back, and the newest is sent again',
    async (code) => {
      const fal = await liveFal({ faults: ['live-hold'] });
      const { told, send } = connect(fal);
      send(1);
      await told.until(() => told.sent.length === 1);
      send(2);
      fal.closeSessions(code, 'bye');
      await told.until(() => told.steps.some(({ step }) => step === 'waiting'));
      fal.setFaults([]);
      await told.until(() => told.marks.includes(2));
      expect(told.marks).toEqual([2]);
      expect(told.dropped).toBe(1);
      expect(told.steps.find(({ step }) => step === 'waiting')?.error).toMatchObject({ kind: 'network' });
    },
  );

  test.each([1003, 1007, 1009])(
    'code %i is about the input: it is refused and not sent again',
    async (code) => {
      const fal = await liveFal({ faults: ['live-hold'] });
      const { told, send } = connect(fal);
      send(1);
      await told.until(() => told.sent.length === 1);
      fal.closeSessions(code, 'no');
      await told.until(() => told.refused.length === 1);
      expect(told.refused[0]).toMatchObject({ input: { mark: 1 }, error: { kind: 'validation' } });
      fal.setFaults([]);
      send(2);
      await told.until(() => told.answers.length === 1);
      expect(told.sent).toEqual([1, 2]);
    },
  );

  test('an idle session ends without a word, and the next input opens another', async () => {
    const fal = await liveFal({ faults: ['live-idle:60'] });
    const { told, send } = connect(fal);
    send(1);
    await told.at('live');
    await told.at('idle');
    expect(told.steps.map(({ error }) => error)).toEqual(told.steps.map(() => null));
    fal.setFaults([]);
    send(2);
    await told.until(() => told.marks.includes(2));
    expect(told.refused).toEqual([]);
  });

  test('the model’s own failure refuses the input, closes, and the next input opens again', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal);
    send(1, { bad: true });
    await told.until(() => told.refused.length === 1);
    expect(told.refused[0]).toMatchObject({ input: { mark: 1 }, error: { kind: 'model' } });
    expect(told.refused[0]?.error.detail).not.toBe('');
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(told.sent).toEqual([1, 2]);
    expect(told.steps.some(({ step }) => step === 'failed' || step === 'waiting')).toBe(false);
  });

  test('a status of error in place of an answer refuses the input and the session lives on', async () => {
    const fal = await liveFal({ faults: ['live-status-error:1'] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.refused.length === 1);
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(told.marks).toEqual([2]);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('an answer that cannot be read is said, and the next input is sent', async () => {
    const fal = await liveFal({ faults: ['live-malformed:1'] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.refused.length === 1);
    expect(told.refused[0]).toMatchObject({ input: { mark: 1 }, error: { kind: 'protocol' } });
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('a frame larger than the limit is refused in words; 50 MB are taken', async () => {
    const fal = await liveFal({ faults: [`live-oversize:${50 * 2 ** 20}:1`] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.answers.length === 1);
    fal.setFaults([`live-oversize:${70 * 2 ** 20}:1`]);
    send(2);
    await told.until(() => told.refused.length === 1);
    expect(told.refused[0]).toMatchObject({ input: { mark: 2 }, error: { kind: 'protocol' } });
    expect(told.refused[0]?.error.title).toContain('64 MiB');
    send(3);
    await told.until(() => told.marks.includes(3));
  });

  test('an answer that never comes: a new connection, and the newest input again', async () => {
    const fal = await liveFal({ faults: ['live-drop:1'] });
    const { told, send } = connect(fal, { limits: { firstAnswer: 150, answer: 150 } });
    send(1);
    await told.until(() => told.answers.length === 1);
    expect(told.marks).toEqual([1]);
    expect(told.dropped).toBe(1);
    expect(told.steps.find(({ step }) => step === 'waiting')?.error?.kind).toBe('timeout');
    expect(fal.live().sessions).toHaveLength(2);
  });

  test('a slow answer within the limit is waited for', async () => {
    const fal = await liveFal({ faults: ['live-slow:400'], pace: 1 });
    const { told, send } = connect(fal, { limits: { answer: 2000 } });
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    await told.until(() => told.answers.length === 2);
    expect(told.dropped).toBe(0);
    expect(told.answers[1]?.roundTrip).toBeGreaterThanOrEqual(390);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('an input that costs three connections is not sent a fourth time', async () => {
    const fal = await liveFal({ faults: ['live-hold'] });
    const { told, send } = connect(fal);
    send(1);
    for (let n = 1; n <= 3; n += 1) {
      await told.until(() => told.sent.length === n);
      fal.closeSessions(1011);
    }
    await told.until(() => told.refused.length === 1);
    expect(told.refused[0]).toMatchObject({ input: { mark: 1 }, error: { kind: 'model' } });
    await told.at('idle');
    fal.setFaults([]);
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(told.sent).toEqual([1, 1, 1, 2]);
  });
});
