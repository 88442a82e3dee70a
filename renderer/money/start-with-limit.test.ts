import { expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { aRun } from '../stores/run.fixture.ts';
import { useSpending } from '../stores/spending.ts';
import * as toasts from '../ui/toasts.tsx';
import { useLimitQuestion } from './limit-question.ts';
import { startWithLimit } from './start-with-limit.ts';

const LIMIT = appError('limit', 'This passes your limit for today');

/** Answers as main does where a limit would be passed, and keeps how it was asked. */
function limited(error = LIMIT) {
  const asked: boolean[] = [];
  const send = (overLimit: boolean) => {
    asked.push(overLimit);
    return Promise.resolve(overLimit ? ok<Run[]>([]) : fail(error));
  };
  return { asked, send };
}

/** Resolves when the question is about this, for it is put a moment after it is asked. */
const put = (about: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      const state = useLimitQuestion.getState();
      if (state.open && state.about?.title === about) {
        stop();
        resolve();
      }
    };
    const stop = useLimitQuestion.subscribe(look);
    look();
  });
const answer = (yes: boolean): void => useLimitQuestion.getState().answer(yes);

test('what passes no limit is sent once and not asked about', async () => {
  const asked: boolean[] = [];
  const sent = await startWithLimit((overLimit) => {
    asked.push(overLimit);
    return Promise.resolve(ok<Run[]>([]));
  });
  expect(sent).toEqual(ok([]));
  expect(asked).toEqual([false]);
  expect(useLimitQuestion.getState().open).toBe(false);
});

test('a no sends nothing, a yes sends it over the limit', async () => {
  const no = limited();
  const refused = startWithLimit(no.send);
  await put(LIMIT.title);
  answer(false);
  expect(await refused).toBeNull();
  expect(no.asked).toEqual([false]);

  const yes = limited();
  const wanted = startWithLimit(yes.send);
  await put(LIMIT.title);
  answer(true);
  expect(await wanted).toEqual(ok([]));
  expect(yes.asked).toEqual([false, true]);
  expect(useLimitQuestion.getState().open).toBe(false);
});

test('another failure is handed back as it is', async () => {
  const { asked, send } = limited(appError('network', 'Away'));
  expect(await startWithLimit(send)).toEqual(fail(appError('network', 'Away')));
  expect(asked).toEqual([false]);
});

test('of two questions the second waits for the answer to the first', async () => {
  const second = limited(appError('limit', 'This passes your limit for this month'));
  const both = [startWithLimit(limited().send), startWithLimit(second.send)];
  await put(LIMIT.title);
  answer(false);
  await put('This passes your limit for this month');
  answer(true);
  expect(await Promise.all(both)).toEqual([null, ok([])]);
});

test('what waited for an answer asks only where that did not settle it', async () => {
  let over = false;
  const asked: boolean[] = [];
  // As main does: a yes holds for what comes after.
  const send = (overLimit: boolean) => {
    asked.push(overLimit);
    over ||= overLimit;
    return Promise.resolve(over ? ok<Run[]>([]) : fail(LIMIT));
  };
  const presses = [startWithLimit(send), startWithLimit(send), startWithLimit(send)];
  const questions = vi.fn<() => void>();
  const stop = useLimitQuestion.subscribe((now, before) => now.open && !before.open && questions());
  await put(LIMIT.title);
  answer(true);
  expect(await Promise.all(presses)).toEqual([ok([]), ok([]), ok([])]);
  stop();
  expect(questions).toHaveBeenCalledTimes(1);
  expect(asked).toEqual([false, false, false, true, false, false]);
});

test('that a limit cannot count a run beforehand is said once, and only where there is a limit', async () => {
  const said = vi.spyOn(toasts, 'say').mockImplementation(() => undefined);
  const run = aRun(1, { state: { kind: 'submitting' } });
  const start = (): Promise<unknown> => startWithLimit(() => Promise.resolve(ok(run)));
  await start();
  expect(said).not.toHaveBeenCalled();
  const none = { known: [], unknown: 0 };
  useSpending.setState({
    spending: { today: none, month: none, models: [], limits: { day: 5, month: null } },
  });
  await startWithLimit(() =>
    Promise.resolve(ok({ ...run, money: { ...run.money, estimate: { amount: 1, currency: 'USD' } } })),
  );
  expect(said).not.toHaveBeenCalled();
  await start();
  await start();
  expect(said).toHaveBeenCalledTimes(1);
});
