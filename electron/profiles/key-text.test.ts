import { describe, expect, test } from 'vitest';
import { environmentKey, readKey, readName, uniqueName } from './key-text.ts';

describe('a key as it was typed', () => {
  test('loses what was copied along at its ends', () => {
    expect(readKey('  id:secret\r\n')).toEqual({ ok: true, value: 'id:secret' });
  });

  test.each([
    ['', 'no key'],
    [' \n ', 'no key'],
    ['two words', 'spaces'],
    ['a\tb', 'spaces'],
    ['a\u00a0b', 'spaces'],
    ['a\r\nx-evil: 1', 'one line'],
    ['schlüssel', 'characters'],
    ['a\u0000b', 'characters'],
    ['a\u200bb', 'characters'],
    ['x'.repeat(1001), 'too long'],
  ])('%j is refused for its %s, and is not quoted', (typed, says) => {
    const refused = readKey(typed);
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'input', title: expect.stringContaining(says) },
    });
    expect(JSON.stringify(refused)).not.toContain(typed.trim() || 'nothing to quote');
  });
});

test.each([
  [{ FAL_KEY: 'a:b', FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y' }, 'a:b', 'FAL_KEY'],
  [{ FAL_KEY: ' a:b\n' }, 'a:b', 'FAL_KEY'],
  [{ FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y ' }, 'x:y', 'FAL_KEY_ID and FAL_KEY_SECRET'],
  [{ FAL_KEY: '  ', FAL_KEY_ID: 'x', FAL_KEY_SECRET: 'y' }, 'x:y', 'FAL_KEY_ID and FAL_KEY_SECRET'],
])('the environment’s key (fal-protocol §1.2): %j', (environment, secret, variables) => {
  expect(environmentKey(environment)).toEqual({ secret, variables });
});

test.each([
  [{ FAL_KEY_ID: 'x' }],
  [{ FAL_KEY_ID: '', FAL_KEY_SECRET: '' }],
  [{ FAL_KEY: 'two\nlines' }],
  [{}],
])('the environment has none in %j', (environment) => expect(environmentKey(environment)).toBeNull());

test('a name is one line of 1 to 40 characters', () => {
  expect(readName('  my\n work \u200e key ')).toEqual({ ok: true, value: 'my work key' });
  expect(readName('🔑'.repeat(40)).ok).toBe(true);
  for (const typed of ['', ' \n', 'x'.repeat(41)])
    expect(readName(typed)).toMatchObject({ ok: false, error: { kind: 'input' } });
});

test('a taken name gets the next free number, and stays within its length', () => {
  expect(uniqueName('work', [])).toBe('work');
  expect(uniqueName('Work', ['work', 'work 2'])).toBe('Work 3');
  const long = 'x'.repeat(40);
  expect(uniqueName(long, [long])).toBe(`${'x'.repeat(38)} 2`);
});
