import { expect, test } from 'vitest';
import { changedWords } from './changed-words.ts';

test('what one text has and the other has not is marked in it, word by word', () => {
  expect(changedWords('a red fox runs', 'a grey fox runs home')).toEqual([
    [
      { text: 'a ', changed: false },
      { text: 'red', changed: true },
      { text: ' fox runs', changed: false },
    ],
    [
      { text: 'a ', changed: false },
      { text: 'grey', changed: true },
      { text: ' fox runs', changed: false },
      { text: ' home', changed: true },
    ],
  ]);
});

test.each([
  ['', ''],
  ['same\n\n  words', 'same\n\n  words'],
  ['مرحبا 🐦 hello', 'مرحبا 🐧 hello'],
  ['no', 'common ground'],
])('nothing of either text is lost: %j, %j', (a, b) => {
  const changed = changedWords(a, b);
  expect(changed?.map((stretches) => stretches.map(({ text }) => text).join(''))).toEqual([a, b]);
});

test('texts that are too long for it are left as they are', () => {
  expect(changedWords('a '.repeat(60_000), 'b')).toBeNull();
});
