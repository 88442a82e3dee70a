import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import {
  connectionTo,
  deadAddress,
  hostsAt,
  json,
  model,
  refusal,
  serve,
  startFal,
  value,
} from '../fal/fal.fixture.ts';
import { SMALL, stage } from './runs.fixture.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a run that goes well', () => {
  test('passes every state, each in the database before it is told, and ends with its files here', async () => {
    const fal = await startFal({ faults: ['hold:queued'] });
    const on = await stage(fal.hosts);
    const started = value(await on.service.start('demo/hillside', SMALL));
    expect(started).toMatchObject({ state: { kind: 'submitting' }, input: SMALL, requestId: null });
    await on.until(started.id, (run) => run.state.kind === 'queued' && run.requestId !== null);
    fal.setFaults([]);
    const run = await on.over(started.id);
    expect(on.story(run.id)).toEqual(['submitting', 'queued', 'running', 'fetching', 'saving', 'succeeded']);
    for (const { run: told, onDisk } of on.told) expect(onDisk).toBe(told.state.kind);
    expect(await on.history.run(run.id)).toEqual(run);

    expect(run.output).toMatchObject({ seed: 1, prompt: 'a lake' });
    const [picture] = run.media;
    if (picture?.kind !== 'stored') throw new Error('not copied');
    expect(picture).toMatchObject({
      path: ['images', 0],
      medium: 'image',
      contentType: 'image/png',
      width: 64,
      height: 64,
      url: expect.stringContaining('/cdn/files/'),
    });
    const bytes = await readFile(on.store.pathOf(picture.sha256));
    expect(bytes.byteLength).toBe(picture.bytes);
    expect(await on.history.file(picture.sha256)).toMatchObject({ contentType: 'image/png' });

    const { created, queued, started: begun, ended, inferenceSeconds } = run.times;
    expect([created, queued, begun, ended]).toEqual([created, queued, begun, ended].toSorted());
    expect(inferenceSeconds).toBeTypeOf('number');
    expect(on.lines).toEqual((await on.history.logs(run.id)).map((entry) => entry.message));
    expect(on.lines.length).toBeGreaterThan(2);
    expect(on.notices).toEqual([]);
    const downloads = fal.requests().filter((request) => request.path.startsWith('/cdn/'));
    expect(downloads).toMatchObject([{ authorization: 'none', status: 200 }]);
  });

  test('a disk that takes its time holds up no result: it is asked for meanwhile', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', () => ({ n: 1 }))] });
    const written = Promise.withResolvers<void>();
    const on = await stage(fal.hosts, {
      wrap: (history) => ({
        ...history,
        putRun: async (run) => {
          if (run.state.kind === 'fetching') await written.promise;
          return history.putRun(run);
        },
      }),
    });
    const { id } = value(await on.service.start('acme/bird', {}));
    await vi.waitUntil(() =>
      fal.requests().some(({ method, path }) => method === 'GET' && /requests\/[\w-]+$/.test(path)),
    );
    expect(on.story(id)).not.toContain('fetching');
    written.resolve();
    expect(await on.over(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { n: 1 } });
    expect(fal.requests().filter(({ path }) => /requests\/[\w-]+$/.test(path))).toHaveLength(1);
  });

  test('a picture inside the output is taken out of it, wherever it stands', async () => {
    const inline = `data:image/png;base64,${PNG}`;
    const fal = await startFal({
      extraModels: [
        model('acme/bird', () => ({
          images: [{ url: inline, content_type: 'image/png' }],
          again: inline,
          frame: { content: PNG, content_type: 'image/png' },
          seed: 5,
        })),
      ],
    });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    const run = await on.over(id);
    const [picture] = run.media;
    if (picture?.kind !== 'stored') throw new Error('not stored');
    const named = `media:${picture.sha256}`;
    expect(run.output).toEqual({
      images: [{ url: named, content_type: 'image/png' }],
      again: named,
      frame: { content: named, content_type: 'image/png' },
      seed: 5,
    });
    expect(picture.url).toBe('');
    expect(JSON.stringify(await on.history.run(id))).not.toContain(PNG);
  });

  test('a seed beyond 2^53 keeps its digits there and back', async () => {
    const fal = await startFal({
      extraModels: [model('acme/bird', (_input, context) => ({ echo: context.bodyText, seed: 2n ** 63n }))],
    });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', { seed: 12345678901234567890n }));
    await on.over(id);
    expect(await on.history.run(id)).toMatchObject({
      input: { seed: 12345678901234567890n },
      output: { echo: '{"seed":12345678901234567890}', seed: 2n ** 63n },
    });
  });

  test.each([['stream-drop'], ['no-status-stream'], ['back-to-queue'], ['submit-503']])(
    'in spite of %s',
    async (fault) => {
      const fal = await startFal({
        faults: [fault],
        extraModels: [model('acme/bird', () => ({ ok: true }))],
      });
      const on = await stage(fal.hosts);
      const { id } = value(await on.service.start('acme/bird', {}));
      expect((await on.over(id)).state).toEqual({ kind: 'succeeded' });
      expect(on.lines).toEqual(['one', 'two']);
      const posts = fal.requests().filter((request) => request.method === 'POST');
      expect(posts.map((request) => request.status)).toEqual(fault === 'submit-503' ? [503, 200] : [200]);
    },
  );
});

