import { rm } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { fail } from '../../shared/result.ts';
import type { TestFal } from '../../test/local-fal/index.ts';
import { deadAddress, hostsAt, json, model, serve, startFal, value } from '../fal/fal.fixture.ts';
import type { TinyServer } from '../fal/fal.fixture.ts';
import { aRun } from '../history/history.fixture.ts';
import { stage } from './runs.fixture.ts';
import type { Stage } from './runs.fixture.ts';

const BYTES = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

interface Begun {
  readonly fal: TestFal;
  readonly on: Stage;
  /** What the model was given, in order. */
  readonly seen: unknown[];
  readonly reference: string;
}

/** A model that keeps what it is given, and a file of the person's own in the store. */
async function begin(faults: readonly string[] = []): Promise<Begun> {
  const seen: unknown[] = [];
  const look = (input: unknown) => {
    seen.push(input);
    return { ok: true };
  };
  const fal = await startFal({ faults, extraModels: [model('acme/bird', look)] });
  const on = await stage(fal.hosts);
  const { sha256 } = value(await on.files.add({ bytes: BYTES, fileName: 'wren.png' }));
  return { fal, on, seen, reference: mediaReference(sha256) };
}

const count = (fal: TestFal, method: string, path: RegExp): number =>
  fal.requests().filter((request) => request.method === method && path.test(request.path)).length;
const submits = (fal: TestFal): number => count(fal, 'POST', /^\/queue\//);
const puts = (fal: TestFal): number => count(fal, 'PUT', /^\/cdn\/upload\//);
const textIn = (input: unknown, key: string): string => {
  const text: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
  return typeof text === 'string' ? text : '';
};

test('the model gets the file’s address and can read it there; the row keeps the file’s own name', async () => {
  const { fal, on, seen, reference } = await begin();
  const input = { prompt: 'a wren', image_url: reference, mask: { url: reference } };
  const started = value(await on.service.start('acme/bird', input));
  expect(started.state).toEqual({ kind: 'uploading', done: 0, total: 1 });
  const run = await on.over(started.id);
  expect(on.story(run.id).slice(0, 2)).toEqual(['uploading', 'submitting']);
  expect(on.told.filter(({ run: { state }, onDisk }) => state.kind !== onDisk)).toEqual([]);
  expect(run.input).toEqual(input);
  expect((await on.history.run(run.id))?.input).toEqual(input);
  const url = textIn(seen[0], 'image_url');
  expect(seen).toEqual([{ prompt: 'a wren', image_url: url, mask: { url } }]);
  const got = await fetch(url);
  expect([got.headers.get('content-type'), Buffer.from(await got.arrayBuffer())]).toEqual([
    'image/png',
    BYTES,
  ]);
  expect([puts(fal), submits(fal)]).toEqual([1, 1]);
});

test('a request without files is sent at once', async () => {
  const { fal, on } = await begin();
  const started = value(await on.service.start('acme/bird', { prompt: 'the words media:abc' }));
  expect(started.state.kind).toBe('submitting');
  await on.over(started.id);
  expect(puts(fal)).toBe(0);
});

describe('what ends in words, with nothing sent', () => {
  const nothingSent = /^Nothing was sent to the model and nothing is paid/;

  test('a file that is not here any more', async () => {
    const { fal, on, reference } = await begin();
    await rm(on.store.pathOf(reference.slice('media:'.length)));
    const { id } = value(await on.service.start('acme/bird', { image_url: reference }));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'failed',
      error: {
        kind: 'input',
        title: expect.stringContaining('not on this computer'),
        hint: nothingSentText(),
      },
    });
    expect(fal.requests()).toEqual([]);
    expect(on.story(id)).toEqual(['uploading', 'failed']);
  });

  test('a storage that cannot be reached', async () => {
    const on = await stage(hostsAt(await deadAddress()));
    const { sha256 } = value(await on.files.add({ bytes: BYTES, fileName: 'wren.png' }));
    const { id } = value(await on.service.start('acme/bird', { image_url: mediaReference(sha256) }));
    const { state, times } = await on.over(id);
    expect(state).toMatchObject({ kind: 'failed', error: { kind: 'network', hint: nothingSentText() } });
    expect(times.ended).not.toBeNull();
  });

  function nothingSentText(): unknown {
    return expect.stringMatching(nothingSent);
  }
});

test('cancelled on the way it is over at once, and nothing is sent, not even after the next start', async () => {
  const { fal, on, reference } = await begin(['hold:upload']);
  const { id } = value(await on.service.start('acme/bird', { image_url: reference }));
  await vi.waitUntil(() => puts(fal) === 1);
  await on.service.cancel(id);
  const run = await on.over(id);
  expect(run.state).toEqual({ kind: 'cancelled', word: null });
  expect(run.times.ended).not.toBeNull();
  expect(await on.history.run(id)).toEqual(run);
  fal.setFaults([]);
  await vi.waitUntil(() => on.service.live().length === 0);
  expect(on.story(id)).toEqual(['uploading', 'cancelled']);
  await (await stage(fal.hosts, { dir: on.dir })).service.recover();
  expect(submits(fal)).toBe(0);
});

