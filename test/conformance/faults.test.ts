import { Agent } from 'node:http';
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
import { CALLS, FOLLOWED, LIVES, NETWORK, READS } from './fault-table.ts';

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
  act: (scene) => endOf(subscribe(scene.connection, BIRD, INPUT, { mode }, never()), scene),
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
  run: direct(['run'], /^POST \/run/, ({ connection }) => run(connection, BIRD, INPUT, LIMIT, never())),
  stream: direct(['run'], /^POST \/run/, async ({ connection }) => {
    for await (const event of stream(connection, BIRD, INPUT, LIMIT, never())) {
      if (event.kind === 'ended') return ok({ data: event.last });
      if (event.kind === 'failed') return fail(event.error);
    }
    throw new Error('It did not end');
  }),
  submit: direct(['submit'], /^POST \/queue/, ({ connection }) =>
    submit(connection, BIRD, INPUT, never(), undefined, LIMIT),
  ),
  status: direct(
    ['status'],
    /status$/,
    ({ connection, requestId }) => status(connection, BIRD, requestId, never()),
    true,
  ),
  result: direct(
    ['result'],
    /requests\/[^/]+$/,
    ({ connection, requestId }) => result(connection, BIRD, requestId, never()),
    true,
  ),
  cancel: direct(
    ['cancel'],
    /cancel$/,
    ({ connection, requestId }) => cancel(connection, BIRD, requestId, never()),
    true,
  ),
  schema: direct(['schema'], /\/(openapi\.json|models)$/, ({ connection }) =>
    readDocument(connection, BIRD, never()),
  ),
  price: direct(['price'], /pricing$/, ({ connection }) => readPrice(connection, BIRD, never())),
  upload: direct(['initiate'], /initiate$/, ({ connection }) =>
    upload(connection, { kind: 'bytes', bytes: new Uint8Array(3) }, { signal: never() }),
  ),
  subscribe: followed('stream', 'events', /status\/stream$/),
  'by polling': followed('poll', 'status', /status$/),
  attach: direct(
    ['events', 'status'],
    /status(\/stream)?$/,
    (scene) => endOf(attach(scene.connection, BIRD, scene.requestId, {}, never()), { ...scene, fal: null }),
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

async function sceneOf(clock: TestClock, faults: readonly string[] = []) {
  const fal = await startFal({ extraModels: [MODEL], onSilent: clock.silent, faults });
  return { fal, connection: connectionTo(fal.hosts, { clock }) };
}

const countOf = (fal: TestFal, since: number, counts: RegExp): number =>
  fal
    .requests()
    .slice(since)
    .filter(({ method, path }) => counts.test(`${method} ${path}`)).length;

/** What became of it with the method's calls ending so, and the requests that it took: `ok 2`. */
async function outcome(name: string, fault: string, clock = new TestClock()): Promise<string> {
  const method = methodOf(name);
  const { fal, connection } = await sceneOf(clock);
  const { requestId } = value(await submit(connection, BIRD, INPUT, never()));
  await untilDone(fal, requestId);
  let since = 0;
  const arm = (): void => {
    fal.setFaults(method.uses.map((use) => `${use}-${fault}`));
    since = fal.requests().length;
  };
  const end = await method.act({ fal, connection, requestId, arm });
  return `${wordFor(end, method)} ${countOf(fal, since, method.counts)}`;
}

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
        const end = await method.act({ fal: null, connection, requestId: 'r-1', arm: () => undefined });
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
    const end = await method.act({ fal: null, connection, requestId: '', arm: () => undefined });
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