describe('a run that fails', () => {
  test('on its input says where', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('demo/hillside', { prompt: 5 }));
    const run = await on.over(id);
    expect(run.state).toMatchObject({
      kind: 'failed',
      error: { kind: 'validation', fields: [{ loc: ['body', 'prompt'] }], requestId: run.requestId },
    });
    expect(run.times.ended).not.toBeNull();
  });

  test('as COMPLETED with an error is not taken for a success', async () => {
    const fal = await startFal({ faults: ['completed-error'] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'failed',
      error: { kind: 'request', detail: 'The runner crashed: CUDA out of memory' },
    });
  });

  test.each([
    [401, 'request'],
    [403, 'request'],
    [404, 'request'],
    [429, 'model'],
    [503, 'model'],
  ])('with an app’s own %i ends as its failure, and is not asked for ever', async (status, kind) => {
    const failing = model('acme/bird', () => {
      throw refusal(status, { detail: 'In the app’s own words' });
    });
    const fal = await startFal({ extraModels: [failing] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    // Not "the key", not "unknown": it was the app that said so.
    expect((await on.over(id)).state).toMatchObject({ kind: 'failed', error: { kind } });
    const results = fal.requests().filter((request) => /requests\/[^/]+$/.test(request.path));
    expect(results).toHaveLength(1);
  });

  test('as COMPLETED with an error stays a failure even where a result can be read', async () => {
    const server = await serve((response, { method, url }) => {
      if (method === 'POST') json(response, 200, { request_id: 'r-1' });
      else if (url.endsWith('/status?logs=1'))
        json(response, 200, { status: 'COMPLETED', error: 'Half a picture', error_type: 'x' });
      else if (url.endsWith('r-1')) json(response, 200, { images: [] });
      else json(response, 404, {});
    });
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'failed',
      error: { detail: 'Half a picture (x)', requestId: 'r-1' },
    });
  });

  test('because fal does not know the model', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/nobody', {}));
    expect((await on.over(id)).state).toMatchObject({ kind: 'failed', error: { kind: 'not_found' } });
  });

  test('because nobody is there: nothing was sent', async () => {
    const on = await stage(hostsAt(await deadAddress()));
    const { id } = value(await on.service.start('acme/bird', {}));
    expect((await on.over(id)).state).toMatchObject({ kind: 'failed', error: { kind: 'network' } });
  });
});

