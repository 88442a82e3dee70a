import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { json, model, refusal, serve, startFal } from '../../electron/fal/fal.fixture.ts';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import { dig } from '../../electron/local-fal/testing.ts';
import type { TestFal } from '../../test/local-fal/index.ts';
import { startTestFal } from '../../test/local-fal/index.ts';
import { SCRIPT, fal } from './command.fixture.ts';
import type { Told } from './command.fixture.ts';

const BYTES = new Uint8Array([1, 2, 3]);

const teller: LocalModel = {
  ...model('acme/teller'),
  streams: true,
  async *run(_input, context) {
    yield { kind: 'preview', data: { p: 1, text: 'Grüße' } };
    await context.pause(1);
    yield { kind: 'output', data: { p: 2 } };
  },
};
const failing = model('acme/failing', () => {
  throw refusal(422, { detail: [{ loc: ['body', 'prompt'], msg: 'Too long', type: 'x' }] });
});
/** Its document says how it is spoken to (fal-protocol §12.4). */
const summing: LocalModel = {
  ...liveModel('acme/sum', {
    mode: 'client_streaming',
    codec: 'json',
    idleMs: 1500,
    async answer(inputs) {
      let sum = 0;
      for await (const { n } of inputs) sum += Number(n);
      return { sum };
    },
  }),
  openapi: () => ({
    openapi: '3.0.4',
    paths: {
      '/acme/sum': {
        'x-fal-protocol': { contentType: 'application/json', realtimeMode: 'client_streaming' },
      },
    },
  }),
};
const MODELS = [
  summing,
  model('acme/bird', (input) => ({ echo: input })),
  teller,
  failing,
  liveModel('acme/echo/realtime', { mode: 'unary', answer: (input) => ({ echo: input, bytes: BYTES }) }),
];

const types = ({ lines }: Told): unknown[] => lines.map((line) => dig(line, 'type'));

let server: TestFal;
beforeAll(async () => {
  server = await startTestFal({ pace: 0, extraModels: MODELS });
});
afterAll(() => server.close());
const at = (...args: string[]): string[] => [...args, '--hosts', server.url];

