import { expect, test } from 'vitest';
import type { RunState } from '../../shared/runs/run.ts';
import { aRun } from '../history/history.fixture.ts';
import { quitQuestion } from './quit-question.ts';

const running: RunState = { kind: 'running', trouble: null };
const demo = ({ profileId }: { readonly profileId: string }): boolean => profileId === 'demo';
const going = (id: number) => aRun(id, { state: running, requestId: `r-${id}` });

test('nothing is asked where nothing is under way', () => {
  expect(quitQuestion([], demo, null)).toBeNull();
});

test('runs that go on at fal lose nothing', () => {
  expect(quitQuestion([going(1)], demo, null)).toEqual({
    message: 'Quit while 1 run is under way?',
    detail: '1 run goes on at fal and is taken up at the next start.',
    suggested: 'quit',
  });
  expect(quitQuestion([going(1), going(2)], demo, null)?.detail).toBe(
    '2 runs go on at fal and are taken up at the next start.',
  );
});

test('each kind of run under way has its own sentence, and what may be lost suggests staying', () => {
  const question = quitQuestion(
    [
      going(1),
      aRun(2),
      aRun(3, { state: { kind: 'saving', done: 0, total: 1 }, requestId: 'r-3' }),
      aRun(5, { state: { kind: 'uploading', done: 0, total: 2 } }),
      aRun(4, { state: running, requestId: 'r-4', profileId: 'demo' }),
    ],
    demo,
    null,
  );
  expect(question?.message).toBe('Quit while 5 runs are under way?');
  expect(question?.detail.split('\n')).toEqual([
    '1 run goes on at fal and is taken up at the next start.',
    '1 result is being copied to this computer; that too goes on at the next start.',
    '1 run is still sending files; at the next start they are sent again, and then the request.',
    '1 run of the demo will be lost: its server ends with the program.',
    expect.stringMatching(/^1 has not been answered yet: .*asks fal for it; it is not sent again\.$/),
  ]);
  expect(question?.suggested).toBe('stay');
});

const waits = (id: number, held = false) => aRun(id, { state: { kind: 'waiting', rank: id, held } });

test('what waits for its turn is not sent while the program is closed, and is kept', () => {
  expect(quitQuestion([waits(1)], demo, null)).toEqual({
    message: 'Quit while 1 run is waiting?',
    detail:
      '1 run is still waiting for its turn: nothing is sent while the program is closed. The next start keeps it, and sends it when you say so.',
    suggested: 'quit',
  });
  const question = quitQuestion([going(1), waits(2), waits(3)], demo, null);
  expect(question?.message).toBe('Quit while 1 run is under way?');
  expect(question?.detail).toContain('2 runs are still waiting for their turn');
});

test('what was held back at the last stop is no reason to ask', () => {
  expect(quitQuestion([waits(1, true)], demo, null)).toBeNull();
});

test('a call without a place in the queue is lost with its connection', () => {
  const call = aRun(1, { method: 'stream', state: running, requestId: null });
  expect(quitQuestion([call, aRun(2, { method: 'direct' })], demo, null)).toEqual({
    message: 'Quit while 2 runs are under way?',
    detail:
      '2 runs have no place in fal’s queue and will be lost with the connection; fal may charge for them all the same.',
    suggested: 'stay',
  });
});

test('a result of such a call that is being copied is safe', () => {
  const saved = aRun(1, { method: 'direct', state: { kind: 'saving', done: 0, total: 1 }, requestId: null });
  expect(quitQuestion([saved], demo, null)?.detail).toBe(
    '1 result is being copied to this computer; that too goes on at the next start.',
  );
});

test('an export loses what it has written, an import goes on when it is begun again', () => {
  const writing = 'An export is being written: it is stopped, and nothing of it is left behind.';
  expect(quitQuestion([], demo, { work: 'csv' })).toEqual({
    message: 'Quit while an export is being written?',
    detail: writing,
    suggested: 'stay',
  });
  expect(quitQuestion([], demo, { work: 'import' })).toMatchObject({ suggested: 'quit' });
  expect(quitQuestion([going(1)], demo, { work: 'export' })).toEqual({
    message: 'Quit while 1 run is under way?',
    detail: `1 run goes on at fal and is taken up at the next start.\n${writing}`,
    suggested: 'stay',
  });
});
