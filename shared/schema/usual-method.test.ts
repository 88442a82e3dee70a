import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { usualMethod } from './usual-method.ts';

interface Given {
  readonly id?: string;
  readonly category?: string;
  readonly output?: JsonObject;
  readonly paths?: JsonObject;
}

function documentOf({
  id = 'acme/bird',
  category = 'text-to-image',
  output = {},
  paths = {},
}: Given): JsonObject {
  const content = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
  const input = { type: 'object', properties: { prompt: { type: 'string' } } };
  return {
    info: { 'x-fal-metadata': { endpointId: id, category } },
    paths: {
      [`/${id}`]: { post: { requestBody: content(input) } },
      [`/${id}/requests/{request_id}`]: {
        get: { responses: { '200': content({ type: 'object', properties: output }) } },
      },
      ...paths,
    },
  };
}

const text = { output: { type: 'string' } };
const picture = { image: { type: 'object' } };
const streams = { '/acme/bird/stream': { post: {} } };

test.each<[string, Given, string]>([
  ['a model of pictures', { output: picture }, 'queue'],
  ['one that streams previews of a picture', { output: picture, paths: streams }, 'queue'],
  ['one that streams its text', { category: 'vision', output: text, paths: streams }, 'stream'],
  ['one that writes', { category: 'llm', output: text }, 'stream'],
  ['one that makes embeddings', { category: 'llm', output: { data: { type: 'array' } } }, 'queue'],
  ['one that answers in a text, and not bit by bit', { category: 'vision', output: text }, 'queue'],
  ['one that is there to stream', { id: 'acme/ear/stream', output: picture }, 'stream'],
])('%s', (_, given, method) => {
  expect(usualMethod(documentOf(given))).toBe(method);
});

test('what is no document of a model goes through the queue', () => {
  expect([usualMethod(null), usualMethod({ error: { code: 'expansion_failed' } })]).toEqual([
    'queue',
    'queue',
  ]);
});
