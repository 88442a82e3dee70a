import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import { never } from './fal.fixture.ts';
import { inParallel } from './in-parallel.ts';

test('no more at once than was said; what came of each is in the order of the items', async () => {
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const all = inParallel([0, 1, 2, 3], 2, never(), async (n) => {
    begun.push(n);
    await gates[n]?.promise;
    return ok(n * 10);
  });
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await all).toEqual(ok([0, 10, 20, 30]));
});

test('the first that fails stops the others, and is what is told', async () => {
  const begun: number[] = [];
  const all = await inParallel([0, 1, 2, 3], 2, never(), (n, signal) => {
    begun.push(n);
    if (n === 1) return Promise.resolve(fail(appError('network', 'Away')));
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(fail(appError('cancelled', 'Stopped'))));
    });
  });
  expect(all).toEqual(fail(appError('network', 'Away')));
  expect(begun).toEqual([0, 1]);
});

test('a stop begins nothing more, and is no success, even of things that do not mind it', async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const all = await inParallel([0, 1, 2], 1, stop.signal, (n) => {
    begun.push(n);
    stop.abort();
    return Promise.resolve(ok(n));
  });
  expect(all).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(begun).toEqual([0]);
});

test('nothing to do is done', async () => {
  expect(await inParallel([], 4, AbortSignal.abort(), () => Promise.resolve(ok(1)))).toEqual(ok([]));
});
