import { describe, expect, it } from 'vitest';
import { readModelDocument } from './document.ts';
import { objectAt } from './node.ts';
import { documentOf } from './form.fixture.ts';

const input = { type: 'object', properties: { prompt: { type: 'string' } } };

describe('readModelDocument', () => {
  it('follows the paths to the input and the output', () => {
    const read = readModelDocument(
      documentOf({ $ref: '#/components/schemas/In' }, { In: input, AnInput: { type: 'array' } }),
    );
    if (read.kind !== 'ok') throw new Error(read.reason);
    expect(read.endpointId).toBe('acme/bird');
    expect(read.inputSchema).toEqual(input);
    expect(read.outputSchema).toEqual({ type: 'object', title: 'Output' });
  });

  it('takes the endpoint from the submit path when there is no metadata', () => {
    const read = readModelDocument({ ...documentOf(input), info: {} });
    expect(read).toMatchObject({ kind: 'ok', endpointId: 'acme/bird' });
  });

  it('prefers the endpoint’s own path where several can be posted to', () => {
    const document = documentOf(input);
    const other = {
      post: { requestBody: { content: { 'application/json': { schema: { type: 'array' } } } } },
    };
    const read = readModelDocument({
      ...document,
      paths: { '/acme': other, ...objectAt(document, 'paths') },
    });
    expect(read).toMatchObject({ inputSchema: input });
  });

  it('has no output where the document names none', () => {
    const document = documentOf(input);
    const submit = { post: { requestBody: { content: { 'application/json': { schema: input } } } } };
    expect(readModelDocument({ ...document, paths: { '/acme/bird': submit } })).toMatchObject({
      outputSchema: null,
    });
  });

  it('says in a sentence why a document cannot be read', () => {
    const reasons = [
      null,
      'text',
      { error: { code: 'expansion_failed' } },
      {},
      { paths: {} },
      { paths: { '/a/b': { post: { requestBody: { content: {} } } } } },
      documentOf({ $ref: '#/components/schemas/Gone' }),
    ].map((document) => {
      const read = readModelDocument(document);
      return read.kind === 'unreadable' ? read.reason : 'readable';
    });
    expect(reasons).toEqual([
      'The model’s document is not an object.',
      'The model’s document is not an object.',
      'fal could not produce this model’s document (expansion_failed).',
      'The model’s document names no paths.',
      'The model’s document has no request to send.',
      'The model’s document has no request to send.',
      'The model’s document does not describe its input.',
    ]);
  });

  it('resolves references with siblings winning, allOf, and circles', () => {
    const read = readModelDocument(
      documentOf(input, {
        Base: { type: 'object', title: 'Base', properties: { a: {} }, required: ['a'] },
        Ring: { $ref: '#/components/schemas/Ring2', title: 'Ring' },
        Ring2: { $ref: '#/components/schemas/Ring' },
        'odd/name~1': { type: 'string' },
      }),
    );
    if (read.kind !== 'ok') throw new Error(read.reason);
    const { resolve } = read;
    expect(resolve({ $ref: '#/components/schemas/Base', title: 'Mine' })).toMatchObject({
      type: 'object',
      title: 'Mine',
    });
    expect(
      resolve({
        allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: {} }, required: ['b'] }],
        title: 'Both',
      }),
    ).toEqual({ type: 'object', title: 'Both', properties: { a: {}, b: {} }, required: ['a', 'b'] });
    expect(resolve({ $ref: '#/components/schemas/Ring' })).toEqual({ title: 'Ring' });
    expect(resolve({ $ref: '#/components/schemas/odd~1name~01' })).toEqual({ type: 'string' });
    expect(resolve({ $ref: 'https://elsewhere.test/schema', default: 1 })).toEqual({ default: 1 });
    expect(resolve({ $ref: '#/__proto__/constructor' })).toEqual({});
  });
});
