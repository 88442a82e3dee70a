import { describe, expect, test } from 'vitest';
import { completingAt, completionsOf } from './completions.ts';
import { someFacets } from '../facets.fixture.ts';

const facets = someFacets({
  models: [
    { value: 'fal-ai/flux/dev', count: 12 },
    { value: 'fal-ai/fast-flux', count: 3 },
    { value: 'acme/painter', count: 1 },
  ],
  tags: [
    { value: 'by the sea', count: 4 },
    { value: 'lake', count: 2 },
  ],
  months: [
    { value: '2026-11', count: 20 },
    { value: '2025-12', count: 2 },
  ],
  profiles: [{ value: 'p1', count: 9 }],
});
const keyNames = new Map([['p1', 'My work']]);

/** What is offered with the caret at the bar. */
function offered(marked: string): readonly string[] {
  const caret = marked.indexOf('|');
  const completing = completingAt(marked.replace('|', ''), caret);
  return completing === null ? [] : completionsOf(completing, facets, keyNames).map(({ insert }) => insert);
}

describe('names', () => {
  test('all of them where nothing is typed, with their minus', () => {
    expect(offered('wren |')).toContain('model:');
    expect(offered('wren -|')).toContain('-model:');
  });

  test('those that begin so, and filters by their word alone', () => {
    expect(offered('m|')).toEqual(['model:']);
    expect(offered('wren vid|')).toEqual(['kind:video']);
    expect(offered('star|')).toEqual(['is:starred']);
  });

  test('none within a phrase, before what is written, or for what is no word of letters', () => {
    expect(offered('"is|')).toEqual([]);
    expect(offered('mo|:x')).toEqual([]);
    expect(offered('4|')).toEqual([]);
  });
});

describe('values', () => {
  test('models by any letters, whole ids that begin so first, and just that one is taken', () => {
    expect(offered('model:flux|')).toEqual(['model:=fal-ai/flux/dev', 'model:=fal-ai/fast-flux']);
    expect(offered('-model:=acme|')).toEqual(['-model:=acme/painter']);
  });

  test('tags and keys by name, with quotes where they need them', () => {
    expect(offered('tag:"by t|"')).toEqual(['tag:"by the sea"']);
    expect(offered('tag:s|')).toEqual(['tag:"by the sea"']);
    expect(offered('key:|')).toEqual(['key:"My work"']);
  });

  test('months that hold something, and days by their word', () => {
    expect(offered('before:2025|')).toEqual(['before:2025-12']);
    expect(offered('date:ye|')).toEqual(['date:yesterday']);
    expect(offered('date:|')).toContain('date:2026-11');
  });

  test('kinds and standings need no counts, and a batch has only its number', () => {
    const completing = completingAt('kind:v', 6);
    expect(completing && completionsOf(completing, null, keyNames)).toMatchObject([{ insert: 'kind:video' }]);
    expect(offered('is:fa|')).toEqual(['is:failed']);
    expect(offered('batch:|')).toEqual([]);
    expect(offered('cost:>|')).toEqual(['cost:>0.10']);
  });
});

test('values are counted in all that stands beside what is typed', () => {
  expect(completingAt('wren tag:se fog', 11)).toMatchObject({ kind: 'value', typed: 'se', rest: 'wren fog' });
});
