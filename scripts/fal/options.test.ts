import { describe, expect, test } from 'vitest';
import { json, model, never, serve, startFal } from '../../electron/fal/fal.fixture.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import { readArguments } from './arguments.ts';
import { appError } from '../../shared/fal/errors.ts';
import { fal } from './command.fixture.ts';
import { limited } from './limited.ts';
import type { Ending } from './output.ts';

const BIRD = model('acme/bird', (input) => ({ echo: input }));

test('polling never asks for the stream', async () => {
  const server = await startFal({ extraModels: [BIRD] });
  const told = await fal(['subscribe', 'acme/bird', '--mode', 'poll', '--hosts', server.url]);
  expect(told).toMatchObject({ code: 0 });
  const paths = server.requests().map(({ path }) => path);
  expect(paths.some((path) => path.endsWith('/status'))).toBe(true);
  expect(paths.some((path) => path.endsWith('/stream'))).toBe(false);
});

test('--path and --max-buffering reach the socket, and the pass is the one that was asked for', async () => {
  const echo = liveModel('acme/echo/live/realtime', { mode: 'unary', answer: (input) => ({ echo: input }) });
  const server = await startFal({ extraModels: [echo] });
  const way = ['--path', 'live/realtime', '--max-buffering', '3', '--auth', 'header', '--hosts', server.url];
  const told = await fal(['realtime', 'acme/echo', ...way], { stdin: '{"n":1}\n' });
  expect(told).toMatchObject({ code: 0, errors: [] });
  const { tokens, sessions } = server.live();
  expect([tokens.length, sessions.length]).toEqual([0, 1]);
  expect(sessions[0]).toMatchObject({ path: '/ws/acme/echo/live/realtime', query: 'max_buffering=3' });
});

test('a search is all its words', async () => {
  const server = await startFal({ extraModels: [BIRD, model('acme/bird-song'), model('acme/song')] });
  const told = await fal(['models', 'bird', 'song', '--hosts', server.url]);
  expect(told.lines).toMatchObject([{ type: 'result', data: [{ endpoint_id: 'acme/bird-song' }] }]);
});

describe('--timeout', () => {
  test('ends a read where nobody answers, once', async () => {
    const silent = await serve((response, { url }) => {
      if (url === '/') json(response, 200, silent.hosts);
    });
    const told = await fal(['price', 'acme/bird', '--timeout', '0.5', '--hosts', silent.url]);
    expect(told).toMatchObject({ code: 1, lines: [], errors: [{ error: { kind: 'timeout' } }] });
    // The bases, and one request: the end of the time is no reason to ask again.
    expect(silent.seen).toHaveLength(2);
  });

  /** Ends as a stop makes it end. */
  const stopped = (signal: AbortSignal): Promise<Ending> =>
    new Promise((resolve) =>
      signal.addEventListener('abort', () => resolve(appError('cancelled', 'Stopped'))),
    );

  test.each(['status', 'upload', 'realtime', 'verify-webhook'] as const)(
    'ends %s, and says so',
    async (method) => {
      expect(await limited({ method, options: { timeout: 0.01 } }, never(), stopped)).toMatchObject({
        kind: 'timeout',
        title: 'It was not done within 0.01 s',
      });
    },
  );

  test('a stop before it is a stop', async () => {
    const stop = new AbortController();
    const ending = limited({ method: 'status', options: { timeout: 3600 } }, stop.signal, stopped);
    stop.abort();
    expect(await ending).toMatchObject({ kind: 'cancelled' });
  });

  test.each(['run', 'stream', 'submit', 'subscribe'] as const)('is left to %s itself', async (method) => {
    const signal = never();
    const given: AbortSignal[] = [];
    await limited({ method, options: { timeout: 0.001 } }, signal, async (one) => {
      given.push(one);
      return null;
    });
    expect(given).toEqual([signal]);
  });

  test.each([['0'], ['-1'], ['soon'], ['99999999999']])('%s is refused', (seconds) => {
    expect(readArguments(['models', `--timeout=${seconds}`])).toMatchObject({
      ok: false,
      error: { kind: 'input', detail: expect.stringContaining('--timeout is a number') },
    });
  });
});
