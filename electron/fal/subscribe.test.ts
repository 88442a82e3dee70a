import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { SYSTEM_CLOCK } from './clock.ts';
import { connectionTo, idOf, json, model, never, refusal, serve, startFal } from './fal.fixture.ts';
import type { FalHosts } from './hosts.ts';
import { attach, subscribe } from './subscribe.ts';
import type { SubscribeEvent, SubscribeOptions } from './subscribe.ts';
import { submit } from './queue.ts';

const BIRD = idOf('acme/bird');
const ECHO = model('acme/bird', (input) => ({ echo: input }));

const begin = (fal: { readonly hosts: FalHosts }, options: SubscribeOptions = {}, signal = never()) =>
  subscribe(connectionTo(fal.hosts), BIRD, { a: 1 }, options, signal);

async function all(events: AsyncIterable<SubscribeEvent>): Promise<SubscribeEvent[]> {
  const list: SubscribeEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** The states told, each by its word, without repetitions: places in the queue are told too. */
const states = (events: readonly SubscribeEvent[]): string[] =>
  events
    .flatMap((event) => (event.kind === 'status' ? [event.status.status] : []))
    .filter((state, at, list) => state !== list[at - 1]);
const lines = (events: readonly SubscribeEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'status' ? event.status.logs.map((log) => log.message) : []));

/** Reads on until the request stands so. */
async function until(events: AsyncIterator<SubscribeEvent, void>, state: string): Promise<string> {
  let id = '';
  for (;;) {
    const { value } = await events.next();
    if (value === undefined) throw new Error('ended');
    if (value.kind === 'queued') id = value.requestId;
    if (value.kind === 'status' && value.status.status === state) return id;
  }
}

describe('a request from the submit to its output (fal-protocol §5)', () => {
  test.each(['stream', 'poll'] as const)('by %s: the id first, each state, the output last', async (mode) => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['hold:running'] });
    const events = begin(fal, { mode, logs: true, priority: 'low' });
    const first = await events.next();
    expect(first.value).toMatchObject({ kind: 'queued', requestId: expect.stringMatching(/.+/) });
    const seen: SubscribeEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.kind === 'status' && event.status.status === 'IN_PROGRESS') fal.setFaults([]);
    }
    expect(states(seen).slice(-2)).toEqual(['IN_PROGRESS', 'COMPLETED']);
    expect(lines(seen)).toEqual(['one', 'two']);
    expect(seen.at(-1)).toMatchObject({ kind: 'done', data: { echo: { a: 1 } } });
    const streams = fal.requests().filter(({ path }) => path.endsWith('/stream'));
    expect(streams).toHaveLength(mode === 'stream' ? 1 : 0);
  });

  test('without logs none is asked for and none told; a state told again is no news', async () => {
    const server = await serve((response, { method, url }) => {
      if (method === 'POST') return json(response, 200, { request_id: 'r-1' });
      if (!url.includes('/status')) return json(response, 200, { a: 1 });
      const polls = server.seen.filter((request) => request.url.includes('/status')).length;
      const status = polls < 5 ? 'IN_PROGRESS' : 'COMPLETED';
      json(response, 200, { status, logs: [{ message: 'x' }] });
    });
    const events = await all(begin(server, { mode: 'poll' }));
    expect([states(events), lines(events)]).toEqual([['IN_PROGRESS', 'COMPLETED'], []]);
    expect(events).toHaveLength(4);
    expect(server.seen.map(({ url }) => url).filter((url) => url.includes('logs='))).toEqual(
      Array.from({ length: 5 }, () => '/queue/acme/bird/requests/r-1/status?logs=0'),
    );
  });

  test.each(['stream', 'poll'] as const)('URLs in the long form change nothing, by %s', async (mode) => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['long-urls'] });
    expect((await all(begin(fal, { mode }))).at(-1)).toMatchObject({
      kind: 'done',
      data: { echo: { a: 1 } },
    });
    expect(fal.requests().some(({ path }) => path.endsWith('/response'))).toBe(false);
  });

  test('back from IN_PROGRESS to IN_QUEUE is told', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['back-to-queue', 'hold:queued'] });
    const events = begin(fal);
    await until(events, 'IN_QUEUE');
    fal.setFaults(['back-to-queue']);
    expect(states(await all(events)).join()).toContain('IN_PROGRESS,IN_QUEUE,IN_PROGRESS,COMPLETED');
  });

  test('one that was made elsewhere is attached to by its id', async () => {
    const fal = await startFal({ extraModels: [ECHO] });
    const connection = connectionTo(fal.hosts);
    const sent = await submit(connection, BIRD, { b: 2 }, never());
    if (!sent.ok) throw new Error('not sent');
    const events = await all(
      attach(connection, idOf('acme/bird/any/path'), sent.value.requestId, {}, never()),
    );
    expect(events.at(-1)).toMatchObject({ kind: 'done', data: { echo: { b: 2 } } });
    expect(await all(attach(connection, BIRD, 'nobody', {}, never()))).toMatchObject([
      { kind: 'failed', error: { kind: 'lost', requestId: 'nobody' } },
    ]);
  });

  test('trouble that passes is told and lived through', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['hold:queued'] });
    const events = begin(fal);
    await until(events, 'IN_QUEUE');
    fal.setFaults(['hold:queued', 'cut']);
    expect((await events.next()).value).toMatchObject({ kind: 'trouble', error: { kind: 'network' } });
    fal.setFaults([]);
    expect((await all(events)).at(-1)).toMatchObject({ kind: 'done' });
  });

  test('trouble that does not, and a key that is refused, leave the request to itself', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['hold:queued'] });
    let key = 'demo:demo';
    const connection = connectionTo(fal.hosts, { credentials: () => key });
    const events = subscribe(connection, BIRD, {}, { mode: 'poll' }, never());
    const requestId = await until(events, 'IN_QUEUE');
    key = 'other';
    expect(await all(events)).toMatchObject([{ kind: 'failed', error: { kind: 'auth', requestId } }]);
    key = 'demo:demo';
    const again = attach(connection, BIRD, requestId, {}, never());
    await until(again, 'IN_QUEUE');
    fal.setFaults(['cut']);
    expect((await all(again)).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'network', requestId, hint: expect.stringContaining('goes on at fal') },
    });
  });
});

