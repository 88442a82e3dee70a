import { describe, expect, it, test } from 'vitest';
import * as fc from 'fast-check';
import type { Model } from '../../shared/ipc/models.ts';
import { findModels } from './search.ts';
import { typosIn } from './typos.ts';

const model = (endpointId: string, rest: Partial<Model> = {}): Model => ({
  endpointId,
  name: endpointId.split('/').slice(1).join(' '),
  category: 'text-to-image',
  description: '',
  tags: [],
  deprecated: false,
  addedAt: null,
  ...rest,
});

const models = [
  model('acme/bird/turbo/lora', { name: 'Bird Turbo LoRA' }),
  model('acme/bird', { name: 'Bird' }),
  model('acme/songbird', { name: 'Songbird', category: 'text-to-audio' }),
  model('acme/tree', { name: 'Tree', description: 'Where a bird may sit', tags: ['nature'] }),
  model('acme/old-bird', { name: 'Old Bird', deprecated: true }),
  model('acme/heron/v2.5/image-to-video', { name: 'Heron 2.5', category: 'image-to-video', addedAt: 1 }),
  model('acme/heron/v3/image-to-video', { name: 'Heron 3', category: 'image-to-video', addedAt: 2 }),
];
const found = (query: string, fondness?: (id: string) => number): string[] =>
  findModels(models, query, fondness).models.map(({ endpointId }) => endpointId.slice('acme/'.length));

describe('finding a model', () => {
  it('puts the one that is called so first, then beginnings, parts, and mentions; deprecated ones last', () => {
    expect(found('bird')).toEqual(['bird', 'bird/turbo/lora', 'songbird', 'tree', 'old-bird']);
  });

  it('puts the whole id first, deprecated or not', () => {
    expect(found('acme/old-bird')[0]).toBe('old-bird');
    expect(found('old bird')).toEqual(['old-bird']);
  });

  it('wants every word, in any order and any place', () => {
    expect(found('lora bird')).toEqual(['bird/turbo/lora']);
    expect(found('audio song')).toEqual(['songbird']);
    expect(found('nature sit')).toEqual(['tree']);
    expect(found('bird zebra')).toEqual([]);
  });

  it.each([
    ['birdturbo', 'bird/turbo/lora'],
    ['song bird', 'songbird'],
    ['heron2.5', 'heron/v2.5/image-to-video'],
    ['heron v3', 'heron/v3/image-to-video'],
    ['image heron 2.5', 'heron/v2.5/image-to-video'],
    ['imagetovideo', 'heron/v3/image-to-video'],
  ])('forgives what stands between words: %s', (query, first) => expect(found(query)[0]).toBe(first));

  it.each([
    ['haron', 'heron/v3/image-to-video'],
    ['herno 2.5', 'heron/v2.5/image-to-video'],
    ['trubo', 'bird/turbo/lora'],
    ['songbrid', 'songbird'],
    ['natrue', 'tree'],
    ['heorn im', 'heron/v3/image-to-video'],
  ])('forgives typos: %s', (query, first) => expect(found(query)[0]).toBe(first));

  it('guesses nothing where a word is found, or too short to guess', () => {
    expect(found('tur')).toEqual(['bird/turbo/lora']);
    expect(found('trb')).toEqual([]);
    expect(found('xylophone')).toEqual([]);
  });

  it('of two that fit as well the newer comes first, and before it the one a person likes', () => {
    expect(found('heron')).toEqual(['heron/v3/image-to-video', 'heron/v2.5/image-to-video']);
    expect(found('heron', (id) => (id.includes('v2.5') ? 2 : 0))[0]).toBe('heron/v2.5/image-to-video');
    expect(found('bird', (id) => (id.endsWith('tree') ? 2 : 0))[0]).toBe('bird');
  });

  it('without a query is the catalogue in its order, what a person likes first, deprecated ones last', () => {
    expect(found('').at(-1)).toBe('old-bird');
    expect(found(' ', (id) => (id.endsWith('tree') ? 2 : 0)).slice(0, 2)).toEqual([
      'tree',
      'bird/turbo/lora',
    ]);
  });

  it('tells what was taken for what was written', () => {
    expect(findModels(models, 'trubo').words).toContain('turbo');
  });
});

describe('typos', () => {
  test.each([
    ['bird', 'bird', 0],
    ['bir', 'bird', 0],
    ['brid', 'bird', 1],
    ['bierd', 'bird', 1],
    ['bid', 'bird', 1],
    ['zzzz', 'bird', 3],
  ])('%s for %s: %d', (typed, word, typos) => expect(typosIn(typed, word, 2)).toBe(typos));

  test('a beginning costs no more than the whole word, and nothing more than its length', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, (typed, other) => {
        const typos = typosIn(typed, other, 20);
        expect(typos).toBeLessThanOrEqual(Math.max(typed.length, other.length));
        expect(typosIn(typed, typed + other, 2)).toBe(0);
        expect(typos === 0).toBe(other.startsWith(typed));
      }),
    );
  });
});
