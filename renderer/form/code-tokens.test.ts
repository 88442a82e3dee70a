import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { codeTokens } from './code-tokens.ts';

const LANGUAGES: readonly CodeLanguage[] = ['curl', 'javascript', 'python', 'fal'];
const said = (language: CodeLanguage, code: string, kind: string): readonly string[] =>
  codeTokens(language, code)
    .filter((token) => token.kind === kind)
    .map(({ text }) => text);

describe('tokens', () => {
  test('put together again they are the code', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...LANGUAGES), (code, language) => {
        expect(
          codeTokens(language, code)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
      }),
    ));

  test('a word of a shell is one text, however it is quoted', () =>
    expect(said('curl', `curl --data '{"a": "it'\\''s", "b": "'"$FILE"'"}' # sent`, 'text')).toEqual([
      `'{"a": "it'\\''s", "b": "'"$FILE"'"}'`,
    ]));

  test('what stands in a text is no word and no comment', () => {
    const code = 'const a = "for // \\" import"; // a note for you';
    expect(said('javascript', code, 'text')).toEqual(['"for // \\" import"']);
    expect(said('javascript', code, 'word')).toEqual(['const']);
    expect(said('javascript', code, 'comment')).toEqual(['// a note for you']);
    expect(said('python', 'input = {"x": True}  # for', 'word')).toEqual(['True']);
  });
});