describe('what each method prints', () => {
  test('run', async () => {
    expect(await fal(at('run', 'acme/bird', '{"seed":12345}'))).toEqual({
      code: 0,
      lines: [{ type: 'result', requestId: expect.stringMatching(/.+/), data: { echo: { seed: 12345 } } }],
      errors: [],
    });
  });

  test('the input from a file and from stdin, and none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fal-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'in.json'), '{"from":"file"}');
    const runs = await Promise.all([
      fal(at('run', 'acme/bird', `@${join(folder, 'in.json')}`)),
      fal(at('run', 'acme/bird', '-'), { stdin: '{"from":\n"stdin"}' }),
      fal(at('run', 'acme/bird')),
    ]);
    expect(runs.map(({ lines }) => dig(lines[0], 'data', 'echo'))).toEqual([
      { from: 'file' },
      { from: 'stdin' },
      {},
    ]);
  });

  test('submit, then status, result and cancel by its id, and subscribe to it', async () => {
    const sent = await fal(at('submit', 'acme/bird', '{"a":1}', '--priority', 'low'));
    expect(types(sent)).toEqual(['status', 'result']);
    const requestId = String(dig(sent.lines[1], 'requestId'));
    expect(dig(sent.lines[1], 'data', 'request_id')).toBe(requestId);
    const by = ['--request-id', requestId];
    const followed = await fal(at('subscribe', 'acme/bird', ...by, '--mode', 'poll', '--logs'));
    expect(followed.lines.at(-1)).toEqual({ type: 'result', requestId, data: { echo: { a: 1 } } });
    const [status, result, cancel] = await Promise.all([
      fal(at('status', 'acme/bird', ...by, '--logs')),
      fal(at('result', 'acme/bird', ...by)),
      fal(at('cancel', 'acme/bird', ...by)),
    ]);
    expect(types(status)).toEqual(['status', 'log', 'log', 'result']);
    expect(status.lines[0]).toMatchObject({ status: 'COMPLETED', requestId });
    expect(result.lines).toEqual([{ type: 'result', requestId, data: { echo: { a: 1 } } }]);
    expect(cancel.lines).toEqual([{ type: 'result', requestId, data: { status: 'ALREADY_COMPLETED' } }]);
  });

  test('subscribe', async () => {
    const told = await fal(at('subscribe', 'acme/bird', '{"a":1}', '--logs'));
    expect(told.code).toBe(0);
    expect(told.lines[0]).toMatchObject({ type: 'status', status: 'IN_QUEUE' });
    expect(told.lines).toContainEqual(
      expect.objectContaining({ type: 'log', message: 'two', level: 'INFO' }),
    );
    expect(told.lines).toContainEqual(expect.objectContaining({ type: 'status', status: 'COMPLETED' }));
    expect(told.lines.at(-1)).toMatchObject({ type: 'result', data: { echo: { a: 1 } } });
  });

  test('stream', async () => {
    expect(await fal(at('stream', 'acme/teller', '{}'))).toMatchObject({
      code: 0,
      lines: [
        { type: 'data', data: { p: 1, text: 'Grüße' } },
        { type: 'data', data: { p: 2 } },
        { type: 'result', requestId: expect.stringMatching(/.+/), data: { p: 2 } },
      ],
    });
  });

  test.each([['token'], ['header']])(
    'realtime with a %s: every line of stdin, bytes by their hash',
    async (auth) => {
      const told = await fal(at('realtime', 'acme/echo/realtime', '--auth', auth), {
        stdin: '{"n":1}\n{"n":2}\n\n{"n":3}\n',
      });
      const bytes = { $bytes: 3, sha256: createHash('sha256').update(BYTES).digest('hex') };
      const answers = [1, 2, 3].map((n) => ({ type: 'data', data: { echo: { n }, bytes } }));
      expect(told).toEqual({
        code: 0,
        lines: [...answers, { type: 'result', requestId: null, data: answers[2]?.data }],
        errors: [],
      });
    },
  );

  test('realtime as the model’s document has it, and as the person has it', async () => {
    const lines = [
      { type: 'data', data: { sum: 6 } },
      { type: 'result', requestId: null, data: { sum: 6 } },
    ];
    const stdin = '{"n":1}\n{"n":2}\n{"n":3}\n';
    const [told, said, wrong] = await Promise.all([
      fal(at('realtime', 'acme/sum'), { stdin }),
      fal(at('realtime', 'acme/sum', '--live-mode', 'client_streaming'), { stdin }),
      fal(at('realtime', 'acme/sum', '--live-mode', 'upwards'), { stdin }),
    ]);
    expect([told, said]).toMatchObject([
      { code: 0, lines },
      { code: 0, lines },
    ]);
    expect(dig(wrong.errors[0], 'error', 'detail')).toContain('--live-mode is one of unary');
  });

  test('schema, price, models and upload', async () => {
    const [schema, price, cost, models, upload] = await Promise.all([
      fal(at('schema', 'acme/bird')),
      fal(at('price', 'acme/bird')),
      fal(at('price', 'acme/bird', '--units', '2.5')),
      fal(at('models', 'bird')),
      fal(at('upload', SCRIPT)),
    ]);
    expect(schema.lines).toMatchObject([{ type: 'result', data: { openapi: '3.0.4' } }]);
    expect(price.lines).toMatchObject([{ type: 'result', data: { unit_price: 0.5, unit: 'images' } }]);
    expect(cost.lines).toMatchObject([{ type: 'result', data: { total_cost: 1.25, currency: 'USD' } }]);
    expect(models.lines).toMatchObject([{ type: 'result', data: [{ endpoint_id: 'acme/bird' }] }]);
    const url = String(dig(upload.lines[0], 'data'));
    expect(await (await fetch(url)).text()).toContain('The client from a shell');
  });

  test('every option reaches fal', async () => {
    const recorder = await serve((response, { method }) => {
      if (method === 'GET') json(response, 200, recorder.hosts);
      else json(response, 200, { request_id: 'r-1' });
    });
    await fal(
      `submit acme/bird {} --path turbo --priority low --hint h --start-timeout 30 --header X-Team=a=b
       --header authorization=x --webhook https://me.example/h --max-queue-length 3 --store-io off --no-retry
       --retry-config {"timeout":{"retries":0}}
       --no-fallback --keep-files 1d --hosts ${recorder.url}`.split(/\s+/),
    );
    expect(recorder.seen.at(-1)).toMatchObject({
      url: '/queue/acme/bird/turbo?fal_webhook=https%3A%2F%2Fme.example%2Fh&fal_max_queue_length=3',
      headers: {
        authorization: 'Key demo:demo',
        'x-team': 'a=b',
        'x-fal-queue-priority': 'low',
        'x-fal-runner-hint': 'h',
        'x-fal-request-timeout': '30',
        'x-fal-store-io': '0',
        'x-fal-no-retry': '1',
        'x-fal-retry-config': '{"timeout":{"retries":0}}',
        'x-app-fal-disable-fallback': 'true',
        'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":86400}',
      },
    });
  });
});