describe('a request that fails', () => {
  test('COMPLETED with an error is a failure, with all that the result call replays', async () => {
    const detail = [{ loc: ['body', 'a'], msg: 'Too long', type: 'sequence_too_long' }];
    const failing = model('acme/bird', () => {
      throw refusal(422, { detail });
    });
    const fal = await startFal({ extraModels: [failing] });
    expect((await all(begin(fal))).at(-1)).toMatchObject({
      kind: 'failed',
      error: {
        kind: 'validation',
        detail: 'Too long',
        fields: detail,
        requestId: expect.stringMatching(/.+/),
      },
    });
  });

  test.each([
    ['is a 200', 200],
    ['cannot be had', 502],
  ])('also where the result %s', async (_name, code) => {
    const server = await serve((response, { method, url }) => {
      if (method === 'POST') return json(response, 200, { request_id: 'r-1' });
      if (!url.includes('/status')) return void response.writeHead(code).end(code === 200 ? '{}' : '<html>');
      json(response, 200, { status: 'COMPLETED', error: 'Crashed', error_type: 'runner_server_error' });
    });
    expect((await all(begin(server, { mode: 'poll' }))).at(-1)).toMatchObject({
      kind: 'failed',
      error: { detail: 'Crashed (runner_server_error)', requestId: 'r-1' },
    });
  });

  test('a submit that fails, or options that cannot be sent', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['drop-submit'] });
    expect(await all(begin(fal))).toMatchObject([{ kind: 'failed', error: { kind: 'unconfirmed' } }]);
    expect(fal.requests()).toHaveLength(1);
    expect(await all(begin(fal, { hint: '\n' }))).toMatchObject([
      { kind: 'failed', error: { kind: 'input' } },
    ]);
    expect(fal.requests()).toHaveLength(1);
  });
});

