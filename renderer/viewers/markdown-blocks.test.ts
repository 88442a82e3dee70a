import * as fc from 'fast-check';
import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { MarkdownReader } from './markdown-blocks.ts';

const TEXT = [
  '# Grüße an alle',
  '',
  'A *first* paragraph with `code`, 😀 and a [link](https://example.com).',
  'Its second line.',
  '',
  '- one',
  '- two',
  '',
  '  still two',
  '',
  '1. first',
  '2. second',
  '   - deeper',
  '',
  'Title by its line',
  '=================',
  '',
  '```ts',
  'const a = 1;',
  '',
  '# no heading',
  '```',
  '',
  '| a | b |',
  '| --- | :-: |',
  '| 1 | 2 |',
  '',
  '> quoted',
  '> on',
  '',
  '<b>raw</b>',
  '',
  '---',
  'The end.',
].join('\n');

const whole = (text: string): unknown => [...new Lexer({ gfm: true, breaks: true }).lex(text)];
const tokens = (reader: MarkdownReader, text: string): unknown => reader.read(text).map(({ token }) => token);

describe('markdown that grows', () => {
  it('reads the same as the whole, wherever it was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 10, maxLength: 120 }), (steps) => {
        const reader = new MarkdownReader();
        let length = 0;
        for (const step of steps) {
          length = Math.min(TEXT.length, length + step);
          reader.read(TEXT.slice(0, length));
        }
        expect(tokens(reader, TEXT)).toEqual(whole(TEXT));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what it has read, token for token', () => {
    const reader = new MarkdownReader();
    const before = reader.read(TEXT);
    const after = reader.read(`${TEXT} And more.`);
    const same = after.filter((block, i) => block === before[i]).length;
    expect(same).toBe(before.length - 1);
  });

  it('knows the place of each block, and reads anew what is another text', () => {
    const reader = new MarkdownReader();
    reader.read(TEXT);
    const other = 'Another\r\ntext\r\n\r\n- of\r\n- lists';
    const blocks = reader.read(other);
    const plain = other.replaceAll('\r\n', '\n');
    expect(blocks.map(({ token }) => token.type)).toEqual(['paragraph', 'space', 'list']);
    for (const { start, token } of blocks) expect(plain.startsWith(token.raw, start)).toBe(true);
  });

  it('finds an address given by name before', () => {
    const reader = new MarkdownReader();
    const text = '[a]: https://example.com\n\none\n\ntwo\n\nthree';
    reader.read(text);
    expect(JSON.stringify(reader.read(`${text}\n\n[a]`).at(-1))).toContain('https://example.com');
  });

  it('leaves words as they were written where their marks are too many, and reads the rest', () => {
    const knot = '*a _'.repeat(500).trimEnd();
    const [, , first, , second] = new MarkdownReader().read(`# *One*\n\n${knot}\n\n*Two*`);
    expect(first?.token).toMatchObject({ type: 'paragraph', tokens: [{ type: 'text', raw: knot }] });
    expect(second?.token).toMatchObject({ type: 'paragraph', tokens: [{ type: 'em' }] });
    const long = `**a** ${'word '.repeat(2000)}end`;
    expect(new MarkdownReader().read(long)[0]?.token).toMatchObject({
      tokens: [{ type: 'text', raw: long }],
    });
  });
});
