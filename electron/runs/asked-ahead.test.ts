import { expect, test } from 'vitest';
import { AskedAhead } from './asked-ahead.ts';

/** Says how it ended. */
const asking = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped')));
const never = new AbortController().signal;

test('it is taken once', async () => {
  const ahead = new AskedAhead<string>();
  expect(ahead.take(never)).toBeNull();
  ahead.begin(() => Promise.resolve('here'), never);
  expect(await ahead.take(never)).toBe('here');
  expect(ahead.take(never)).toBeNull();
});

test('whoever takes it can end it, and so can the end of all', async () => {
  const ahead = new AskedAhead<string>();
  for (const which of [0, 1, 2]) {
    const [step, life] = [new AbortController(), new AbortController()];
    if (which === 2) step.abort();
    ahead.begin(asking, life.signal);
    const answer = ahead.take(step.signal);
    if (which < 2) [step, life][which]?.abort();
    expect(await answer).toBe('stopped');
  }
});

test('asked anew, the one before is dropped', async () => {
  const ahead = new AskedAhead<string>();
  const first = Promise.withResolvers<string>();
  ahead.begin((signal) => asking(signal).then((said) => (first.resolve(said), said)), never);
  ahead.begin(() => Promise.resolve('second'), never);
  expect(await first.promise).toBe('stopped');
  expect(await ahead.take(never)).toBe('second');
});