describe('a limit of one’s own stops, cancels, and says what became of both', () => {
  const LATE = { timeout: 0.8 };

  test.each([
    ['hold:queued', 'OK', 'before it had begun'],
    ['hold:running', 'CANCELLATION_REQUESTED', 'told to stop'],
  ])('%s: %s', async (fault, word, words) => {
    const fal = await startFal({ extraModels: [ECHO], faults: [fault] });
    const events = await all(begin(fal, LATE));
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      cancelled: word,
      error: {
        kind: 'timeout',
        title: 'The request was not done within 0.8 s',
        detail: expect.stringContaining(words),
        requestId: expect.stringMatching(/.+/),
      },
    });
    const asked = fal.requests().map(({ method }) => method);
    expect(asked.filter((method) => method === 'PUT')).toHaveLength(1);
    expect(asked.at(-1)).toBe('PUT');
  });

  /** Never done, and with this answer to a cancel. */
  const endless = (code: number, word: string, polls: 'answered' | 'hanging' = 'answered') =>
    serve((response, { method, url }) => {
      if (method === 'POST') json(response, 200, { request_id: 'r-1' });
      else if (method === 'PUT') json(response, code, { status: word, detail: 'no' });
      else if (!url.includes('/status')) json(response, 200, { a: 1 });
      else if (polls === 'answered') json(response, 202, { status: 'IN_QUEUE' });
    });

  test('also while a poll hangs', async () => {
    const server = await endless(200, 'OK', 'hanging');
    expect((await all(begin(server, LATE))).at(-1)).toMatchObject({ kind: 'failed', cancelled: 'OK' });
  });

  test('a request that had just ended gives its output', async () => {
    const server = await endless(400, 'ALREADY_COMPLETED');
    expect((await all(begin(server, LATE))).at(-1)).toEqual({
      kind: 'done',
      requestId: 'r-1',
      data: { a: 1 },
    });
  });

  test('a cancel that is refused is told, and that the request goes on', async () => {
    const server = await endless(403, 'x');
    expect((await all(begin(server, LATE))).at(-1)).toMatchObject({
      kind: 'failed',
      cancelled: null,
      error: {
        kind: 'timeout',
        detail: 'It was not cancelled: This key may not do that. no',
        hint: expect.stringContaining('goes on at fal'),
      },
    });
  });
});

describe('an abort', () => {
  test('leaves the request to itself, and says so at once', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['hold:queued'] });
    const abort = new AbortController();
    const events = begin(fal, {}, abort.signal);
    const requestId = await until(events, 'IN_QUEUE');
    abort.abort();
    expect((await all(events)).at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'cancelled', hint: expect.stringContaining('goes on at fal'), requestId },
    });
    expect(fal.requests().some(({ method }) => method === 'PUT')).toBe(false);
  });

  test('cancels where that was asked for', async () => {
    const fal = await startFal({ extraModels: [ECHO], faults: ['hold:queued'] });
    const abort = new AbortController();
    const events = begin(fal, { cancelOnAbort: true }, abort.signal);
    await until(events, 'IN_QUEUE');
    abort.abort();
    expect((await all(events)).at(-1)).toMatchObject({
      kind: 'failed',
      cancelled: 'OK',
      error: { kind: 'cancelled' },
    });
    await vi.waitUntil(() => fal.requests().some(({ method, status }) => method === 'PUT' && status === 200));
  });
  describe('while fal takes the request', () => {
    /** The person stops when the server has the request, whose answer is `more`. */
    const taking = (abort: AbortController, more: (response: ServerResponse) => void) =>
      serve((response, { method }) => {
        if (method === 'PUT') return json(response, 202, { status: 'CANCELLATION_REQUESTED' });
        abort.abort();
        more(response);
      });

    test('waits for its id where it is to be cancelled, and cancels it', async () => {
      const abort = new AbortController();
      const server = await taking(abort, (response) => json(response, 200, { request_id: 'r-1' }));
      expect(await all(begin(server, { cancelOnAbort: true }, abort.signal))).toMatchObject([
        { kind: 'queued', requestId: 'r-1' },
        {
          kind: 'failed',
          cancelled: 'CANCELLATION_REQUESTED',
          error: { kind: 'cancelled', requestId: 'r-1', detail: expect.stringContaining('told to stop') },
        },
      ]);
      expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /queue/acme/bird',
        'PUT /queue/acme/bird/requests/r-1/cancel',
      ]);
    });

    test.each([
      [true, [120_000, 10_000]],
      [false, [120_000]],
    ])('cancelOnAbort %s: says that fal may have it where no id comes', async (cancelOnAbort, limits) => {
      const abort = new AbortController();
      const server = await taking(abort, () => undefined);
      const set: number[] = [];
      const after = (ms: number, then: () => void): (() => void) => {
        set.push(ms);
        return SYSTEM_CLOCK.after(ms === 10_000 ? 1 : ms, then);
      };
      const clock = { ...SYSTEM_CLOCK, after };
      const connection = connectionTo(server.hosts, { clock });
      expect(await all(subscribe(connection, BIRD, {}, { cancelOnAbort }, abort.signal))).toMatchObject([
        { kind: 'failed', error: { kind: 'cancelled', hint: expect.stringContaining('may have taken it') } },
      ]);
      expect(set).toEqual(limits);
      expect(server.seen).toHaveLength(1);
    });

    test('sends nothing where it was stopped before', async () => {
      const server = await serve((response) => json(response, 200, { request_id: 'r-1' }));
      const events = await all(begin(server, { cancelOnAbort: true }, AbortSignal.abort()));
      expect(events).toMatchObject([{ kind: 'failed', error: { kind: 'cancelled', hint: '' } }]);
      expect(server.seen).toEqual([]);
    });
  });
});
