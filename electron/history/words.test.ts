import { describe, expect, test } from 'vitest';
import { aRun } from './history.fixture.ts';
import { wordsIn, wordsOf } from './words.ts';

describe('the words of a text', () => {
  test.each([
    ['A Wren, on a fence-post!', ['a', 'wren', 'on', 'a', 'fence', 'post']],
    ['Crème brûlée naïve ÅNGSTRÖM', ['creme', 'brulee', 'naive', 'angstrom']],
    ['Cre\u0300me', ['creme']],
    ['landscape_4_3 fal-ai/flux', ['landscape', '4', '3', 'fal', 'ai', 'flux']],
    ['猫の写真 cat', ['猫', 'の', '写', '真', 'cat']],
    ['שָׁלוֹם مَرْحَبًا', ['שלום', 'مرحبا']],
    ['한국어 사진', ['한국어', '사진']],
    ['ＷＩＤＥ ﬁne', ['wide', 'fine']],
    ['🐦wren🦊', ['\ue0001f426', 'wren', '\ue0001f98a']],
    ['❤️love', ['\ue0002764', 'love']],
    ['❤\ufe0f\u200d🔥love', ['\ue0002764', '\ue0001f525', 'love']],
    ['AND OR NOT NEAR("x") * ^ : {a b}', ['and', 'or', 'not', 'near', 'x', 'a', 'b']],
    ['"\'--;/*\\%_', []],
    ['x'.repeat(65), []],
  ])('%s', (text, words) => {
    expect(wordsIn(text)).toEqual(words);
  });
});

test('of a run: its prompt once, every other text, file names of addresses and the seed, but no data and no hashes', () => {
  const run = aRun(1, {
    input: {
      prompt: 'a wren',
      nested: [{ style: 'Oil' }],
      image_url: 'https://v3.fal.media/files/monkey/my%20cat.png?x=1',
      mask: `media:${'a'.repeat(64)}`,
      data: 'data:image/png;base64,QUJD',
      seed: 6252023,
      steps: 28,
    },
    output: { images: [{ url: 'https://v3.fal.media/files/abc.png' }], text: 'It says so', seed: 7n },
  });
  const gap = ' \ue001 ';
  expect(wordsOf(run, 'A note', ['birds', 'best of'])).toEqual({
    prompt: 'a wren',
    inputs: ['oil', 'my cat png', '6252023'].join(gap),
    outputs: ['it says so', '7'].join(gap),
    model: 'acme bird',
    note: 'a note',
    tags: ['birds', 'best of'].join(gap),
  });
});

test('of a book no more than its begin', () => {
  const { outputs } = wordsOf(aRun(1, { output: { text: 'word '.repeat(100_000) } }), '', []);
  expect(outputs.length).toBeLessThan(21_000);
});

test.each([
  ['one long folder', `https://acme.test/${'a'.repeat(1_000_000)}/cat.png`, ''],
  ['a long question', `https://acme.test/my%20cat.png?${'x/'.repeat(500_000)}`, 'my cat png'],
])('an address of a megabyte (%s) is read at once', (_name, url, words) => {
  expect(wordsOf(aRun(1, { input: { prompt: 'a', url } }), '', []).inputs).toBe(words);
});
