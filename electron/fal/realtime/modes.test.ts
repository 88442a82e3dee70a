import { once } from 'node:events';
import { connect as dial, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RealtimeModel } from '../../local-fal/realtime/types.ts';
import { MOST_INPUTS } from './flow.ts';
import { connect, ECHO, liveFal } from './realtime.fixture.ts';

/** Gives back what it was sent when no more has come for a while. */
const GATHER: RealtimeModel = {
  mode: 'client_streaming',
  idleMs: 150,
  async answer(inputs) {
    const all: unknown[] = [];
    for await (const input of inputs) all.push(input['n']);
    return { all };
  },
};

/** Says of each word that it was heard, twice, and of every third nothing at all. */
const CHAT: RealtimeModel = {
  mode: 'bidi',
  async *answer(inputs) {
    for await (const { n, id } of inputs) {
      if (Number(n) % 3 === 0) continue;
      yield { heard: n ?? null, ...(id === undefined ? {} : { id }) };
      yield { again: n ?? null, ...(id === undefined ? {} : { id }) };
      if (n === 5) return;
    }
  },
};

describe('client streaming', () => {
  test('every input goes out without an answer, those from before the connection too; one answer to all', async () => {
    const fal = await liveFal({ realtime: GATHER });
    const { told, send } = connect(fal, { mode: 'client_streaming' });
    for (let mark = 1; mark <= 5; mark += 1) send(mark);
    await told.at('live');
    for (let mark = 6; mark <= 9; mark += 1) send(mark);
    await told.at('idle');
    expect(told.sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(told.answers.map(({ output, input }) => [output, input.mark])).toEqual([
      [{ all: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 9],
    ]);
    expect(told.answers[0]?.roundTrip).toBeGreaterThan(100);
    expect([told.dropped, told.refused, fal.live().sessions.length]).toEqual([0, [], 1]);
  });

  test('the next input begins another session, and what was answered is in no other answer', async () => {
    const fal = await liveFal({ realtime: GATHER });
    const { told, send } = connect(fal, { mode: 'client_streaming' });
    send(1);
    await told.until(() => told.answers.length === 1);
    // Answered, but not closed yet: it is for the session after.
    send(2);
    send(3);
    await told.until(() => told.answers.length === 2);
    expect(told.answers.map(({ output }) => output)).toEqual([{ all: [1] }, { all: [2, 3] }]);
    expect(told.sent).toEqual([1, 2, 3]);
    expect(told.steps.every(({ error }) => error === null)).toBe(true);
  });

  test('a connection lost before the answer: all its inputs are sent again, in their order', async () => {
    const fal = await liveFal({ realtime: GATHER, faults: ['live-hold'] });
    const { told, send } = connect(fal, { mode: 'client_streaming' });
    for (let mark = 1; mark <= 3; mark += 1) send(mark);
    await told.until(() => told.sent.length === 3);
    fal.closeSessions(1011);
    await told.at('waiting');
    send(4);
    fal.setFaults([]);
    await told.until(() => told.answers.length === 1);
    expect(told.answers[0]?.output).toEqual({ all: [1, 2, 3, 4] });
    expect(told.sent).toEqual([1, 2, 3, 1, 2, 3, 4]);
    expect(told.dropped).toBe(0);
  });

  test('inputs that cost three connections are given up, and said once', async () => {
    const fal = await liveFal({ realtime: GATHER, faults: ['live-hold'] });
    const { told, send } = connect(fal, { mode: 'client_streaming' });
    send(1);
    send(2);
    for (let n = 1; n <= 3; n += 1) {
      await told.until(() => told.sent.length === 2 * n);
      fal.closeSessions(1011);
    }
    await told.at('idle');
    expect(told.refused).toMatchObject([{ input: { mark: 2 }, error: { kind: 'model' } }]);
    fal.setFaults([]);
    send(3);
    await told.until(() => told.answers.length === 1);
    expect(told.answers[0]?.output).toEqual({ all: [3] });
  });

  test('an input the model refuses ends the session, and none of it is sent again', async () => {
    const fal = await liveFal({ realtime: GATHER });
    const { told, send } = connect(fal, { mode: 'client_streaming' });
    send(1);
    send(2, { bad: true });
    await told.at('idle');
    expect(told.refused).toMatchObject([{ input: { mark: 2 }, error: { kind: 'model' } }]);
    expect(told.dropped).toBe(1);
    send(3);
    await told.until(() => told.answers.length === 1);
    expect(told.answers[0]?.output).toEqual({ all: [3] });
  });
});

describe('both ways', () => {
  test('inputs wait for no answer, and answers belong to the last input before them', async () => {
    const fal = await liveFal({ realtime: CHAT });
    const { told, send } = connect(fal, { mode: 'bidi' });
    send(3);
    send(6);
    send(1);
    await told.until(() => told.answers.length === 2);
    send(2);
    await told.until(() => told.answers.length === 4);
    expect(told.sent).toEqual([3, 6, 1, 2]);
    expect(told.answers.map(({ output, input }) => [output['heard'] ?? output['again'], input.mark])).toEqual(
      [
        [1, 1],
        [1, 1],
        [2, 2],
        [2, 2],
      ],
    );
    // Nobody said which input it was an answer to.
    expect(told.answers.every(({ roundTrip }) => roundTrip === null)).toBe(true);
    expect([told.dropped, fal.live().sessions.length]).toEqual([0, 1]);
  });

  test('answers that name their input are that one’s, and the first of them has a round trip', async () => {
    const fal = await liveFal({ realtime: CHAT });
    const { told, send } = connect(fal, { mode: 'bidi', echo: 'id' });
    send(1, { n: 1, id: 'a' });
    send(2, { n: 2, id: 'b' });
    await told.until(() => told.answers.length === 4);
    expect(told.answers.map(({ input, roundTrip }) => [input.mark, roundTrip !== null])).toEqual([
      [1, true],
      [1, false],
      [2, true],
      [2, false],
    ]);
  });

  test('the model’s own end owes nothing; a lost connection does only where nothing has come since', async () => {
    const fal = await liveFal({ realtime: CHAT });
    const { told, send } = connect(fal, { mode: 'bidi' });
    send(3);
    send(5);
    await told.at('idle');
    expect([told.answers.length, told.refused, told.dropped]).toEqual([2, [], 0]);
    expect(fal.live().sessions).toHaveLength(1);
    send(1);
    await told.until(() => told.answers.length === 4);
    fal.closeSessions(1011);
    await told.at('idle');
    expect(fal.live().sessions).toHaveLength(2);
    // Now two of them are unheard: the last goes out again.
    fal.setFaults(['live-hold']);
    send(7);
    send(8);
    await told.until(() => told.sent.length === 5);
    fal.closeSessions(1011);
    await told.at('waiting');
    fal.setFaults([]);
    await told.until(() => told.answers.length === 6);
    expect(told.sent).toEqual([3, 5, 1, 7, 8, 8]);
    expect(told.dropped).toBe(2);
    expect(told.marks.slice(4)).toEqual([8, 8]);
  });

  test('a session that ends for want of inputs owes nothing to those it did not answer', async () => {
    const fal = await liveFal({ realtime: { ...CHAT, idleMs: 100 } });
    const { told, send } = connect(fal, { mode: 'bidi' });
    send(3);
    await told.at('live');
    await told.at('idle');
    expect([told.sent, told.refused, told.dropped]).toEqual([[3], [], 0]);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('an end that says nothing and takes no more: the line is found dead', async () => {
    const fal = await liveFal({ realtime: CHAT });
    const line = await cutLine(new URL(fal.hosts.ws));
    const { told, send } = connect(
      { hosts: { ...fal.hosts, ws: line.url } },
      { mode: 'bidi', limits: { alive: 100 } },
    );
    send(1);
    await told.until(() => told.answers.length === 2);
    line.stall();
    await told.at('idle');
    send(2);
    await told.until(() => told.answers.length === 4);
    expect(fal.live().sessions).toHaveLength(2);
  });

  test('more inputs than can wait are refused by name, and none of those before is lost', async () => {
    const fal = await liveFal({ realtime: CHAT });
    const { told, send } = connect(fal, { mode: 'bidi' });
    for (let mark = 1; mark <= MOST_INPUTS; mark += 1) send(mark, { n: 3 });
    send(0);
    expect(told.refused).toMatchObject([{ input: { mark: 0 }, error: { kind: 'busy' } }]);
    await told.until(() => told.sent.length === MOST_INPUTS);
    expect(told.sent.at(-1)).toBe(MOST_INPUTS);
  });
});

describe('an input over the limit', () => {
  test.each([['msgpack' as const], ['json' as const]])('is refused before it is sent: %s', async (codec) => {
    const fal = await liveFal({ realtime: { ...ECHO, codec } });
    const { told, send } = connect(fal, { codec, limits: { frameBytes: 2 ** 20 } });
    send(1, { text: 'ü'.repeat(2 ** 19) });
    await told.until(() => told.refused.length === 1);
    expect(told.refused).toMatchObject([
      { input: { mark: 1 }, error: { kind: 'input', title: 'The input is larger than 1 MiB' } },
    ]);
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(told.sent).toEqual([2]);
    expect(fal.live().sessions).toMatchObject([{ inputs: 1, closed: null }]);
  });
});

/** A line to the server that can be stalled: it stays open, and nothing goes through any more. */
async function cutLine(to: URL): Promise<{ readonly url: string; readonly stall: () => void }> {
  const ends: Socket[] = [];
  const server = createServer((near) => {
    const far = dial(Number(to.port), to.hostname);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => end.destroy());
    ends.push(near, far);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const end of ends) end.destroy();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${address.port}${to.pathname}`,
    stall: () => {
      for (const end of ends) end.unpipe().pause();
    },
  };
}
