import { describe, expect, it } from 'vitest';
import type { Model } from '../../shared/ipc/models.ts';
import { endpointIn, findModels } from './search.ts';

const model = (endpointId: string, rest: Partial<Model> = {}): Model => ({
  endpointId,
  name: endpointId,
  category: 'text-to-image',
  description: '',
  tags: [],
  deprecated: false,
  ...rest,
});

const models = [
  model('acme/bird/turbo/lora', { name: 'Bird Turbo LoRA' }),
  model('acme/bird', { name: 'Bird' }),
  model('acme/songbird', { name: 'Songbird', category: 'text-to-audio' }),
  model('acme/tree', { name: 'Tree', description: 'Where a bird may sit', tags: ['nature'] }),
  model('acme/old-bird', { name: 'Old Bird', deprecated: true }),
];
const found = (query: string): string[] => findModels(models, query).map((entry) => entry.endpointId);

describe('finding a model', () => {
  it('puts names that begin with the word before names that hold it, and mentions last', () => {
    expect(found('bird')).toEqual([
      'acme/bird',
      'acme/bird/turbo/lora',
      'acme/songbird',
      'acme/old-bird',
      'acme/tree',
    ]);
  });

  it('wants every word, in any order and any place', () => {
    expect(found('lora bird')).toEqual(['acme/bird/turbo/lora']);
    expect(found('audio song')).toEqual(['acme/songbird']);
    expect(found('bird zebra')).toEqual([]);
  });

  it('leaves deprecated models out of the full list, not out of a search', () => {
    expect(found('')).not.toContain('acme/old-bird');
    expect(found('old')).toEqual(['acme/old-bird']);
  });
});

describe('reading a pasted endpoint', () => {
  it.each([
    ['fal-ai/flux/dev', 'fal-ai/flux/dev'],
    ['https://fal.ai/models/fal-ai/flux/dev', 'fal-ai/flux/dev'],
    ['https://fal.ai/models/fal-ai/flux/dev/playground?x=1', 'fal-ai/flux/dev'],
    ['fal.ai/models/fal-ai/flux/dev/api', 'fal-ai/flux/dev'],
    ['two words', null],
    ['bird', null],
    ['https://evil.example/models/a/b', null],
  ])('%s', (text, expected) => expect(endpointIn(text)).toBe(expected));
});
