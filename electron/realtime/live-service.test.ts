import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import { startFal, value } from '../fal/fal.fixture.ts';
import { liveModel } from '../local-fal/realtime/testing.ts';
import type { RealtimeModel } from '../local-fal/realtime/types.ts';
import { ENDPOINT, liveStage, painter, picture } from './live.fixture.ts';

const documentWith = (properties: JsonObject) => () =>
  Promise.resolve(
    ok({
      info: { 'x-fal-metadata': { endpointId: ENDPOINT } },
      paths: {
        [`/${ENDPOINT}`]: {
          post: {
            requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
          },
        },
      },
    }),
  );

describe('frames', () => {
  test('an input becomes a frame in the window; nothing is opened before it', async () => {
    const fal = await painter();
    const { page, open } = await liveStage(fal);
    await open(ENDPOINT);
    await page.until(() => page.states.length === 1);
    expect(page.states).toEqual(['idle']);
    expect(fal.live().sessions).toEqual([]);
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 1);
    expect(page.frames[0]).toMatchObject({ frame: 1, mark: 1, contentType: 'image/jpeg' });
    expect([...(page.frames[0]?.bytes ?? [])]).toEqual([...picture(1)]);
    expect(page.states).toEqual(['idle', 'connecting', 'connecting', 'live']);
  });

  test('sixty steps of a slider end on the last, and no older frame comes after a newer', async () => {
    const { page, open } = await liveStage(await painter());
    await open(ENDPOINT);
    for (let mark = 1; mark <= 60; mark += 1) page.input(mark, { n: mark });
    await page.until(() => page.frames.at(-1)?.mark === 60);
    const marks = page.frames.map(({ mark }) => mark);
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    expect(page.frames.at(-1)?.bytes[3]).toBe(60);
  });

  test('a window that does not paint gets one frame and then the newest', async () => {
    const streaming: RealtimeModel = {
      mode: 'server_streaming',
      async *answer() {
        for (let n = 1; n <= 200; n += 1)
          yield { image: { content: picture(n), content_type: 'image/jpeg' } };
      },
    };
    const { page, open } = await liveStage(await painter(streaming));
    page.stall = true;
    await open(ENDPOINT);
    page.input(1, { n: 1 });
    await page.until(() => page.said.some((m) => m.kind === 'counts' && m.received === 200));
    expect(page.frames.map(({ frame }) => frame)).toEqual([1]);
    page.post({ kind: 'painted', frame: 1 });
    await page.until(() => page.frames.length === 2);
    expect(page.frames[1]?.frame).toBe(200);
    const counts = page.said.findLast((m) => m.kind === 'counts');
    expect(counts).toMatchObject({ sent: 1, received: 200, dropped: 198 });
  });

  test('a picture that is only named by its address is fetched without the key', async () => {
    const fal = await startFal({
      extraModels: [
        liveModel(ENDPOINT, {
          mode: 'unary',
          answer: () => ({ image: { url: `${fal.hosts.cdn}/files/none.png`, content_type: 'image/png' } }),
        }),
      ],
    });
    const asked: RequestInit[] = [];
    const { page, open } = await liveStage(fal, {
      fetch: (_url, init) => {
        asked.push(init ?? {});
        return Promise.resolve(new Response(picture(9), { headers: { 'content-type': 'image/png' } }));
      },
    });
    await open(ENDPOINT);
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 1);
    expect(page.frames[0]?.bytes[3]).toBe(9);
    expect(asked[0]?.headers).toBeUndefined();
  });

  test('a picture that takes longer than the next answer is still shown, and its own input with it', async () => {
    const fal = await startFal({
      extraModels: [
        liveModel(ENDPOINT, {
          mode: 'unary',
          answer: (input) => ({
            image: { url: `${fal.hosts.cdn}/files/${String(input['n'])}.png`, content_type: 'image/png' },
          }),
        }),
      ],
    });
    const waiting: (() => void)[] = [];
    const { page, open, service } = await liveStage(fal, {
      fetch: () =>
        new Promise((resolve) => {
          waiting.push(() => resolve(new Response(picture(9), { headers: { 'content-type': 'image/png' } })));
        }),
    });
    const session = await open(ENDPOINT);
    page.input(1, { n: 1 });
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    page.input(2, { n: 2 });
    await page.until(() => page.said.some((m) => m.kind === 'counts' && m.received === 2));
    waiting[0]?.();
    await page.until(() => page.frames.length === 1);
    expect(page.frames[0]?.mark).toBe(1);
    while (waiting.length === 1) await new Promise((resolve) => setImmediate(resolve));
    waiting[1]?.();
    await page.until(() => page.frames.length === 2);
    expect(page.frames[1]?.mark).toBe(2);
    expect(await service.keep({ session, frame: 1 })).toMatchObject({ ok: true, value: { input: { n: 1 } } });
  });

  test('a picture that cannot be fetched is said, and the next comes', async () => {
    const fal = await startFal({
      extraModels: [
        liveModel(ENDPOINT, {
          mode: 'unary',
          answer: () => ({ image: { url: `${fal.hosts.cdn}/files/none.png`, content_type: 'image/png' } }),
        }),
      ],
    });
    let asked = 0;
    const { page, open } = await liveStage(fal, {
      fetch: () => {
        asked += 1;
        return asked === 1 ? Promise.reject(new Error('reset')) : Promise.resolve(new Response(picture(9)));
      },
    });
    await open(ENDPOINT);
    page.input(1, {});
    await page.until(() => page.said.some(({ kind }) => kind === 'refused'));
    page.input(2, {});
    await page.until(() => page.frames.length === 1);
    expect(page.frames[0]?.mark).toBe(2);
  });

  test('an answer without a picture is told as text, cut where it is long', async () => {
    const { page, open } = await liveStage(
      await painter({ mode: 'unary', answer: () => ({ text: 'x'.repeat(50_000), data: new Uint8Array(3) }) }),
    );
    await open(ENDPOINT);
    page.input(1, {});
    await page.until(() => page.said.some(({ kind }) => kind === 'text'));
    const said = page.said.find((m) => m.kind === 'text');
    expect(said?.kind === 'text' && said.text.length).toBe(20_000);
    expect(page.frames).toEqual([]);
  });
});

