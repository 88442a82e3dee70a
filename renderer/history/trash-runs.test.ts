import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { trashRuns } from './actions.ts';

const { words, toasts } = vi.hoisted(() => {
  const words: string[] = [];
  const shown: { undo: () => void; stands: boolean } = { undo: () => undefined, stands: false };
  return { words, toasts: shown };
});
vi.mock('../ui/toasts.tsx', () => ({
  say: (title: string) => words.push(title),
  sayError: (error: { title: string }) => words.push(error.title),
  undoStands: () => toasts.stands,
  sayWithUndo: (title: string, _: unknown, undo: () => void) => {
    words.push(title);
    Object.assign(toasts, { undo, stands: true });
  },
}));

const UNDER_WAY = 1;
let restored: number[] = [];

beforeEach(() => {
  words.length = 0;
  restored = [];
  toasts.stands = false;
  vi.stubGlobal('window', {
    playground: {
      commands: {
        'history.trash': ({ ids }: { ids: readonly number[] }) => {
          const gone = ids.filter((id) => id !== UNDER_WAY);
          return Promise.resolve({ ok: true, value: { gone, left: ids.length - gone.length } });
        },
        'history.restore': ({ ids }: { ids: number[] }) => {
          restored = ids;
          return Promise.resolve({ ok: true, value: null });
        },
      },
    },
  });
  useFound.setState({ ids: [6, 5, 4, 3, 2, UNDER_WAY], complete: true });
});
afterEach(() => {
  vi.unstubAllGlobals();
  useChosen.getState().clear();
});

test('one word stands for all that went while it stands, and its Undo brings them all back', async () => {
  await trashRuns([6]);
  await trashRuns([4, 3]);
  expect(words).toEqual(['1 run moved to the trash', '3 runs moved to the trash']);
  toasts.undo();
  expect(restored).toEqual([6, 4, 3]);
  toasts.stands = false;
  await trashRuns([5]);
  expect(words.at(-1)).toBe('1 run moved to the trash');
  toasts.undo();
  expect(restored).toEqual([5]);
});

test('only those are said to be under way of which main says so', async () => {
  await trashRuns([2, UNDER_WAY]);
  expect(words).toEqual(['1 run still under way', '1 run moved to the trash']);
});

test('a run that goes from beside the list leaves the rest of the selection', async () => {
  useChosen.getState().choose([6, 5, 4]);
  await trashRuns([5]);
  expect([...useChosen.getState().ids]).toEqual([6, 4]);
});
