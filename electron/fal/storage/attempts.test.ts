import { expect, test } from 'vitest';
import { appError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { never } from '../fal.fixture.ts';
import { attempts } from './attempts.ts';
import type { Failure } from './attempts.ts';

/** Waits that no test could sit out. */
const HOURS = { backoff: { tries: 4, base: 3_600_000, cap: 3_600_000 } };
const MOMENT = { backoff: { tries: 4, base: 1, cap: 1 } };

const away = (over: Partial<Failure> = {}): Failure => ({
  error: appError('network', 'Away'),
  again: true,
  ...over,
});

/** Ends as the list says, one try after the other. */
function tries(...outcomes: readonly Result<string, Failure>[]) {
  let n = 0;
  const once = (): Promise<Result<string, Failure>> => {
    const outcome = outcomes[n] ?? ok('too many');
    n += 1;
    return Promise.resolve(outcome);
  };
  return { once, count: () => n };
}

test('what may pass is tried again until it goes well', async () => {
  const { once, count } = tries(fail(away()), fail(away()), ok('there'));
  expect([await attempts(MOMENT, never(), once), count()]).toEqual([ok('there'), 3]);
});

test('tries come to an end, with what was said last', async () => {
  const last = away({ error: appError('request', 'Full') });
  const { once, count } = tries(fail(away()), fail(away()), fail(away()), fail(last), ok('late'));
  expect([await attempts(MOMENT, never(), once), count()]).toEqual([fail(appError('request', 'Full')), 4]);
});

test('what cannot pass is not tried again', async () => {
  const { once, count } = tries(fail(away({ again: false })));
  expect([await attempts(MOMENT, never(), once), count()]).toEqual([fail(appError('network', 'Away')), 1]);
});

test('a server that says when is believed', async () => {
  const { once } = tries(fail(away({ retryAfter: '0' })), ok('there'));
  expect(await attempts(HOURS, never(), once)).toEqual(ok('there'));
});

test('a stop ends a wait at once, and begins nothing', async () => {
  const stop = new AbortController();
  const { once, count } = tries(fail(away()));
  const ending = attempts(HOURS, stop.signal, once);
  await Promise.resolve();
  stop.abort();
  expect([await ending, count()]).toEqual([fail(appError('cancelled', 'Stopped')), 1]);
  expect(await attempts(HOURS, stop.signal, once)).toEqual(fail(appError('cancelled', 'Stopped')));
  expect(count()).toBe(1);
});

test('a stop in the middle of a try is a stop, whatever the try says', async () => {
  const stop = new AbortController();
  const ending = attempts(MOMENT, stop.signal, () => {
    stop.abort();
    return Promise.resolve(fail(away()));
  });
  expect(await ending).toEqual(fail(appError('cancelled', 'Stopped')));
});
