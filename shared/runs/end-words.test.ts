import { expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import { endWords } from './end-words.ts';
import type { Run, RunState } from './run.ts';
import { PLAIN } from './asked.ts';

const done: RunState = { kind: 'succeeded' };
const failed: RunState = { kind: 'failed', error: appError('model', 'The runner failed') };

function run(state: RunState, input: Run['input'] = { prompt: 'a wren' }): Run {
  const times = { created: 1, submitted: 1, queued: 1, started: 1, ended: 2, inferenceSeconds: null };
  const rest = {
    profileId: 'local',
    requestId: 'r',
    origin: 'queue',
    output: null,
    media: [],
    times,
  } as const;
  return { id: 1, endpointId: 'acme/bird', ...rest, media: [], ...PLAIN, input, state };
}

test('one run is called by its words, and a failure says why', () => {
  expect(endWords([run(done)])).toEqual({ title: 'Done: a wren', body: 'acme/bird' });
  expect(endWords([run(failed)])).toEqual({ title: 'Failed: a wren', body: 'The runner failed' });
  expect(endWords([run(done, {})])).toEqual({ title: 'Done: acme/bird', body: 'acme/bird' });
});

test('several are counted', () => {
  const cancelled: RunState = { kind: 'cancelled', word: null };
  expect(endWords([run(done), run(failed), run(done), run(cancelled)])).toEqual({
    title: '4 runs ended',
    body: '2 done, 1 failed, 1 cancelled',
  });
});

test('a long title is cut between characters, and stands in one line', () => {
  const { title } = endWords([run(done, { prompt: `a wren\n${'🐦'.repeat(100)}` })]);
  expect(title).toBe(`Done: a wren ${'🐦'.repeat(52)}…`);
});
