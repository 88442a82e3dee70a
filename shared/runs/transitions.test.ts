import { describe, expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import { runStateSchema } from './run.ts';
import type { RunStateKind } from './run.ts';
import { isOver, mayFollow } from './transitions.ts';

/** What may follow each state, beside itself. */
const table: Readonly<Record<RunStateKind, string>> = {
  waiting: 'uploading submitting failed cancelled',
  uploading: 'submitting failed cancelled',
  submitting: 'queued running fetching saving succeeded failed confirming cancelling cancelled lost',
  confirming: 'queued cancelling unconfirmed',
  unconfirmed: 'confirming',
  queued: 'running fetching failed cancelling lost',
  running: 'queued fetching saving succeeded failed cancelling cancelled lost',
  fetching: 'saving succeeded failed cancelled lost',
  saving: 'succeeded failed',
  succeeded: 'saving',
  failed: '',
  cancelling: 'cancelled queued running fetching failed lost confirming',
  cancelled: '',
  lost: '',
};
const kinds = runStateSchema.options.map((option) => option.shape.kind.value);

describe('what may follow what', () => {
  test.each(kinds)('%s', (from) => {
    const followers = kinds.filter((to) => to !== from && mayFollow(from, to));
    expect(followers.toSorted()).toEqual(table[from].split(' ').filter(Boolean).toSorted());
    expect(mayFollow(from, from)).toBe(true);
  });

  test('the table knows every state', () => {
    expect(Object.keys(table).toSorted()).toEqual([...kinds].toSorted());
  });

  test('from every state that is not over there is a way to one that is', () => {
    const over = new Set<string>(['succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed']);
    for (const from of kinds) {
      const seen = new Set<RunStateKind>([from]);
      for (const at of seen) for (const to of kinds) if (mayFollow(at, to)) seen.add(to);
      expect([...seen].some((kind) => over.has(kind))).toBe(true);
    }
  });
});

test.each([
  [{ kind: 'waiting', rank: 1, held: false }, false],
  [{ kind: 'uploading', done: 0, total: 1 }, false],
  [{ kind: 'submitting' }, false],
  [{ kind: 'queued', position: 0, trouble: null }, false],
  [{ kind: 'running', trouble: null }, false],
  [{ kind: 'fetching', trouble: null }, false],
  [{ kind: 'saving', done: 0, total: 1 }, false],
  [{ kind: 'confirming', error: appError('unconfirmed', 'Lost'), cancelWish: false }, false],
  [{ kind: 'cancelling' }, false],
  [{ kind: 'succeeded' }, true],
  [{ kind: 'cancelled', word: null }, true],
] as const)('%o is over: %s', (state, expected) => expect(isOver(state)).toBe(expected));