describe('a file that cannot be copied', () => {
  test('stays at its address with the reason, and is fetched later', async () => {
    const fal = await startFal({ faults: ['drop-mid-body:always'] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    const run = await on.over(id);
    expect(run).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'remote', path: ['images', 0], error: { kind: 'network' }, medium: 'image' }],
    });
    expect(await on.service.fetchMedia(id)).toMatchObject({ ok: false, error: { kind: 'network' } });
    fal.setFaults([]);
    expect(await on.service.fetchMedia(id)).toEqual(ok(null));
    expect(await on.history.run(id)).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'stored', path: ['images', 0], contentType: 'image/png' }],
    });
    expect(on.told.at(-1)?.run.media).toMatchObject([{ kind: 'stored' }]);
  });

  test('on this computer’s own address only where the profile may', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts, { isOwnAddress: () => false });
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    expect(await on.over(id)).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'remote', error: { kind: 'protocol' } }],
    });
  });

  test('because it cannot be written down', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts, {
      wrap: (history) => ({ ...history, putFile: () => Promise.reject(new Error('no room')) }),
    });
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    expect(await on.over(id)).toMatchObject({
      state: { kind: 'succeeded' },
      media: [{ kind: 'remote', error: { kind: 'storage', detail: 'no room' } }],
    });
  });

  test('of a run that is still under way is left to that run', async () => {
    const fal = await startFal({ faults: ['hold:running'] });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('demo/hillside', SMALL));
    await on.until(id, (run) => run.state.kind === 'running');
    const before = on.told.length;
    expect(await on.service.fetchMedia(id)).toEqual(ok(null));
    expect(on.told).toHaveLength(before);
    expect(await on.service.fetchMedia(404)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  });
});

describe('nothing is sent', () => {
  test('without a key, with something that is no model id, or without a connection', async () => {
    const fal = await startFal();
    const connection = connectionTo(fal.hosts, { credentials: () => null });
    const on = await stage(fal.hosts, { connection: () => Promise.resolve(ok(connection)) });
    expect(await on.service.start('demo/hillside', SMALL)).toMatchObject({ error: { kind: 'auth' } });
    expect(await on.service.start('https://evil.example/x', SMALL)).toMatchObject({
      error: { kind: 'input' },
    });
    const away = await stage(fal.hosts, {
      connection: () => Promise.resolve(fail(appError('network', 'Away'))),
    });
    expect(await away.service.start('demo/hillside', SMALL)).toMatchObject({ error: { title: 'Away' } });
    for (const { told, history } of [on, away]) {
      expect(told).toEqual([]);
      expect((await history.page({ before: null, limit: 1, endpointId: null })).runs).toEqual([]);
    }
    expect(fal.requests()).toEqual([]);
  });

  test('that could not be written down first', async () => {
    const fal = await startFal();
    const on = await stage(fal.hosts, {
      wrap: (history) => ({
        ...history,
        putRun: () => Promise.reject(new Error('database or disk is full')),
      }),
    });
    expect(await on.service.start('demo/hillside', SMALL)).toMatchObject({
      ok: false,
      error: { kind: 'storage', detail: 'database or disk is full' },
    });
    expect(on.told).toEqual([]);
    expect(fal.requests()).toEqual([]);
  });
});

test('a disk that fills up later does not stop the run, and the person is told', async () => {
  const fal = await startFal({ extraModels: [model('acme/bird', () => ({ ok: true }))] });
  let writes = 0;
  const on = await stage(fal.hosts, {
    wrap: (history) => ({
      ...history,
      putRun: (run) => {
        writes += 1;
        return writes === 1 ? history.putRun(run) : Promise.reject(new Error('full'));
      },
    }),
  });
  const { id } = value(await on.service.start('acme/bird', {}));
  expect((await on.over(id)).output).toEqual({ ok: true });
  expect(on.notices[0]).toContain('full');
  // What is on disk still leads back to it.
  expect(await on.history.run(id)).toMatchObject({ state: { kind: 'submitting' } });
});
