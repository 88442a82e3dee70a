import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { readInput } from './input.ts';

describe('a command that cannot be read is an error of kind input', () => {
  test.each([
    [''],
    ['jump acme/bird'],
    ['run'],
    ['run acme/bird {} {}'],
    ['run acme/bird --jump'],
    ['run acme/bird --timeout soon'],
    ['run acme/bird --timeout'],
    ['run acme/bird --header Team'],
    ['run acme/bird --header =a'],
    ['run acme/bird --priority high'],
    ['run acme/bird --store-io maybe'],
    ['run acme/bird --keep-files forever'],
    ['run acme/bird --retry-config {'],
    ['run acme/bird --retry-config {"timeout":1}'],
    ['subscribe acme/bird --mode push'],
    ['realtime acme/bird --auth none'],
    ['status acme/bird'],
    ['result acme/bird'],
    ['cancel acme/bird'],
    ['upload'],
    ['verify-webhook'],
    ['verify-webhook a --at soon'],
    ['price acme/bird --calls 1 --units 2'],
  ])('%s', (line) => {
    const args = line === '' ? [] : line.split(' ');
    expect(readArguments(args)).toMatchObject({
      ok: false,
      error: {
        kind: 'input',
        detail: expect.stringMatching(/.+/),
        hint: expect.stringContaining('README.md'),
      },
    });
  });
});

describe('options', () => {
  test.each([
    ['--keep-files 90', { lifecycle: { expiresIn: 90 } }],
    ['--keep-files 7d', { lifecycle: { expiresIn: '7d' } }],
    ['--file-readers hide', { lifecycle: { initialAcl: { default: 'hide' } } }],
    ['--store-io on', { storeIo: true }],
    ['--timeout 1.5 --stall-timeout 2', { timeout: 1.5, stallTimeout: 2 }],
    ['--header A=b=c --header D=', { headers: { A: 'b=c', D: '' } }],
    ['--logs --mode poll', { logs: true, mode: 'poll' }],
  ])('%s', (line, options) =>
    expect(readArguments(['subscribe', 'acme/bird', ...line.split(' ')])).toMatchObject({
      ok: true,
      value: { method: 'subscribe', target: 'acme/bird', input: null, options },
    }),
  );
});

test.each([
  ['[1]', 'input'],
  ['"a"', 'input'],
  ['{', 'input'],
  ['@/nowhere/at/all.json', 'storage'],
])('the input %s is refused', async (typed, kind) =>
  expect(await readInput(typed)).toMatchObject({ ok: false, error: { kind } }),
);
