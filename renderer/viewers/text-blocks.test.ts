import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeMarkdown, textBlocks } from './text-blocks.ts';

describe('a long text in blocks', () => {
  it('loses nothing and cuts only at ends of lines', () => {
    const text = Array.from({ length: 2000 }, (_, i) => `line ${i}`).join('\n');
    const blocks = textBlocks(text);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.join('\n')).toBe(text);
    expect(textBlocks('')).toEqual(['']);
  });

  it('keeps all blocks but the last as the text grows', () => {
    const text = Array.from({ length: 1500 }, (_, i) => `line ${i}`).join('\n');
    fc.assert(
      fc.property(fc.nat(text.length), (length) => {
        const before = textBlocks(text.slice(0, length)).slice(0, -1);
        expect(textBlocks(text).slice(0, before.length)).toEqual(before);
      }),
    );
  });
});

describe('what is markdown', () => {
  it.each([
    '# A title',
    'first\n\n## second',
    'a **bold** word',
    '- one\n- two',
    '1. one\n\n2. two',
    'call `run()` now',
    '```\ncode',
    'see [this](https://example.com)',
    '| a | b |\n| --- | --- |',
    '> said',
  ])('%j is', (text) => expect(looksLikeMarkdown(text)).toBe(true));

  it.each([
    'A plain sentence.',
    'two\n\nparagraphs',
    '- Who is there?',
    '2 * 3 * 4',
    '1. April was cold.',
    '#hashtag',
    'a -- b',
    'snake_case_name',
  ])('%j is not', (text) => expect(looksLikeMarkdown(text)).toBe(false));

  it('looks at a long text of one kind in no time', () => {
    for (const text of ['- a'.repeat(50_000), '- a\n'.repeat(1), '1. '.repeat(50_000), '`'.repeat(100_000)])
      expect(typeof looksLikeMarkdown(text)).toBe('boolean');
  });
});
