import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { failureIn, gather, NOTHING_GATHERED } from './gather.ts';

const all = (events: readonly JsonValue[]): JsonValue => events.reduce(gather, NOTHING_GATHERED).output;
const chunk = (content: string | null, over: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  id: 'c',
  choices: [{ index: 0, delta: content === null ? {} : { content }, finish_reason: null, ...over }],
});

describe('the last event is the output', () => {
  test.each<[string, readonly JsonValue[], JsonValue]>([
    ['of nothing', [], null],
    ['of one', [{ seed: 1 }], { seed: 1 }],
    ['of previews', [{ image: 'a' }, { image: 'b', seed: 1 }], { image: 'b', seed: 1 }],
    [
      'of steps and a result',
      [{ progress: 0.5 }, { progress: 1 }, { images: [{ url: 'x' }] }],
      { images: [{ url: 'x' }] },
    ],
    [
      'of a text that grows',
      [
        { output: 'One', partial: true },
        { output: 'One two', partial: true },
        { output: 'One two.', partial: false },
      ],
      { output: 'One two.', partial: false },
    ],
    [
      'of a text that is shortened at its end',
      [{ text: 'One ' }, { text: 'One two ' }, { text: 'One two' }],
      { text: 'One two' },
    ],
    [
      'of a text that was whole at once',
      [
        { output: 'Yes', partial: true },
        { output: 'Yes', partial: false },
      ],
      { output: 'Yes', partial: false },
    ],
    [
      'of a text that grows and is put right',
      [{ text: 'One t' }, { text: 'One two' }, { text: 'One three' }, { text: 'Won three.' }],
      { text: 'Won three.' },
    ],
    ['but for the mark of an end', [{ seed: 1 }, '[DONE]'], { seed: 1 }],
    ['of values that are nothing', [1, 0], 0],
    ['of a message of its own', [{ message: 'step 1' }, { message: 'step 2' }], { message: 'step 2' }],
  ])('%s', (_name, events, expected) => {
    expect(all(events)).toEqual(expected);
  });
});

describe('pieces of a text are put together', () => {
  test.each<[string, readonly JsonValue[], JsonValue]>([
    ['that are nothing else', ['Hel', 'lo', ' 世', '界', '[DONE]'], 'Hello 世界'],
    ['one of which looks like a number', ['It is ', 42, '.'], 'It is 42.'],
    ['under a name', [{ text: 'Hel' }, { text: 'lo' }, { text: ' you' }], { text: 'Hello you' }],
    ['that repeat each other', [{ output: 'ha' }, { output: 'ha' }, { output: '!' }], { output: 'haha!' }],
    ['that all are the same', [{ output: 'ha' }, { output: 'ha' }, { output: 'ha' }], { output: 'hahaha' }],
    [
      'the second of which begins with the first',
      [{ output: ' ' }, { output: ' the' }, { output: ' cat' }, { output: ' sat' }],
      { output: '  the cat sat' },
    ],
    ['that begin with breaks', [{ text: '\n' }, { text: '\n\n' }, { text: 'It' }], { text: '\n\n\nIt' }],
    [
      'before an event that says other things',
      [{ text: 'abc' }, { text: 'def' }, { done: true, usage: { tokens: 2 } }],
      { text: 'abcdef', done: true, usage: { tokens: 2 } },
    ],
    [
      'before an event with no text',
      [{ text: 'abc' }, { text: '', done: true }],
      { text: 'abc', done: true },
    ],
    [
      'between events that say other things',
      [{ text: 'abc' }, { ping: 1 }, { text: 'def' }, { output: '', done: true }],
      { text: 'abcdef', output: '', done: true },
    ],
    [
      'before the whole at another place',
      [{ text: 'Hel' }, { text: 'lo' }, { done: true, result: { said: 'Hello' } }],
      { done: true, result: { said: 'Hello' } },
    ],
    [
      'before the whole',
      [
        { output: 'Hel', partial: true },
        { output: 'lo', partial: true },
        { output: 'Hello.', partial: false },
      ],
      { output: 'Hello.', partial: false },
    ],
    [
      'as deltas, with other things between and after',
      [
        { type: 'start', delta: 'Hel' },
        { type: 'ping' },
        { type: 'd', delta: { text: 'lo' } },
        { type: 'stop', usage: { tokens: 2 } },
      ],
      { text: 'Hello', usage: { tokens: 2 } },
    ],
    [
      'as deltas before the whole',
      [
        { type: 'd', delta: 'Hel' },
        { type: 'd', delta: 'lo' },
        { type: 'done', response: { text: 'Hello' } },
      ],
      { type: 'done', response: { text: 'Hello' } },
    ],
    [
      'of a chat completion',
      [
        chunk(null, { delta: { role: 'assistant' } }),
        chunk('Hel'),
        chunk('lo', { finish_reason: 'stop' }),
        { id: 'c', choices: [], usage: { tokens: 2 } },
        '[DONE]',
      ],
      {
        id: 'c',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
        usage: { tokens: 2 },
      },
    ],
    [
      'of a chat completion before an event that says other things',
      [chunk('Hel'), chunk('lo'), { usage: { tokens: 2 } }],
      {
        id: 'c',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: null }],
        usage: { tokens: 2 },
      },
    ],
    [
      'of several choices',
      [chunk('a'), chunk('b', { index: 1 }), chunk('c', { index: 1 })],
      {
        id: 'c',
        choices: [
          { index: 0, message: { role: 'assistant', content: 'a' }, finish_reason: null },
          { index: 1, message: { role: 'assistant', content: 'bc' }, finish_reason: null },
        ],
      },
    ],
  ])('%s', (_name, events, expected) => {
    expect(all(events)).toEqual(expected);
  });

  test('each step shows them as far as they go', () => {
    const seen: JsonValue[] = [];
    let gathered = NOTHING_GATHERED;
    for (const event of ['a', 'b', 'c']) {
      gathered = gather(gathered, event);
      seen.push(gathered.output);
    }
    expect(seen).toEqual(['a', 'ab', 'abc']);
  });
});

test.each<[JsonValue, string | null]>([
  [{ error: { type: 'x' }, detail: 'No memory' }, 'No memory'],
  [{ error: 'No memory' }, 'No memory'],
  [{ error: { message: 'No memory' } }, 'No memory'],
  [{ error: { code: 3 } }, '{"code":3}'],
  [{ error: null, output: 'a' }, null],
  [{ error: 'cut', output: 'a text' }, null],
  [{ error: 'one was filtered', images: [{ url: 'https://fal.media/a.png' }] }, null],
  [{ error: {}, labels: ['a'] }, null],
  [{ error: 'x', image: 'https://fal.media/a.png' }, null],
  [{ error: 'x', images: [], timings: { inference: 1 } }, 'x'],
  [{ error: 0, seed: 1 }, null],
  [{ seed: 1 }, null],
  ['error', null],
])('what went wrong in %j: %s', (output, words) => {
  expect(failureIn(output)).toBe(words);
});
