import { expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import { runStateSchema } from './run.ts';

test('an unconfirmed row of the time before fal was asked reads as one that was not looked up', () => {
  const error = appError('unconfirmed', 'The answer was lost on the way');
  expect(runStateSchema.parse({ kind: 'unconfirmed', error })).toEqual({
    kind: 'unconfirmed',
    error,
    lookup: { kind: 'impossible', error: appError('unconfirmed', expect.stringContaining('not asked')) },
  });
});
