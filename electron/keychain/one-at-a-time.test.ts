import { describe, expect, it } from 'vitest';
import { testBackend } from './keychain.fixture.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { KeyBackend } from './backend.ts';

const NO_ANSWER = { trouble: 'no-answer' };

/** A backend whose calls end when the test says so. */
function held(): { backend: KeyBackend; begun: string[]; end: (value: string | null) => void } {
  const begun: string[] = [];
  const ends: ((value: string | null) => void)[] = [];
  const backend: KeyBackend = {
    kind: 'keytar',
    read: (account) => {
      begun.push(account);
      return new Promise((resolve) => ends.push(resolve));
    },
    write: async (account) => void begun.push(account),
    remove: async (account) => void begun.push(account),
  };
  return { backend, begun, end: (value) => ends.shift()?.(value) };
}

describe('oneAtATime', () => {
  it('begins a call when the one before has ended, well or badly', async () => {
    const { backend, begun, end } = held();
    const guarded = oneAtATime(backend, 1000);
    const first = guarded.read('a');
    const second = guarded.write('b', 'secret');
    await Promise.resolve();
    expect(begun).toEqual(['a']);
    end('one');
    expect(await first).toBe('one');
    await second;
    expect(begun).toEqual(['a', 'b']);

    const failing = testBackend('keytar', 'locked');
    const other = oneAtATime(failing, 1000);
    const [bad, worse] = [other.read('a'), other.remove('a')];
    await expect(bad).rejects.toMatchObject({ trouble: 'locked' });
    await expect(worse).rejects.toMatchObject({ trouble: 'locked' });
    expect(other.answering).toBe(true);
  });

  it('counts the limit from the start of the call itself, not of its waiting', async () => {
    const slow: KeyBackend = {
      ...testBackend('keytar'),
      read: () => new Promise((resolve) => setTimeout(resolve, 60, null)),
    };
    const guarded = oneAtATime(slow, 150);
    const answers = await Promise.all(Array.from({ length: 5 }, () => guarded.read('a')));
    expect(answers).toEqual([null, null, null, null, null]);
  });

  it('never calls a backend again that has not answered once', async () => {
    const { backend, begun } = held();
    const guarded = oneAtATime(backend, 20);
    const waiting = [guarded.read('a'), guarded.read('b'), guarded.write('c', 'secret')];
    for (const call of waiting) await expect(call).rejects.toMatchObject(NO_ANSWER);
    for (let n = 0; n < 10; n += 1) await expect(guarded.read('d')).rejects.toMatchObject(NO_ANSWER);
    expect(begun).toEqual(['a']);
    expect(guarded.answering).toBe(false);
  });

  it('says whether the hung call is still under way', async () => {
    const { backend, end } = held();
    const guarded = oneAtATime(backend, 20);
    expect(guarded.stuck).toBe(false);
    await expect(guarded.read('a')).rejects.toMatchObject(NO_ANSWER);
    expect(guarded.stuck).toBe(true);
    end('too late');
    await expect.poll(() => guarded.stuck).toBe(false);
    expect(guarded.answering).toBe(false);
  });

  it('can be given up by hand, in the middle of a call or before any', async () => {
    const { backend } = held();
    const guarded = oneAtATime(backend, 10_000);
    const call = guarded.read('a');
    await Promise.resolve();
    guarded.giveUp();
    await expect(call).rejects.toMatchObject(NO_ANSWER);

    const untouched = testBackend('keytar');
    const other = oneAtATime(untouched);
    const queued = other.read('a');
    other.giveUp();
    await expect(queued).rejects.toMatchObject(NO_ANSWER);
    expect(untouched.calls).toEqual([]);
  });
});
