import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeFileName } from '../media/file-name.ts';
import { nameFacts } from './facts.ts';
import { numbered, patternProblem, savedPath, TOKENS, USUAL_PATTERN } from './pattern.ts';
import type { NameFacts } from './pattern.ts';

const times = { created: 0, submitted: null, queued: null, started: null, inferenceSeconds: null };
const ended = new Date(2026, 10, 7, 4, 3, 2).getTime();
const run = {
  endpointId: 'fal-ai/flux/dev',
  input: { prompt: 'A wren, on a fence post!', seed: 1 },
  output: { seed: 12345678901234567890n },
  times: { ...times, ended },
};
const facts = nameFacts(run, { fileName: 'out.webp' }, 2);
const at = (pattern: string, over: Partial<NameFacts> = {}): string =>
  savedPath(pattern, { ...facts, ...over }).join('/');

test('the usual name says when, what, and which', () => {
  expect(at(USUAL_PATTERN)).toBe(
    '2026-11-07_04-03-02_fal-ai-flux-dev_A-wren-on-a-fence-post_12345678901234567890_2.webp',
  );
});

test.each<[string, Partial<NameFacts>, string]>([
  [USUAL_PATTERN, { seed: '', prompt: '' }, '2026-11-07_04-03-02_fal-ai-flux-dev_2.webp'],
  ['{seed}_{n}', { seed: '' }, '2.webp'],
  ['{seed}', { seed: '' }, 'out.webp'],
  ['{seed}', { seed: '', name: '' }, 'result.webp'],
  ['my__{n}', {}, 'my__2.webp'],
  ['{model}/{date}/{n}.{ext}', {}, 'fal-ai-flux-dev/2026-11-07/2.webp'],
  ['{seed}/{n}', { seed: '' }, 'other/2.webp'],
  ['../../{n}', {}, '2.webp'],
  ['/etc/{n}', {}, 'etc/2.webp'],
  ['C:\\{n}', {}, 'C_/2.webp'],
  ['{prompt}', { prompt: '../../etc/passwd' }, 'etc-passwd.webp'],
  ['con/{n}', {}, '_con/2.webp'],
  ['{n}.{ext}.{ext}', {}, '2.webp.webp'],
])('%s, %j: %s', (pattern, over, expected) => {
  expect(at(pattern, over)).toBe(expected);
});

test('a prompt is cut between its words, a word that is too long within', () => {
  const prompt = (text: string): string =>
    nameFacts({ ...run, input: { prompt: text } }, { fileName: 'a.png' }, 1).prompt;
  expect(prompt('word '.repeat(30))).toBe(Array.from({ length: 12 }, () => 'word').join('-'));
  expect([...prompt('é'.repeat(99))]).toHaveLength(60);
  expect(prompt('鳥 と 木')).toBe('鳥-と-木');
});

describe('whatever the pattern and the run', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('..', '../..', '/', '\\', 'C:\\x', '.', 'con', '\u202e', '\0', '~', '-rf'),
  );
  const anyFacts = fc
    .record(Object.fromEntries(TOKENS.map((token) => [token, text])))
    .map((some): NameFacts => ({ ...facts, ...some, ext: 'png' }));
  const pattern = fc
    .array(fc.oneof(text, fc.constantFrom(...TOKENS.map((token) => `{${token}}`)), fc.constant('/')))
    .map((parts) => parts.join(''));

  test('no name leads out of the folder, and each is safe everywhere', () => {
    fc.assert(
      fc.property(pattern, anyFacts, (given, some) => {
        const path = savedPath(given, some);
        for (const part of path) {
          expect(part).not.toMatch(/[/\\:*?"<>|]/);
          expect(part.replace(/[\s.]/g, '')).not.toBe('');
        }
        const name = path.at(-1) ?? '';
        expect(safeFileName(name, 'png')).toBe(name);
        expect(name.endsWith('.png')).toBe(true);
        for (const folder of path.slice(0, -1)) expect(safeFileName(`${folder}.x`, 'x')).toBe(`${folder}.x`);
      }),
    );
  });
});

test.each([
  ['', 'A pattern is needed'],
  ['{prompt', 'A brace is not closed, or not opened'],
  ['{Prompt}', '{Prompt} is none of the words in braces'],
  ['{}', '{} is none of the words in braces'],
  ['a/b/c/d/e/f/{n}', 'At most 5 folders'],
  ['x'.repeat(201), 'At most 200 letters'],
  [USUAL_PATTERN, null],
  ['pictures/{model}/{n}', null],
])('%s is refused in words, or taken', (pattern, problem) => {
  expect(patternProblem(pattern)).toBe(problem);
});

test('beside a file of the same name it gets a number', () => {
  expect([1, 2, 3].map((count) => numbered('a.b.png', count))).toEqual([
    'a.b.png',
    'a.b (2).png',
    'a.b (3).png',
  ]);
});