describe('verify-webhook', () => {
  /** What comes to an address on this computer, as it comes over the wire: the answer is all that is not there. */
  async function delivered(): Promise<{ readonly raw: string; readonly file: string }> {
    const came = Promise.withResolvers<string>();
    const listener = createServer((socket) => {
      let raw = '';
      socket.setEncoding('latin1').on('data', (text: string) => {
        raw += text;
        if (!raw.endsWith('}')) return;
        came.resolve(raw);
        socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void listener.close());
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const hook = `http://127.0.0.1:${address.port}/hook`;
    await fal(at('submit', 'acme/bird', '{"text":"Grüße"}', '--webhook', hook));
    const folder = mkdtempSync(join(tmpdir(), 'fal-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const raw = await came.promise;
    writeFileSync(join(folder, 'saved'), raw, 'latin1');
    return { raw, file: join(folder, 'saved') };
  }

  test('a delivery that the server signed; the same with a byte changed, and with an hour in between', async () => {
    const { raw, file } = await delivered();
    const forged = `${file}-forged`;
    writeFileSync(forged, raw.replace('"OK"', '"KO"'), 'latin1');
    const [good, bad, late] = await Promise.all([
      fal(at('verify-webhook', file), { key: null }),
      fal(at('verify-webhook', forged)),
      fal(at('verify-webhook', file, '--at', new Date(Date.now() + 3.6e6).toISOString())),
    ]);
    expect(good).toMatchObject({
      code: 0,
      lines: [{ type: 'result', data: { verified: true, body: { payload: { echo: { text: 'Grüße' } } } } }],
    });
    expect(dig(good.lines[0], 'requestId')).toBe(dig(good.lines[0], 'data', 'body', 'request_id'));
    expect(bad).toMatchObject({ code: 1, errors: [{ error: { title: 'The signature is not fal’s' } }] });
    expect(late).toMatchObject({
      code: 1,
      errors: [{ error: { kind: 'input', hint: expect.stringContaining('wrong by an hour') } }],
    });
  });
});

describe('an error is one line on stderr and exit code 1', () => {
  test.each<[string, string[], object]>([
    ['a model that is not there', ['run', 'acme/nope'], { kind: 'not_found' }],
    ['an input the model refuses', ['run', 'acme/failing'], { kind: 'validation', detail: 'Too long' }],
    [
      'a model that has no stream',
      ['stream', 'acme/bird'],
      { kind: 'not_found', detail: 'Path /stream not found' },
    ],
    ['a live model that is none', ['realtime', 'acme/bird'], { kind: 'not_found' }],
    ['an address that looks like fal’s', ['run', 'https://evilfal.run/acme/bird'], { kind: 'input' }],
    ['an input that is no JSON', ['run', 'acme/bird', '{'], { kind: 'input' }],
    ['a delivery that is not there', ['verify-webhook', '/nowhere'], { kind: 'storage' }],
    ['an option out of its range', ['submit', 'acme/bird', '--start-timeout', '1'], { kind: 'input' }],
  ])('%s', async (_name, args, error) => {
    const told = await fal(at(...args), { stdin: '{"n":1}\n', open: true });
    expect(told).toMatchObject({ code: 1, errors: [{ type: 'error', error }] });
    expect(told.errors).toHaveLength(1);
    expect(types(told)).not.toContain('result');
  });

  test('a subscription tells its states before', async () => {
    const told = await fal(at('subscribe', 'acme/failing'));
    expect(told).toMatchObject({ code: 1, errors: [{ error: { kind: 'validation', detail: 'Too long' } }] });
    expect(told.lines.at(-1)).toMatchObject({ status: 'COMPLETED', error: expect.any(String) });
  });

  test('no key, a wrong one, and a server that is none', async () => {
    const [none, wrong, nobody] = await Promise.all([
      fal(at('run', 'acme/bird'), { key: null }),
      fal(at('run', 'acme/bird'), { key: 'a:b' }),
      fal(['run', 'acme/bird', '--hosts', 'http://127.0.0.1:1']),
    ]);
    expect(dig(none.errors[0], 'error', 'detail')).toContain('Authentication is required');
    expect(dig(wrong.errors[0], 'error', 'detail')).toContain('Invalid authentication');
    expect(dig(nobody.errors[0], 'error', 'kind')).toBe('network');
  });

  test('time-outs: of a stream that stalls, of a request that does not end', async () => {
    const slow = await startFal({ extraModels: MODELS, faults: ['hold:running'] });
    const stalled = await serve((response, { method }) => {
      if (method === 'GET') return json(response, 200, stalled.hosts);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    const [stream, subscribe] = await Promise.all([
      fal(['stream', 'acme/teller', '--stall-timeout', '0.5', '--hosts', stalled.url]),
      fal(['subscribe', 'acme/bird', '--timeout', '2', '--hosts', slow.url]),
    ]);
    expect(stream).toMatchObject({
      code: 1,
      lines: [{ type: 'data', data: 1 }],
      errors: [{ error: { kind: 'timeout', title: 'The stream went silent' } }],
    });
    expect(subscribe).toMatchObject({
      code: 1,
      errors: [{ error: { kind: 'timeout', detail: expect.stringContaining('It was cancelled') } }],
    });
  });

  test('Ctrl-C ends a subscription, and says that the request goes on', async () => {
    const slow = await startFal({ extraModels: MODELS, faults: ['hold:running'] });
    const env = { ...process.env, FAL_KEY: 'demo:demo' };
    const child = spawn(process.execPath, [SCRIPT, 'subscribe', 'acme/bird', '--hosts', slow.url], { env });
    let err = '';
    child.stderr.on('data', (text) => (err += String(text)));
    for await (const line of createInterface(child.stdout))
      if (line.includes('IN_PROGRESS')) child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(1);
    expect(err).toContain('"kind":"cancelled"');
    expect(err).toContain('goes on at fal');
  });

  test('Ctrl-C ends a wait for the input', async () => {
    const env = { ...process.env, FAL_KEY: 'demo:demo' };
    const recorder = await serve((response) => {
      json(response, 200, recorder.hosts);
      setImmediate(() => child.kill('SIGINT'));
    });
    const child = spawn(process.execPath, [SCRIPT, 'run', 'acme/bird', '-', '--hosts', recorder.url], {
      env,
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
