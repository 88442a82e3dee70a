import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../electron/local-fal/realtime/testing.ts';
import { AUTH, call, dig, eventsOf, text } from '../../electron/local-fal/testing.ts';
import { CHAT, LIVE, makeDocument, TRAPS } from './fixture-documents.ts';
import { generate } from './generate.ts';
import type { TestFal } from './index.ts';
import { startTestFal } from './index.ts';
import { mediaKind } from './media-files.ts';
import { loadDocuments, readDocument } from './schema-documents.ts';
import { compileSchema } from './validate.ts';

let server: TestFal;
let folder: string;

function dated(about: string, id = 'acme/dated') {
  return makeDocument(id, { In: {}, Out: {} }, about);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-fal-'));
  await mkdir(join(folder, 'bulk'));
  await mkdir(join(folder, 'versions'));
  const files = {
    'traps.json': TRAPS,
    'chat.json': CHAT,
    'live.json': LIVE,
    'readme.json': { hello: 'not a document' },
    'bulk/x.2026-01.json': [dated('old'), dated('old', 'acme/single'), 5],
    'bulk/x.2026-06.json': [dated('new'), dated('new', 'acme/single')],
    'single.json': dated('single', 'acme/single'),
    'versions/traps.json': dated('stale', 'acme/stale'),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  await writeFile(join(folder, 'broken.json'), '{');
  server = await startTestFal({ schemas: folder, pace: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const run = (json: unknown) => call(`${server.hosts.run}/acme/traps`, { json });

describe('loading', () => {
  test('single files win, then the newest array; versions and the rest are left out', async () => {
    const { body } = await call(`${server.hosts.api}/v1/models`);
    const list = dig(body, 'models');
    const found = (Array.isArray(list) ? list : []).map((model) => [
      dig(model, 'endpoint_id'),
      dig(model, 'metadata', 'category'),
    ]);
    expect(found.toSorted()).toEqual([
      ['acme/chat/stream', 'llm'],
      ['acme/dated', 'new'],
      ['acme/quick/realtime', 'text-to-image'],
      ['acme/single', 'single'],
      ['acme/traps', 'text-to-image'],
      ['demo/field-notes', 'llm'],
      ['demo/hillside', 'text-to-image'],
      ['demo/hillside/realtime', 'text-to-image'],
    ]);
  });

  test('documents are served as they are', async () => {
    const url = `${server.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=acme/traps`;
    expect((await call(url)).body).toEqual(TRAPS);
  });
});

describe('validation in the words of pydantic', () => {
  test.each([
    [{}, ['prompt'], 'missing', undefined],
    [{ prompt: 5 }, ['prompt'], 'string_type', undefined],
    [{ prompt: 'x' }, ['prompt'], 'string_too_short', { min_length: 2 }],
    [{ prompt: 'xx', steps: 9 }, ['steps'], 'less_than_equal', { le: 8 }],
    [{ prompt: 'xx', steps: 0 }, ['steps'], 'greater_than_equal', { ge: 1 }],
    [{ prompt: 'xx', steps: '4' }, ['steps'], 'int_type', undefined],
    [{ prompt: 'xx', steps: 1.5 }, ['steps'], 'int_from_float', undefined],
    [{ prompt: 'xx', scale: 0 }, ['scale'], 'greater_than', { gt: 0 }],
    [{ prompt: 'xx', scale: 0.07 }, ['scale'], 'multiple_of', { multiple_of: 0.05 }],
    [{ prompt: 'xx', old_limit: 0 }, ['old_limit'], 'greater_than', { gt: 0 }],
    [{ prompt: 'xx', size: 'round' }, ['size'], 'literal_error', { expected: "'square' or 'wide'" }],
    [{ prompt: 'xx', size: { width: 3000, height: 1 } }, ['size', 'width'], 'less_than_equal', { le: 2000 }],
    [{ prompt: 'xx', size: { width: 3 } }, ['size', 'height'], 'missing', undefined],
    [{ prompt: 'xx', seed: 'a' }, ['seed'], 'int_type', undefined],
    [{ prompt: 'xx', duration: '5s' }, ['duration'], 'literal_error', { expected: "'8s'" }],
    [{ prompt: 'xx', color: 'red' }, ['color'], 'string_pattern_mismatch', { pattern: '^#[0-9a-f]{6}$' }],
    [{ prompt: 'xx', points: [] }, ['points'], 'too_short', { min_length: 1 }],
    [{ prompt: 'xx', loras: [{}] }, ['loras', 0, 'path'], 'missing', undefined],
  ])('%j', async (json, loc, type, ctx) => {
    const reply = await run(json);
    expect(reply.status).toBe(422);
    const details = dig(reply.body, 'detail');
    expect(details).toHaveLength(1);
    expect(details).toMatchObject([{ loc: ['body', ...loc], type, msg: expect.any(String) }]);
    expect(dig(details, 0, 'ctx')).toEqual(ctx);
    expect(dig(details, 0)).toHaveProperty('input');
  });

  test.each([
    { seed: null, note: null, size: 'wide', scale: 1.15, extra: 1 },
    { size: { width: 10, height: 10 }, points: [{ anything: 1 }], evil: 'aab', blob: 'x', duration: '8s' },
  ])('accepts %j', async (more) => {
    expect((await run({ prompt: 'fine', ...more })).status).toBe(200);
  });
});

describe('generated outputs', () => {
  test('fit the schema, echo the request, and point to true files', async () => {
    const reply = await run({ prompt: 'a lake', seed: 77, size: { width: 64, height: 64 } });
    expect(reply.status).toBe(200);
    const document = readDocument(TRAPS);
    const validate = compileSchema(document?.output, document?.components ?? {});
    expect([validate(reply.body), validate.errors]).toEqual([true, null]);
    expect(reply.body).toMatchObject({
      seed: 77,
      prompt: 'a lake',
      state: 'good',
      has_nsfw_concepts: [false],
    });

    const types: Record<string, string> = {
      video: 'video/mp4',
      model_glb: 'model/gltf-binary',
      image: 'image/png',
    };
    for (const [name, type] of Object.entries(types)) {
      const media = dig(reply.body, name);
      const answer = await fetch(text(dig(media, 'url')));
      expect(answer.headers.get('content-type')).toBe(type);
      expect(media).toMatchObject({ content_type: type, file_size: (await answer.arrayBuffer()).byteLength });
      expect(media).not.toHaveProperty('file_data');
    }
    const picture = dig(reply.body, 'images', 0);
    const png = decode(new Uint8Array(await (await fetch(text(dig(picture, 'url')))).arrayBuffer()));
    expect(picture).toMatchObject({ width: png.width, height: png.height });
    expect((await fetch(text(dig(reply.body, 'audio_url')))).headers.get('content-type')).toBe('audio/wav');
  });

  test('seeds beyond 2^53 come back to the last digit', async () => {
    const response = await fetch(`${server.hosts.run}/acme/traps`, {
      method: 'POST',
      headers: { authorization: 'Key demo:demo' },
      body: '{"prompt":"far","seed":9223372036854775807}',
    });
    expect(await response.text()).toContain('"seed":9223372036854775807');
  });

  test('sync_mode brings media inline', async () => {
    const reply = await run({ prompt: 'inline', sync_mode: true });
    expect(dig(reply.body, 'image', 'url')).toMatch(/^data:image\/png;base64,/);
  });

  test('an untyped output is text, and an id that ends in /stream streams', async () => {
    const url = `${server.hosts.run}/acme/chat/stream`;
    const events = eventsOf((await call(url, { json: { prompt: 'hi there' } })).body);
    expect(events.length).toBeGreaterThan(1);
    expect(events.at(-1)).toEqual({ text: 'A careful answer to: hi there' });
  });

  test.each([
    [['images'], 'text-to-image', 'image'],
    [['video'], 'text-to-video', 'video'],
    [['preview_video'], 'text-to-image', 'video'],
    [['model_urls', 'obj'], 'image-to-3d', 'model'],
    [['config_file'], 'training', 'json'],
    [['diffusers_lora_file'], 'training', 'weights'],
    [['frames_zip'], 'text-to-video', 'archive'],
    [['output'], 'text-to-speech', 'audio'],
  ] as const)('%j of %s is %s', (path, category, kind) => {
    expect(mediaKind(path, category)).toBe(kind);
  });
});

async function noMedia() {
  return { url: 'http://127.0.0.1/a.png', content_type: 'image/png', file_name: 'a.png', file_size: 1 };
}

const shared = fileURLToPath(new URL('../../../shared/schemas', import.meta.url));

test('a document whose id ends with /realtime also speaks live', async () => {
  const client = await Client.open(`${server.hosts.ws}/acme/quick/realtime`, AUTH);
  const answer = await client.ask({ prompt: 'a wren', seed: 2 ** 40 });
  expect(answer).toMatchObject({ prompt: 'a wren', seed: 2 ** 40, images: [{ content_type: 'image/png' }] });
  expect((await fetch(text(dig(answer, 'images', 0, 'url')))).status).toBe(200);
  client.send({});
  expect(dig(await client.control(), 'reason')).toMatch(/prompt: Field required/);
});

describe.skipIf(!existsSync(shared))('all published documents at hand (../shared/schemas)', () => {
  test('inputs compile, and every generated output fits its schema', { timeout: 120_000 }, async () => {
    const documents = await loadDocuments(shared);
    expect(documents.length).toBeGreaterThan(700);
    const unfit: unknown[] = [];
    for (const { endpointId, input, output, components } of documents) {
      compileSchema(input, components);
      const value = await generate(output, {
        components,
        input: { prompt: 'hills', seed: 5 },
        media: noMedia,
      });
      const validate = compileSchema(output, components);
      if (!validate(value)) unfit.push([endpointId, validate.errors?.[0]]);
    }
    expect(unfit).toEqual([]);
  });
});
