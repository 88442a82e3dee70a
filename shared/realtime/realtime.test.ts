import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { readForm } from '../schema/fields.ts';
import { liveRequest } from './request.ts';
import { isSignalling, speaksRealtime } from './support.ts';
import { PLAIN_TRAITS, readLiveTraits } from './traits.ts';

/** A document with these properties of the input; `path` is laid over the path of the submit. */
function documentOf(properties: JsonObject, path: JsonObject = {}): JsonObject {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/In' } } };
  return {
    openapi: '3.0.4',
    info: { 'x-fal-metadata': { endpointId: 'acme/bird/realtime' } },
    paths: { '/acme/bird/realtime': { post: { requestBody: { content } }, ...path } },
    components: { schemas: { In: { type: 'object', properties } } },
  };
}

function formOf(document: JsonValue) {
  const read = readForm(document);
  if (read.kind !== 'form') throw new Error(read.reason);
  return read.form;
}

test.each([
  ['acme/bird/realtime', true],
  ['acme/bird/realtime/fast', true],
  ['fal-ai/fast-sdxl', true],
  ['fal-ai/fast-sdxl/image-to-image', false],
  ['acme/realtime-bird', false],
  ['fal-ai/flux/dev', false],
])('%s speaks realtime: %s', (id, expected) => expect(speaksRealtime(id)).toBe(expected));

describe('signalling', () => {
  test.each([
    [documentOf({ prompt: { type: 'string', description: 'Sent with the WebRTC offer.' } }), true],
    [documentOf({ type: { enum: ['offer', 'icecandidate'] } }), true],
    [documentOf({ ice_servers: { type: 'array' } }), true],
    [documentOf({ prompt: { type: 'string', description: 'A nice candidate.' } }), false],
    [null, false],
  ])('%#', (document, expected) => expect(isSignalling(document)).toBe(expected));
});

describe('traits', () => {
  test('without a readable document everything is what the stock runner does', () => {
    expect(readLiveTraits(null)).toEqual(PLAIN_TRAITS);
    expect(readLiveTraits({ paths: 7 })).toEqual(PLAIN_TRAITS);
  });

  test('the codec stands on the path (fal-protocol §12.4)', () => {
    const json = documentOf({}, { 'x-fal-protocol': { type: 'realtime', contentType: 'application/json' } });
    const pack = documentOf(
      {},
      { 'x-fal-protocol': { contentType: 'application/msgpack', realtimeMode: 'server_streaming' } },
    );
    expect(readLiveTraits(json).codec).toBe('json');
    expect(readLiveTraits(pack)).toMatchObject({ codec: 'msgpack', mode: 'server_streaming' });
    expect(readLiveTraits(json).mode).toBeNull();
  });

  test('properties of bytes, and the one that comes back', () => {
    const traits = readLiveTraits(
      documentOf({
        image: { anyOf: [{ type: 'string', format: 'binary' }, { type: 'null' }] },
        image_url: { type: 'string' },
        request_id: { type: 'string' },
      }),
    );
    expect(traits).toMatchObject({ bytes: ['image'], echo: 'request_id' });
  });
});

describe('the request that goes out live', () => {
  const form = formOf(
    documentOf({
      prompt: { type: 'string' },
      seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      sync_mode: { type: 'boolean', default: false },
    }),
  );

  test('asks for the picture inline and holds the seed', () => {
    expect(liveRequest(form, { prompt: 'a wren' }, 7)).toEqual({
      prompt: 'a wren',
      seed: 7,
      sync_mode: true,
    });
  });

  test('leaves what the person set', () => {
    const set = { prompt: 'a', seed: 12345678901234567890n, sync_mode: false };
    expect(liveRequest(form, set, 7)).toEqual(set);
  });

  test('adds nothing that the model does not know', () => {
    const plain = formOf(documentOf({ prompt: { type: 'string' } }));
    expect(liveRequest(plain, { prompt: 'a', other: 1 }, 7)).toEqual({ prompt: 'a', other: 1 });
  });
});
