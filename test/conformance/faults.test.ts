import { channel } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { TestClock } from '../../electron/fal/clock.fixture.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { readDocument } from '../../electron/fal/document.ts';
import {
  connectionTo,
  deadAddress,
  hostsAt,
  idOf,
  model,
  never,
  startFal,
  value,
} from '../../electron/fal/fal.fixture.ts';
import { readPrice } from '../../electron/fal/pricing.ts';
import { cancel, result, status, submit } from '../../electron/fal/queue.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { run } from '../../electron/fal/run.ts';
import { upload } from '../../electron/fal/storage/upload.ts';
import { stream } from '../../electron/fal/stream.ts';
import { attach, subscribe } from '../../electron/fal/subscribe.ts';
import type { SubscribeEvent } from '../../electron/fal/subscribe.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import type { TestFal } from '../local-fal/index.ts';
import { CALLS, FOLLOWED, LIVES, NETWORK, READS, STOPS } from './fault-table.ts';

/**
 * Every fault with every method, on the local server and by a clock whose waits take no time. What is expected stands in
 * fault-table.ts, a row a fault.
 */

const BIRD = idOf('acme/bird');
const INPUT = { text: 'Grüße 🙂' };
const MODEL: LocalModel = {
  ...model('acme/bird'),
  streams: true,
  async *run(input) {
    yield { kind: 'preview', data: { text: 'Schöne' } };
    yield { kind: 'output', data: { echo: input } };
  },
};
/** Seconds; only a server that is silent lets them pass. */
const LIMIT = { timeout: 600 };

interface Scene {
  readonly fal: TestFal | null;
  readonly connection: FalConnection;
  /** Of a request that is done. */
  readonly requestId: string;
  /** From here on the faults are on. */
  readonly arm: () => void;
  readonly signal: AbortSignal;
  readonly limit: RequestOptions;
}
type End = Result<unknown, AppError>;

interface Method {
  /** Which of the local server's calls a fault meets. */
  readonly uses: readonly string[];
  /** The server's requests that count: `METHOD PATH`. */
  readonly counts: RegExp;
  readonly act: (scene: Scene) => Promise<End>;
  /** Whether an error must name the request, whose id is known. */
  readonly named: boolean;
}

async function endOf(events: AsyncIterable<SubscribeEvent>, { fal, arm }: Scene): Promise<End> {
  for await (const event of events) {
    if (event.kind === 'done') return ok(event.data);
    if (event.kind === 'failed') return fail(event.error);
    if (event.kind !== 'queued' || fal === null) continue;
    // Done before anyone follows it, so that nothing depends on who is faster.
    await untilDone(fal, event.requestId);
    arm();
  }
  throw new Error('It did not end');
}

function untilDone(fal: TestFal, requestId: string): Promise<boolean> {
  const url = `${fal.hosts.queue}/acme/bird/requests/${requestId}/status`;
  const isDone = async (): Promise<boolean> => {
    const asked = await fetch(url, { headers: { authorization: 'Key demo:demo' } });
    return (await asked.text()).includes('COMPLETED');
  };
  return vi.waitUntil(isDone, { interval: 2, timeout: 10_000 });
}

const followed = (mode: 'stream' | 'poll', use: string, counts: RegExp): Method => ({
  uses: [use],
  counts,
  named: true,
  act: (scene) => endOf(subscribe(scene.connection, BIRD, INPUT, { mode }, scene.signal), scene),
});

const direct = (
  uses: readonly string[],
  counts: RegExp,
  act: (scene: Scene) => Promise<End>,
  named = false,
): Method => ({
  uses,
  counts,
  named,
  act: (scene) => {
    scene.arm();
    return act(scene);
  },
});

