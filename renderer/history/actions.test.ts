import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { MOST_RUNS } from '../../shared/history/most.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { purgeRuns, starRuns, trashRuns } from './actions.ts';
import { chosenOf } from './chosen-of.ts';

const ALL = Array.from({ length: 2 * MOST_RUNS + 5 }, (_, n) => 500_000 - n);
/** How many runs each command named. */
let asked: number[] = [];
/** The number of the command that fails. */
let failing: number | null = null;

const acting =
  (value: (ids: readonly number[]) => unknown) =>
  ({ ids }: { ids: readonly number[] }) => {
    asked.push(ids.length);
    return Promise.resolve(
      asked.length === failing
        ? { ok: false, error: appError('storage', 'The disk is full') }
        : { ok: true, value: value(ids) },
    );
  };

beforeEach(() => {
  asked = [];
  failing = null;
  vi.stubGlobal('window', {
    playground: {
      commands: {
        'history.marksOf': ({ ids }: { ids: readonly number[] }) =>
          Promise.resolve({ ok: true, value: { runs: ids.length, stars: 0, tags: [] } }),
        'history.star': acting(() => null),
        'history.trash': acting((ids) => ({ gone: [...ids], left: 0 })),
        'history.purge': acting((ids) => ({ runs: ids.length, bytes: 1 })),
      },
    },
  });
  useFound.setState({ ids: ALL, complete: true });
  useChosen.getState().choose(ALL);
});
afterEach(() => {
  vi.unstubAllGlobals();
  useChosen.getState().clear();
});

test('more runs than one command names go in several, and leave the list as far as they went', async () => {
  const pieces = [MOST_RUNS, MOST_RUNS, 5];
  await starRuns(ALL);
  expect(asked).toEqual(pieces);
  asked = [];
  await trashRuns(ALL);
  expect(asked).toEqual(pieces);
  expect(useFound.getState().ids).toEqual([]);
});

test('what went before something failed is gone, and no more is asked', async () => {
  failing = 2;
  await trashRuns(ALL);
  expect(asked).toEqual([MOST_RUNS, MOST_RUNS]);
  expect(useFound.getState().ids).toEqual(ALL.slice(MOST_RUNS));
  [asked, failing] = [[], 1];
  await purgeRuns(ALL.slice(MOST_RUNS));
  expect(asked).toEqual([MOST_RUNS]);
  expect(useFound.getState().ids).toHaveLength(MOST_RUNS + 5);
  [asked, failing] = [[], 2];
  await purgeRuns(ALL.slice(MOST_RUNS));
  expect(asked).toEqual([MOST_RUNS, 5]);
  expect(useFound.getState().ids).toEqual(ALL.slice(-5));
});

test('more runs than can be named go out as what is found, or not at all', () => {
  useFound.setState({ text: 'wren' });
  expect(chosenOf([3, 2])).toEqual({ kind: 'ids', ids: [3, 2] });
  expect(chosenOf(ALL)).toEqual({ kind: 'search', text: 'wren' });
  expect(chosenOf(ALL.slice(1))).toBeNull();
  useFound.setState({ complete: false });
  expect(chosenOf(ALL)).toBeNull();
});

test.each([
  [3, false],
  [2, true],
])(
  'of three runs %i have a star, which main knows whether their cards are held or not',
  async (stars, star) => {
    const given: boolean[] = [];
    vi.stubGlobal('window', {
      playground: {
        commands: {
          'history.marksOf': () => Promise.resolve({ ok: true, value: { runs: 3, stars, tags: [] } }),
          'history.star': (asking: { star: boolean }) => {
            given.push(asking.star);
            return Promise.resolve({ ok: true, value: null });
          },
        },
      },
    });
    await starRuns([3, 2, 1]);
    expect(given).toEqual([star]);
  },
);