describe('files in an input', () => {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

  test('go as a data URI, or as bytes where the schema wants them; the row keeps their name', async () => {
    const fal = await painter();
    const { page, open, files, service } = await liveStage(fal, {
      document: documentWith({ image_url: { type: 'string' }, image: { type: 'string', format: 'binary' } }),
    });
    const { sha256, contentType } = value(await files.add({ bytes, fileName: 'a.png' }));
    const session = await open(ENDPOINT);
    page.input(1, { n: 1, image_url: `media:${sha256}`, image: `media:${sha256}` });
    await page.until(() => page.frames.length === 1);
    expect(fal.live().sessions[0]?.lastInput).toEqual({
      n: 1,
      image_url: `data:${contentType};base64,${bytes.toString('base64')}`,
      image: { $bytes: bytes.length },
    });
    const kept = value(await service.keep({ session, frame: 1 }));
    expect(kept.input).toEqual({ n: 1, image_url: `media:${sha256}`, image: `media:${sha256}` });
  });

  test('a file that is gone, and one that is too large, are refused in words', async () => {
    const { page, open, files } = await liveStage(await painter());
    const large = value(await files.add({ bytes: new Uint8Array(8 * 2 ** 20), fileName: 'large.bin' }));
    await open(ENDPOINT);
    page.input(1, { image_url: `media:${'0'.repeat(64)}` });
    await page.until(() => page.said.some(({ kind }) => kind === 'refused'));
    page.input(2, { image_url: `media:${large.sha256}` });
    await page.until(() => page.said.filter(({ kind }) => kind === 'refused').length === 2);
    expect(page.states).toEqual(['idle']);
  });
});

