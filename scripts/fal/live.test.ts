import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { connectionTo, idOf, never, startFal } from '../../electron/fal/fal.fixture.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import type { RealtimeModel } from '../../electron/local-fal/index.ts';
import { talk } from './live.ts';
import { outputTo } from './output.ts';

const ENDPOINT = 'acme/echo/realtime';

async function talked(realtime: RealtimeModel, text: string, faults: readonly string[] = []) {
  const fal = await startFal({ extraModels: [liveModel(ENDPOINT, realtime)], faults });
  const lines: unknown[] = [];
  const input = new PassThrough();
  input.end(text);
  const ending = await talk({
    connection: connectionTo(fal.hosts),
    endpoint: idOf(ENDPOINT),
    options: {},
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
  expect((await talked(echo, '{"n":1}\n{"n":\n')).ending).toMatchObject({ kind: 'input' });
  expect(await talked(echo, '')).toMatchObject({ ending: null, lines: [{ type: 'result', data: null }] });
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