const METHODS: Readonly<Record<string, Method>> = {
  run: direct(['run'], /^POST \/run/, ({ connection, limit, signal }) =>
    run(connection, BIRD, INPUT, limit, signal),
  ),
  stream: direct(['run'], /^POST \/run/, async ({ connection, limit, signal }) => {
    for await (const event of stream(connection, BIRD, INPUT, limit, signal)) {
      if (event.kind === 'ended') return ok({ data: event.last });
      if (event.kind === 'failed') return fail(event.error);
    }
    throw new Error('It did not end');
  }),
  submit: direct(['submit'], /^POST \/queue/, ({ connection, limit, signal }) =>
    submit(connection, BIRD, INPUT, signal, undefined, limit),
  ),
  status: direct(
    ['status'],
    /status$/,
    ({ connection, requestId, signal }) => status(connection, BIRD, requestId, signal),
    true,
  ),
  result: direct(
    ['result'],
    /requests\/[^/]+$/,
    ({ connection, requestId, signal }) => result(connection, BIRD, requestId, signal),
    true,
  ),
  cancel: direct(
    ['cancel'],
    /cancel$/,
    ({ connection, requestId, signal }) => cancel(connection, BIRD, requestId, signal),
    true,
  ),
  schema: direct(['schema'], /\/(openapi\.json|models)$/, ({ connection, signal }) =>
    readDocument(connection, BIRD, signal),
  ),
  price: direct(['price'], /pricing$/, ({ connection, signal }) => readPrice(connection, BIRD, signal)),
  upload: direct(['initiate'], /initiate$/, ({ connection, signal }) =>
    upload(connection, { kind: 'bytes', bytes: new Uint8Array(3) }, { signal }),
  ),
  subscribe: followed('stream', 'events', /status\/stream$/),
  'by polling': followed('poll', 'status', /status$/),
  attach: direct(
    ['events', 'status'],
    /status(\/stream)?$/,
    (scene) =>
      endOf(attach(scene.connection, BIRD, scene.requestId, {}, scene.signal), { ...scene, fal: null }),
    true,
  ),
  'its output': followed('poll', 'result', /requests\/[^/]+$/),
};

function methodOf(name: string): Method {
  const method = METHODS[name];
  if (method === undefined) throw new Error(`No method is called ${name}`);
  return method;
}

/** `ok`, `text` or the kind of the error; a request that was lost sight of fits no cell. */
function wordFor(end: End, method: Method): string {
  if (!end.ok)
    return method.named && end.error.requestId === null ? `${end.error.kind} without its id` : end.error.kind;
  const told: unknown = end.value;
  const data = typeof told === 'object' && told !== null && 'data' in told ? told.data : told;
  if (typeof data === 'string') return data.startsWith('<') || data === '[DONE]' ? 'text' : 'ok';
  if (data instanceof Uint8Array) return 'text';
  // What came back is what went in, to the last letter.
  const echo = typeof data === 'object' && data !== null && 'echo' in data ? data.echo : INPUT;
  return isEqual(echo) ? 'ok' : `changed to ${JSON.stringify(echo)}`;
}

const isEqual = (echo: unknown): boolean => JSON.stringify(echo) === JSON.stringify(INPUT);

/** `quiet` is told of each answer that never begins, or that never ends: of the latter when its head has come. */
async function sceneOf(
  clock: TestClock,
  faults: readonly string[] = [],
  quiet: (answer: EventEmitter) => void = clock.silent,
) {
  const fal = await startFal({ extraModels: [MODEL], onSilent: quiet, faults });
  const { host } = new URL(fal.hosts.queue);
  const heads = channel('http.client.response.finish');
  const onHead = (told: unknown): void => {
    if (typeof told !== 'object' || told === null || !('request' in told) || !('response' in told)) return;
    const { request, response } = told;
    if (!(request instanceof ClientRequest) || !(response instanceof IncomingMessage)) return;
    if (request.getHeader('host') === host && 'x-stalled' in response.headers) quiet(response);
  };
  heads.subscribe(onHead);
  onTestFinished(() => void heads.unsubscribe(onHead));
  return { fal, connection: connectionTo(fal.hosts, { clock }) };
}

const countOf = (fal: TestFal, since: number, counts: RegExp): number =>
  fal
    .requests()
    .slice(since)
    .filter(({ method, path }) => counts.test(`${method} ${path}`)).length;

/** What became of it with the method's calls ending so, and the requests that it took: `ok 2`. */
async function outcome(
  name: string,
  fault: string,
  clock = new TestClock(),
  stop: AbortController | null = null,
): Promise<string> {
  const method = methodOf(name);
  const quiet = stop === null ? clock.silent : () => void setImmediate(() => stop.abort());
  const { fal, connection } = await sceneOf(clock, [], quiet);
  const { requestId } = value(await submit(connection, BIRD, INPUT, never()));
  await untilDone(fal, requestId);
  let since = 0;
  const arm = (): void => {
    fal.setFaults(method.uses.map((use) => `${use}-${fault}`));
    since = fal.requests().length;
  };
  // What has begun must end without a limit.
  const limit = fault.startsWith('stall-body') ? {} : LIMIT;
  const signal = stop?.signal ?? never();
  const end = await method.act({ fal, connection, requestId, arm, signal, limit });
  // A direct call has its id from the head of the answer.
  const named = method.named || (fault.startsWith('stall-body') && method.uses.includes('run'));
  return `${wordFor(end, { ...method, named })} ${countOf(fal, since, method.counts)}`;
}