test('cancelled just as the submit is being written down it is over too, and nothing is sent', async () => {
  const { fal, on, reference } = await begin();
  const written = Promise.withResolvers<void>();
  const late = await stage(fal.hosts, {
    dir: on.dir,
    wrap: (history) => ({
      ...history,
      putRun: async (run) => {
        await history.putRun(run);
        // Told in their order, as the disk answers.
        if (run.state.kind !== 'uploading') await written.promise;
      },
    }),
  });
  const { id } = value(await late.service.start('acme/bird', { image_url: reference }));
  await vi.waitUntil(() => late.service.live()[0]?.state.kind === 'submitting');
  const cancelled = late.service.cancel(id);
  written.resolve();
  await cancelled;
  const run = await late.over(id);
  expect(run.state).toEqual({ kind: 'cancelled', word: null });
  expect(run.times.ended).not.toBeNull();
  expect(await on.history.run(id)).toEqual(run);
  await vi.waitUntil(() => late.service.live().length === 0);
  expect(late.story(id)).toEqual(['uploading', 'submitting', 'cancelled']);
  expect(submits(fal)).toBe(0);
});

test('a row of the submit that the disk refuses ends it, also where a recheck comes meanwhile', async () => {
  const { fal, on, reference } = await begin();
  const refused = Promise.withResolvers<void>();
  const late = await stage(fal.hosts, {
    dir: on.dir,
    wrap: (history) => ({
      ...history,
      putRun: (run) =>
        run.state.kind === 'submitting'
          ? refused.promise.then(() => Promise.reject(new Error('database or disk is full')))
          : history.putRun(run),
    }),
  });
  const { id } = value(await late.service.start('acme/bird', { image_url: reference }));
  await vi.waitUntil(() => late.service.live()[0]?.state.kind === 'submitting');
  const rechecked = late.service.recheck();
  refused.resolve();
  await rechecked;
  expect((await late.over(id)).state).toMatchObject({ kind: 'failed', error: { kind: 'storage' } });
  await vi.waitUntil(() => late.service.live().length === 0);
  expect(submits(fal)).toBe(0);
});

describe('what was on its way when the program stopped', () => {
  test('is sent again, and then submitted once', async () => {
    const { fal, on, seen, reference } = await begin(['hold:upload']);
    const { id } = value(await on.service.start('acme/bird', { image_url: reference }));
    await vi.waitUntil(() => puts(fal) === 1);
    on.service.close();
    const later = await stage(fal.hosts, { dir: on.dir });
    await later.service.recover();
    fal.setFaults([]);
    expect((await later.over(id)).state).toEqual({ kind: 'succeeded' });
    expect(submits(fal)).toBe(1);
    expect(textIn(seen[0], 'image_url')).toMatch(/^http/);
    expect((await later.history.run(id))?.input).toEqual({ image_url: reference });
  });

  test('fails where its profile leads nowhere now: sent some other day it would come as a surprise', async () => {
    const { fal, on, reference } = await begin();
    const away = await stage(fal.hosts, {
      dir: on.dir,
      connection: () => Promise.resolve(fail(appError('input', 'This profile is gone'))),
    });
    await on.history.putRun(
      aRun(1, { input: { image_url: reference }, state: { kind: 'uploading', done: 0, total: 1 } }),
    );
    await away.service.recover();
    expect((await away.over(1)).state).toMatchObject({
      kind: 'failed',
      error: { title: 'This profile is gone', hint: expect.stringContaining('nothing is paid') },
    });
    expect(fal.requests()).toEqual([]);
  });
});

test('a request with a file whose answer was lost is found at fal and followed, sent once', async () => {
  const { fal, on, reference } = await begin(['drop-submit']);
  const { id } = value(await on.service.start('acme/bird', { prompt: 'a wren', image_url: reference }));
  expect((await on.over(id)).state).toEqual({ kind: 'succeeded' });
  expect(on.story(id).slice(0, 4)).toEqual(['uploading', 'submitting', 'confirming', 'queued']);
  expect(submits(fal)).toBe(1);
});

test('it is found however long its files were on their way before it was sent', async () => {
  const { fal, on, reference } = await begin(['drop-submit']);
  const created = Date.now() - 26 * 3_600_000;
  const run = aRun(created * 1000, {
    input: { image_url: reference },
    times: { ...aRun(1).times, created },
    state: { kind: 'uploading', done: 0, total: 1 },
  });
  await on.history.putRun(run);
  await on.service.recover();
  const { state, times } = await on.over(run.id);
  expect(state).toEqual({ kind: 'succeeded' });
  expect(times.submitted).toBeGreaterThan(created + 25 * 3_600_000);
  expect(submits(fal)).toBe(1);
});

test('a recheck begins a stuck file anew and leaves alone what is there already', async () => {
  const puts: string[] = [];
  const server: TinyServer = await serve((response, { method, url, body }) => {
    if (url.startsWith('/rest/')) {
      const { file_name } = JSON.parse(body);
      json(response, 200, {
        upload_url: `${server.url}/${file_name}`,
        file_url: `${server.url}/${file_name}`,
      });
    } else if (method === 'PUT') {
      puts.push(url);
      if (url !== '/stuck.txt' || puts.filter((put) => put === url).length > 1) response.end();
    } else json(response, 422, { detail: 'enough' });
  });
  const on = await stage(server.hosts);
  const add = async (fileName: string): Promise<string> =>
    mediaReference(value(await on.files.add({ bytes: Buffer.from(fileName), fileName })).sha256);
  const input = { a: await add('quick.txt'), b: await add('stuck.txt') };
  const { id } = value(await on.service.start('acme/bird', input));
  await on.until(id, ({ state }) => state.kind === 'uploading' && state.done === 1);
  await vi.waitUntil(() => puts.length === 2);
  await on.service.recheck();
  expect((await on.over(id)).state).toMatchObject({ error: { title: 'The model refused the input' } });
  expect(puts.toSorted()).toEqual(['/quick.txt', '/stuck.txt', '/stuck.txt']);
});
