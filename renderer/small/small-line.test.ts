import { expect, test } from 'vitest';
import { SmallLine } from './small-line.ts';
import type { SmallFile, SmallState } from './small-line.ts';

const file = (sha256: string): SmallFile => ({ sha256, medium: 'image', contentType: 'image/png', bytes: 1 });

/** A line whose pictures are made when the test says so. */
function begin() {
  const begun: string[] = [];
  const open = new Map<string, (state: SmallState) => void>();
  const line = new SmallLine(({ sha256 }) => {
    begun.push(sha256);
    const { promise, resolve } = Promise.withResolvers<SmallState>();
    open.set(sha256, resolve);
    return promise;
  });
  const end = async (sha256: string, state: SmallState = 'made'): Promise<void> => {
    open.get(sha256)?.(state);
    await Promise.resolve();
  };
  return { line, begun, end };
}

test('two at once, what is in sight before what is not, in the order it came', async () => {
  const { line, begun, end } = begin();
  for (const name of ['u1', 'u2', 'u3']) line.add(file(name));
  for (const name of ['s1', 's2']) line.see(file(name));
  expect(begun).toEqual(['u1', 'u2']);
  await end('u2');
  await end('u1');
  expect(begun).toEqual(['u1', 'u2', 's1', 's2']);
  await end('s1');
  expect(begun).toEqual(['u1', 'u2', 's1', 's2', 'u3']);
});

test('what went out of sight before its turn is not made, unless somebody else sees it', async () => {
  const { line, begun, end } = begin();
  line.see(file('a'));
  line.see(file('b'));
  const away = line.see(file('c'));
  const one = line.see(file('d'));
  line.see(file('d'));
  away();
  one();
  await end('a');
  await end('b');
  expect(begun).toEqual(['a', 'b', 'd']);
});

test('each is made once, and tells those who look', async () => {
  const { line, begun, end } = begin();
  let told = 0;
  const stop = line.subscribe(() => (told += 1));
  line.see(file('a'));
  line.add(file('a'));
  await end('a', 'impossible');
  line.add(file('a'));
  line.see(file('a'));
  expect(begun).toEqual(['a']);
  expect(told).toBe(1);
  expect(line.stateOf('a')).toBe('impossible');
  stop();
  line.add(file('b'));
  await end('b');
  expect(told).toBe(1);
});

test.each(['missing', 'failed'] as const)(
  '%s holds as long as it is in sight, or until it may be back',
  async (state) => {
    const { line, begun, end } = begin();
    const away = line.see(file('a'));
    await end('a', state);
    expect(line.stateOf('a')).toBe(state);
    line.again('a');
    await end('a', state);
    expect(begun).toEqual(['a', 'a']);
    away();
    expect(line.stateOf('a')).toBeUndefined();
    line.see(file('a'));
    expect(begun).toEqual(['a', 'a', 'a']);
  },
);

test('one that is gone is made again once, for as long as the window is open', async () => {
  const { line, begun, end } = begin();
  line.see(file('a'));
  await end('a');
  line.lost('a');
  expect(line.wasLost('a')).toBe(true);
  expect(line.stateOf('a')).toBeUndefined();
  await end('a');
  expect(line.stateOf('a')).toBe('made');
  line.lost('a');
  expect(begun).toEqual(['a', 'a']);
  expect(line.stateOf('a')).toBe('made');
});