/** Nothing is to be switched on while it goes. */
const ALONE = { fal: null, arm: () => undefined, signal: never(), limit: LIMIT };

const FOR_GOOD = 1_000;

async function cellOf(name: string, kind: string): Promise<string> {
  const once = await outcome(name, `${kind}:1`);
  const always = await outcome(name, `${kind}:${FOR_GOOD}`);
  return once === always ? once : `${once}, ${always}`;
}

describe.each([
  ['calls', CALLS],
  ['reads', READS],
  ['requests that are followed', FOLLOWED],
])('%s', (_name, { methods, rows }) => {
  test.each(rows)('$fault', async ({ fault, cells }) => {
    expect(await Promise.all(methods.map((name) => cellOf(name, fault)))).toEqual(cells);
  });
});

describe('the person stops when an answer', () => {
  test.each(STOPS.rows)('$fault', async ({ fault, cells }) => {
    const kind = fault === 'does not begin' ? 'silent' : 'stall-body';
    const told = STOPS.methods.map((name, index) =>
      cells[index] === '-' ? '-' : outcome(name, `${kind}:1`, new TestClock(), new AbortController()),
    );
    expect(await Promise.all(told)).toEqual(cells);
  });
});

describe('no connection', () => {
  const noName = (): Error =>
    Object.assign(new Error('getaddrinfo ENOTFOUND queue.fal.run'), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
    });

  /** Counts what either way to the network tries. `broken`: no connection is even begun. */
  function counting(broken: boolean) {
    let tries = 0;
    class Counting extends Agent {
      override createConnection(...args: Parameters<Agent['createConnection']>) {
        tries += 1;
        return broken ? new Socket().destroy(noName()) : super.createConnection(...args);
      }
    }
    const agent = new Counting();
    onTestFinished(() => agent.destroy());
    const over: Pick<FalConnection, 'fetch' | 'agentFor'> = {
      fetch: (url, init) => {
        tries += 1;
        return broken ? Promise.reject(new TypeError('fetch failed', { cause: noName() })) : fetch(url, init);
      },
      agentFor: () => agent,
    };
    return { over, tries: () => tries };
  }

  test.each(NETWORK.rows)('$fault', async ({ fault, cells }) => {
    const hosts = hostsAt(await deadAddress());
    const told = await Promise.all(
      NETWORK.methods.map(async (name) => {
        const { over, tries } = counting(fault === 'no name');
        const connection = connectionTo(hosts, { clock: new TestClock(), ...over });
        const method = methodOf(name);
        const end = await method.act({ ...ALONE, connection, requestId: 'r-1' });
        return `${wordFor(end, method)} ${tries()}`;
      }),
    );
    expect(told).toEqual(cells);
  });
});

describe('a request’s life', () => {
  const POSTS = /^POST/;

  async function life(name: string, fault: string): Promise<string> {
    const clock = new TestClock();
    const { fal, connection } = await sceneOf(clock, [fault]);
    if (fault === 'stream-stall') onTestFinished(clock.hurry());
    const method = methodOf(name);
    // Followed as it goes, and not when it is done.
    const end = await method.act({ ...ALONE, connection, requestId: '' });
    const lost = { ...method, named: method.named && fault !== 'drop-submit' && fault !== 'lose-submit' };
    return `${wordFor(end, lost)} ${countOf(fal, 0, POSTS)}`;
  }

  test.each(LIVES.rows)('$fault', async ({ fault, cells }) => {
    const told = await Promise.all(
      LIVES.methods.map((name, index) => (cells[index] === '-' ? '-' : life(name, fault))),
    );
    expect(told).toEqual(cells);
  });
});

describe('a server says when to come again', () => {
  const HOUR = 3_600_000;
  /** Those that are sent again at a 429. */
  const again = ['run', 'submit', 'status', 'cancel', 'schema', 'price', 'upload', 'by polling'];

  test.each([
    ['right', 0],
    ['an hour behind', -HOUR],
    ['an hour ahead', HOUR],
  ])('by its own clock, also where ours is %s', async (_name, offset) => {
    for (const name of again) {
      const clock = new TestClock(offset);
      expect([name, await outcome(name, '429-date:1', clock)]).toEqual([name, 'ok 2']);
      expect(clock.waits[0]).toBe(5_000);
    }
  });
});