describe('keeping', () => {
  test('writes the frame in sight and its whole input; its file is whole on the disk', async () => {
    const { page, open, service, history, media, changed } = await liveStage(await painter());
    const session = await open(ENDPOINT);
    const input = { n: 1, prompt: 'a wren', seed: 12345678901234567890n };
    page.input(1, input);
    await page.until(() => page.frames.length === 1);
    page.input(2, { n: 2 });
    await page.until(() => page.frames.length === 2);
    const kept = value(await service.keep({ session, frame: 1 }));
    expect(kept).toMatchObject({
      endpointId: ENDPOINT,
      origin: 'live',
      profileId: 'local',
      state: { kind: 'succeeded' },
      input,
      media: [{ kind: 'stored', path: ['images', 0], medium: 'image', width: 4, height: 3 }],
    });
    const [file] = kept.media;
    const sha256 = file?.kind === 'stored' ? file.sha256 : '';
    expect([...(await readFile(media.pathOf(sha256)))]).toEqual([...picture(1)]);
    expect(kept.output).toMatchObject({ images: [{ content: `media:${sha256}` }], prompt: 'a wren' });
    expect(await history.run(kept.id)).toEqual(kept);
    expect(changed).toEqual([kept]);
  });

  test('the picture in sight can be kept however many came after it', async () => {
    const streaming: RealtimeModel = {
      mode: 'server_streaming',
      async *answer() {
        for (let n = 1; n <= 50; n += 1) yield { image: { content: picture(n), content_type: 'image/jpeg' } };
      },
    };
    const { page, open, service } = await liveStage(await painter(streaming));
    page.stall = true;
    const session = await open(ENDPOINT);
    page.input(1, { n: 1 });
    await page.until(() => page.said.some((m) => m.kind === 'counts' && m.received === 50));
    const kept = value(await service.keep({ session, frame: 1 }));
    expect(kept.media[0]).toMatchObject({ kind: 'stored', path: ['image'] });
  });

  test('a frame that has gone by is not made up', async () => {
    const { page, open, service } = await liveStage(await painter());
    const session = await open(ENDPOINT);
    for (let mark = 1; mark <= 8; mark += 1) {
      page.input(mark, { n: mark });
      await page.until(() => page.frames.length === mark);
    }
    expect(await service.keep({ session, frame: 1 })).toMatchObject({ error: { kind: 'not_found' } });
    expect(await service.keep({ session: session + 1, frame: 8 })).toMatchObject({
      error: { kind: 'not_found' },
    });
    expect(await service.keep({ session, frame: 7 })).toMatchObject({ ok: true });
  });

  test('a disk that refuses loses nothing of the session', async () => {
    const fal = await painter();
    const { page, open, service } = await liveStage(fal, {
      history: { newId: () => Promise.reject(new Error('disk full')), putRun: () => Promise.resolve() },
    });
    const session = await open(ENDPOINT);
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 1);
    expect(await service.keep({ session, frame: 1 })).toMatchObject({ error: { kind: 'storage' } });
    page.input(2, { n: 2 });
    await page.until(() => page.frames.length === 2);
    expect(fal.live().sessions).toHaveLength(1);
  });
});

describe('what is not opened', () => {
  test.each([
    ['no model id', { endpointId: 'nothing' }, 'input'],
    ['another profile than the window shows', { profileId: 'other' }, 'input'],
    ['buffering out of range', { maxBuffering: 61 }, 'input'],
  ])('%s', async (_name, over, kind) => {
    const { service } = await liveStage(await painter());
    const opened = await service.open({
      profileId: 'local',
      endpointId: ENDPOINT,
      maxBuffering: null,
      ...over,
    });
    expect(opened).toMatchObject({ ok: false, error: { kind } });
  });

  test('a WebRTC endpoint is recognised and said', async () => {
    const { service } = await liveStage(await painter(), {
      document: () =>
        Promise.resolve(ok({ components: { schemas: { In: { description: 'WebRTC offer' } } } })),
    });
    const opened = await service.open({ profileId: 'local', endpointId: ENDPOINT, maxBuffering: null });
    expect(opened).toMatchObject({
      ok: false,
      error: { kind: 'input', title: expect.stringContaining('WebRTC') },
    });
  });

  test('nothing without a key, or where the profile leads nowhere', async () => {
    const fal = await painter();
    const without = await liveStage(fal, { via: { credentials: () => null } });
    const request = { profileId: 'local', endpointId: ENDPOINT, maxBuffering: null };
    expect(await without.service.open(request)).toMatchObject({ error: { kind: 'auth' } });
    const away = await liveStage(fal, {
      connection: () => Promise.resolve(fail(appError('network', 'Away'))),
    });
    expect(await away.service.open(request)).toMatchObject({ error: { kind: 'network' } });
  });
});
