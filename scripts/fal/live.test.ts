import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { connectionTo, idOf, never, startFal } from '../../electron/fal/fal.fixture.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import type { RealtimeModel } from '../../electron/local-fal/index.ts';
import { dig } from '../../electron/local-fal/testing.ts';
import { talk } from './live.ts';
import type { LiveCall } from './live.ts';
import { outputTo } from './output.ts';

const ENDPOINT = 'acme/echo/realtime';

async function talked(
  realtime: RealtimeModel,
  text: string,
  faults: readonly string[] = [],
  options: LiveCall['options'] = {},
) {
  const fal = await startFal({ extraModels: [liveModel(ENDPOINT, realtime)], faults });
  const lines: unknown[] = [];
  const input = new PassThrough();
  input.end(text);
  const ending = await talk({
    connection: connectionTo(fal.hosts),
    endpoint: idOf(ENDPOINT),
    options,
    lines: createInterface({ input }),
    output: outputTo((line) => lines.push(JSON.parse(line))),
    signal: never(),
    patience: { answer: 300, more: 50 },
  });
  return { ending, lines, fal };
}

test('an answer that does not come is waited for no longer than the limit, and that is a good end', async () => {
  const { ending, lines } = await talked(
    { mode: 'unary', answer: () => new Promise(() => undefined) },
    '{"n":1}\n',
  );
  expect([ending, lines]).toEqual([null, [{ type: 'result', requestId: null, data: null }]]);
});

test('control messages that nobody knows are no answers', async () => {
  const { ending, lines } = await talked(
    { mode: 'unary', answer: (input) => ({ echo: input }) },
    '{"n":1}\n',
    ['live-control'],
  );
  expect([ending, lines.length]).toEqual([null, 2]);
});

test('a line that is no JSON ends it, and no line at all does', async () => {
  const echo: RealtimeModel = { mode: 'unary', answer: (input) => ({ echo: input }) };
  expect((await talked(echo, '{"n":\n')).ending).toMatchObject({ kind: 'input', hint: 'Nothing was sent.' });
  expect(await talked(echo, '')).toMatchObject({ ending: null, lines: [{ type: 'result', data: null }] });
});

test('the answers to what was sent before a bad line are heard, and nothing after it is read', async () => {
  const slow: RealtimeModel = {
    mode: 'unary',
    answer: async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { echo: input };
    },
  };
  const { ending, lines } = await talked(slow, '{"n":1}\n\n{"n":\n{"n":3}\n');
  expect(lines).toEqual([{ type: 'data', data: { echo: { n: 1 } } }]);
  expect(ending).toMatchObject({
    kind: 'input',
    hint: 'Line 3 was not sent, nor anything behind it. What came before it was, and its answers were waited for.',
  });
});

test('an input that the model refuses is the error, and the others are answered', async () => {
  const picky: RealtimeModel = {
    mode: 'unary',
    answer: (input) => {
      if (JSON.stringify(input).includes('bad')) throw new Error('No such thing');
      return { echo: input };
    },
  };
  const { ending, lines } = await talked(picky, '{"n":1}\n{"n":"bad"}\n{"n":3}\n');
  expect(ending).toMatchObject({ kind: 'model' });
  expect(lines).toEqual([
    { type: 'data', data: { echo: { n: 1 } } },
    { type: 'data', data: { echo: { n: 3 } } },
  ]);
});

test('a model that answers one input many times is heard to its end', async () => {
  const telling: RealtimeModel = {
    mode: 'server_streaming',
    async *answer(input) {
      yield { p: 1, input };
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield { p: 2 };
      yield { p: 3 };
    },
  };
  const { ending, lines } = await talked(telling, '{"n":1}\n');
  expect([ending, lines.length, lines.at(-1)]).toEqual([
    null,
    4,
    { type: 'result', requestId: null, data: { p: 3 } },
  ]);
});

test('a stop ends it while the next line is waited for', async () => {
  const fal = await startFal({
    extraModels: [liveModel(ENDPOINT, { mode: 'unary', answer: (input) => ({ echo: input }) })],
  });
  const input = new PassThrough();
  input.write('{"n":1}\n');
  const stop = new AbortController();
  const ending = talk({
    connection: connectionTo(fal.hosts),
    endpoint: idOf(ENDPOINT),
    options: {},
    lines: createInterface({ input }),
    output: outputTo(() => stop.abort()),
    signal: stop.signal,
  });
  expect(await ending).toMatchObject({ kind: 'cancelled' });
});

describe('modes', () => {
  const data = (lines: readonly unknown[]): unknown[] =>
    lines.filter((line) => dig(line, 'type') === 'data').map((line) => dig(line, 'data'));

  test('server streaming: each line’s answers to the end, before the next line', async () => {
    const { ending, lines, fal } = await talked(
      {
        mode: 'server_streaming',
        async *answer({ n }) {
          for (const step of [1, 2, 3]) {
            yield { n: n ?? null, step };
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
      },
      '{"n":1}\n{"n":2}\n',
      [],
      { mode: 'server_streaming' },
    );
    expect(ending).toBeNull();
    expect(data(lines)).toEqual([1, 2].flatMap((n) => [1, 2, 3].map((step) => ({ n, step }))));
    expect(lines.at(-1)).toMatchObject({ type: 'result', data: { n: 2, step: 3 } });
    expect(fal.live().sessions).toHaveLength(2);
  });

  test('client streaming: every line, and the one answer', async () => {
    const { ending, lines } = await talked(
      {
        mode: 'client_streaming',
        idleMs: 100,
        async answer(inputs) {
          let sum = 0;
          for await (const { n } of inputs) sum += Number(n);
          return { sum };
        },
      },
      '{"n":1}\n{"n":2}\n{"n":3}\n',
      [],
      { mode: 'client_streaming' },
    );
    expect([ending, data(lines)]).toEqual([null, [{ sum: 6 }]]);
    expect(lines.at(-1)).toMatchObject({ type: 'result', data: { sum: 6 } });
  });

  test('both ways: lines wait for no answer, and what comes after the last is heard', async () => {
    const { ending, lines, fal } = await talked(
      {
        mode: 'bidi',
        async *answer(inputs) {
          let heard = 0;
          for await (const { n } of inputs) {
            heard += Number(n) > 0 ? 1 : 0;
            // Nothing before the third.
            if (heard === 3) yield* [{ heard }, { more: true }];
          }
        },
      },
      '{"n":1}\n{"n":2}\n{"n":3}\n',
      [],
      { mode: 'bidi' },
    );
    expect([ending, data(lines)]).toEqual([null, [{ heard: 3 }, { more: true }]]);
    expect(fal.live().sessions).toHaveLength(1);
  });
});
