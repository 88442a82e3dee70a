import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import type { Method } from '../../shared/runs/asked.ts';
import type { RunState } from '../../shared/runs/run.ts';
import { CALL_DROPPED } from '../../shared/runs/transitions.ts';
import { refusal, model, serve, startFal, value } from '../fal/fal.fixture.ts';
import { aRun, tempDir } from '../history/history.fixture.ts';
import { stage } from './runs.fixture.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const INLINE = `data:image/png;base64,${PNG}`;
const calls: readonly Method[] = ['direct', 'stream'];

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const open = (response: ServerResponse, headers: Readonly<Record<string, string>> = {}): ServerResponse =>
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'x-fal-request-id': 'r-1',
    ...headers,
  });

describe('a direct call', () => {
  test('is answered when the model is done, passes its states, and ends with its files here', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts);
    const { id } = value(
      await on.service.start(
        'demo/hillside',
        { prompt: 'a lake', seed: 1 },
        { method: 'direct', options: { hint: 'h' } },
      ),
    );
    const run = await on.over(id);
    expect(on.story(id)).toEqual(['submitting', 'running', 'saving', 'succeeded']);
    expect(run).toMatchObject({ method: 'direct', options: { hint: 'h' }, media: [{ kind: 'stored' }] });
    expect(run.times).toMatchObject({ started: expect.any(Number), queued: null, ended: expect.any(Number) });
    for (const { run: told, onDisk } of on.told) expect(onDisk).toBe(told.state.kind);
    const posts = fal.requests().filter(({ method }) => method === 'POST');
    expect(posts.map(({ path }) => path)).toEqual(['/run/demo/hillside']);
  });

  test('that answers with a file has it as a file', async () => {
    const server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from(PNG, 'base64')),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'direct' }));
    const run = await on.over(id);
    const [file] = run.media;
    expect(file).toMatchObject({ kind: 'stored', medium: 'image', contentType: 'image/png' });
    expect(run.output).toEqual({
      file: { url: `media:${file?.kind === 'stored' ? file.sha256 : ''}`, content_type: 'image/png' },
    });
  });

  test('that is refused says so in fal’s words', async () => {
    const fal = await startFal({
      extraModels: [
        model('acme/bird', () => {
          throw refusal(422, { detail: [{ loc: ['body', 'seed'], msg: 'Too small', type: 'x' }] });
        }),
      ],
    });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'direct' }));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'failed',
      error: { kind: 'validation', fields: [{ msg: 'Too small' }] },
    });
  });
});

