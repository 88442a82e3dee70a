import { describe, expect, it } from 'vitest';
import { findOptions, indexOptions } from './find-options.ts';

const LABELS = [
  'auto',
  'Abigail Office Front',
  'Adriana Business Side',
  'Front desk Clara',
  'José in Blue shirt',
  'Blueprint',
  'English (UK)',
];
const index = indexOptions(LABELS);
const found = (query: string): readonly (string | undefined)[] =>
  findOptions(index, query).map((at) => LABELS[at]);

describe('findOptions', () => {
  it('leaves the list as it is while nothing is asked', () => {
    expect(found('  ')).toEqual(LABELS);
  });

  it('puts entries that begin so before words that do, and those before what is inside a word', () => {
    expect(found('front')).toEqual(['Front desk Clara', 'Abigail Office Front']);
    expect(found('blue')).toEqual(['Blueprint', 'José in Blue shirt']);
    expect(found('ice')).toEqual(['Abigail Office Front']);
  });

  it('wants every word, in any order, whatever its case, accents and signs', () => {
    expect(found('side adriana')).toEqual(['Adriana Business Side']);
    expect(found('JOSE')).toEqual(['José in Blue shirt']);
    expect(found('(uk')).toEqual(['English (UK)']);
    expect(found('abigail shirt')).toEqual([]);
  });

  it.each([
    ['abigial', 'Abigail Office Front'],
    ['bussiness', 'Adriana Business Side'],
    ['adrina', 'Adriana Business Side'],
    ['enlgi', 'English (UK)'],
  ])('forgives %s', (typed, meant) => {
    expect(found(typed)).toEqual([meant]);
  });

  it('forgives a typo only where no entry holds what was typed, and never in a short word', () => {
    expect(found('blues')).toEqual(['José in Blue shirt', 'Blueprint']);
    expect(found('desk')).toEqual(['Front desk Clara']);
    expect(found('dusk')).toEqual(['Front desk Clara']);
    expect(found('uq')).toEqual([]);
  });
});
