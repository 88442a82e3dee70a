import { expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import { runStateSchema, runTimesSchema } from './run.ts';

test('an unconfirmed row of the time before fal was asked reads as one that was not looked up', () => {
  const error = appError('unconfirmed', 'The answer was lost on the way');
  expect(runStateSchema.parse({ kind: 'unconfirmed', error })).toEqual({
    kind: 'unconfirmed',
    error,
    lookup: { kind: 'impossible', error: appError('unconfirmed', expect.stringContaining('not asked')) },
  });
});

test('times of before submits were stamped read as none', () => {
  const times = { created: 1, queued: 2, started: null, ended: null, inferenceSeconds: null };
  expect(runTimesSchema.parse(times)).toEqual({ ...times, submitted: null });
});