describe('a stream', () => {
  test('shows what it has brought so far, and its last event is the output', async () => {
    const server = await serve((response) => {
      open(response).write(event({ image: { url: INLINE } }));
      response.end(event({ image: { url: INLINE }, seed: 5 }));
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    const run = await on.over(id);
    expect(on.story(id)).toEqual(['submitting', 'running', 'saving', 'succeeded']);
    expect(run.requestId).toBe('r-1');
    const [picture] = run.media;
    if (picture?.kind !== 'stored') throw new Error('not stored');
    const image = { url: `media:${picture.sha256}` };
    expect(run.output).toEqual({ image, seed: 5 });
    expect(on.partials.at(-1)).toMatchObject({ id, output: { image, seed: 5 }, media: [{ kind: 'stored' }] });
    expect(on.partials.map(({ n }) => n)).toEqual(on.partials.map((_, i) => i + 1));
    expect(JSON.stringify(on.partials)).not.toContain(PNG);
  });

  test('a text in pieces is put together, whole in every character, and told far less often than it comes', async () => {
    const words = Array.from({ length: 300 }, (_, i) => `wört${i} 世界 🦩 `);
    const server = await serve(async (response) => {
      open(response);
      const bytes = Buffer.from(words.map((word) => event({ text: word })).join(''));
      for (let at = 0; at < bytes.length; at += 7)
        await new Promise<void>((sent) => void response.write(bytes.subarray(at, at + 7), () => sent()));
      response.end();
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    expect((await on.over(id)).output).toEqual({ text: words.join('') });
    expect(on.partials.at(-1)?.output).toEqual({ text: words.join('') });
    expect(on.partials.length).toBeLessThan(words.length);
    for (const { output } of on.partials) expect(JSON.stringify(output)).not.toContain('\uFFFD');
    expect(on.story(id)).toEqual(['submitting', 'running', 'succeeded']);
  });

  test('the first word is told when it is here', async () => {
    let response: ServerResponse | undefined;
    const server = await serve((answer) => {
      response = open(answer);
      response.write(event({ text: 'A' }));
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    await vi.waitUntil(() => on.partials.length === 1);
    expect(on.partials).toEqual([{ id, n: 1, output: { text: 'A' }, media: [] }]);
    expect((await on.history.run(id))?.output).toBeNull();
    response?.end();
    expect((await on.over(id)).output).toEqual({ text: 'A' });
  });

  test('what went wrong in its midst is a failure in the model’s words', async () => {
    const server = await serve((response) =>
      open(response).end(event({ p: 1 }) + event({ error: { type: 'x' }, detail: 'No memory' })),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'failed',
      error: { kind: 'model', detail: 'No memory', requestId: 'r-1' },
    });
  });

  test('that ends badly keeps what it had brought', async () => {
    const server = await serve((response) =>
      open(response).end(
        [{ text: 'Hel' }, { text: 'lo' }, { error: 'No memory' }].map(event).join('') + 'data: [DONE]\n\n',
      ),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    const run = await on.over(id);
    expect(run).toMatchObject({
      state: { kind: 'failed', error: { detail: 'No memory' } },
      output: { text: 'Hello' },
    });
    expect(await on.history.run(id)).toMatchObject({ output: { text: 'Hello' } });
  });

  test.each(['cancelled', 'lost'] as const)('that is %s keeps its last picture', async (end) => {
    const sent = Promise.withResolvers<() => void>();
    const server = await serve((response, _request, message) => {
      open(response).write(event({ image: { url: INLINE } }));
      sent.resolve(() => message.socket.destroy());
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    const cut = await sent.promise;
    await vi.waitUntil(() => on.partials.length === 1);
    if (end === 'lost') cut();
    else await on.service.cancel(id);
    const run = await on.over(id);
    const [picture] = run.media;
    expect(run.state.kind).toBe(end);
    expect(picture).toMatchObject({ kind: 'stored', medium: 'image' });
    expect(run.output).toEqual({
      image: { url: `media:${picture?.kind === 'stored' ? picture.sha256 : ''}` },
    });
  });

  test('with a huge event does not tell it', async () => {
    const server = await serve((response) => {
      open(response).write(event({ mask: 'x'.repeat(5 * 2 ** 20), image: { url: INLINE } }));
      response.write(event({ mask: 'x'.repeat(5 * 2 ** 20) }));
      response.end(event({ text: 'Done' }));
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    await on.over(id);
    expect(on.partials.map(({ output }) => output)).toEqual([{ text: 'Done' }]);
  });

  test('whose last preview still loads has its result written at once', async () => {
    const asked = Promise.withResolvers<void>();
    const slow = await serve(() => asked.resolve());
    const preview = { image: { url: `${slow.url}/preview.png` } };
    const server = await serve(async (response) => {
      open(response).write(event(preview));
      await asked.promise;
      response.end(event({ text: 'Done' }));
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    expect(await on.over(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { text: 'Done' } });
  });

  test('bytes in place of events are a file', async () => {
    const server = await serve((response) => {
      const bytes = Buffer.from(PNG, 'base64');
      open(response, { 'content-type': 'image/png' }).write(bytes.subarray(0, 20));
      response.end(bytes.subarray(20));
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'stream' }));
    expect((await on.over(id)).media).toMatchObject([
      { kind: 'stored', contentType: 'image/png', bytes: Buffer.from(PNG, 'base64').byteLength },
    ]);
  });
});

describe.each(calls)('%s: what is cut off', (method) => {
  test('by a cancel drops the connection, and may be billed', async () => {
    const dropped = Promise.withResolvers<void>();
    const server = await serve((response) => {
      if (method === 'stream') open(response).write(event({ text: 'A' }));
      response.once('close', () => dropped.resolve());
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method }));
    await on.until(id, ({ state }) => state.kind === 'running');
    await vi.waitUntil(() => server.seen.length === 1);
    await Promise.all([on.service.cancel(id), on.service.cancel(id)]);
    await dropped.promise;
    expect((await on.over(id)).state).toEqual({ kind: 'cancelled', word: CALL_DROPPED });
    expect(server.seen).toHaveLength(1);
  });

  test('by the network is lost, may be billed, and is not sent again', async () => {
    const server = await serve((response, _request, message) => {
      if (method === 'stream') open(response).write(event({ text: 'A' }), () => message.socket.destroy());
      else message.socket.destroy();
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method }));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'lost',
      error: { kind: 'lost', hint: expect.stringContaining('be billed') },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('a recheck leaves it alone', async () => {
    const answers: ServerResponse[] = [];
    const server = await serve((response) => void answers.push(response));
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method }));
    await vi.waitUntil(() => server.seen.length === 1);
    await on.service.recheck();
    for (const response of answers)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}');
    expect(await on.over(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { a: 1 } });
    expect(server.seen).toHaveLength(1);
  });

  test('by the end of the program is lost at the next start, and nothing is sent', async () => {
    const dir = await tempDir();
    const server = await serve((response) => void response.flushHeaders());
    const before = await stage(server.hosts, { dir });
    const { id } = value(await before.service.start('acme/bird', {}, { method }));
    await vi.waitUntil(() => server.seen.length === 1);
    before.service.close();
    const on = await stage(server.hosts, { dir });
    await on.service.recover();
    expect((await on.over(id)).state).toMatchObject({
      kind: 'lost',
      error: { kind: 'lost', hint: expect.stringContaining('be billed') },
    });
    expect(server.seen).toHaveLength(1);
    expect(on.service.live()).toEqual([]);
  });

  test.each<[RunState]>([[{ kind: 'submitting' }], [{ kind: 'running', trouble: null }]])(
    'a row in %o is lost, with a request id too: it was never in the queue',
    async (state) => {
      const fal = await startFal();
      const on = await stage(fal.hosts);
      await on.history.putRun(aRun(1, { method, state, requestId: 'r-1' }));
      await on.service.recover();
      expect((await on.over(1)).state).toMatchObject({ kind: 'lost', error: { requestId: 'r-1' } });
      expect(fal.requests()).toEqual([]);
    },
  );
});

describe('what is billed (fal-protocol §9.2)', () => {
  const units = { 'x-fal-billable-units': '2.5' };
  test.each(['queue', ...calls] as const)('is read from the answer to a %s', async (method) => {
    const server = await serve((response, { method: verb, url }) => {
      if (method === 'stream') return void open(response, units).end(event({ a: 1 }));
      const said = (body: unknown, headers = {}) =>
        response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
      if (method === 'direct') return void said({ a: 1 }, units);
      if (verb === 'POST') return void said({ request_id: 'r-1' });
      if (url.includes('/status')) return void said({ status: 'COMPLETED' });
      said({ a: 1 }, units);
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method }));
    expect(await on.over(id)).toMatchObject({
      state: { kind: 'succeeded' },
      money: { estimate: null, price: null, billableUnits: 2.5 },
    });
    expect(await on.history.run(id)).toMatchObject({ money: { billableUnits: 2.5 } });
  });

  test.each(['1e300', 'Infinity', '-1', 'many'])('is not known where it says %s', async (said) => {
    const server = await serve((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-fal-billable-units': said })
        .end('{"a":1}'),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'direct' }));
    expect((await on.over(id)).money.billableUnits).toBeNull();
  });

  test('of a refused call it is what fal says as well', async () => {
    const server = await serve((response) =>
      response
        .writeHead(422, { 'content-type': 'application/json', 'x-fal-billable-units': '0' })
        .end('{"detail":"no"}'),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'direct' }));
    expect((await on.over(id)).money.billableUnits).toBe(0);
  });
});
