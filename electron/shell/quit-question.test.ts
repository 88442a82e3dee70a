import { expect, test } from 'vitest';
import type { RunState } from '../../shared/runs/run.ts';
import { aRun } from '../history/history.fixture.ts';
import { quitQuestion } from './quit-question.ts';

const running: RunState = { kind: 'running', trouble: null };
const demo = ({ profileId }: { readonly profileId: string }): boolean => profileId === 'demo';
const going = (id: number) => aRun(id, { state: running, requestId: `r-${id}` });

test('nothing is asked where nothing is under way', () => {
  expect(quitQuestion([], demo)).toBeNull();
});

test('runs that go on at fal lose nothing', () => {
  expect(quitQuestion([going(1)], demo)).toEqual({
    message: 'Quit while 1 run is under way?',
    detail: '1 run goes on at fal and is taken up at the next start.',
    suggested: 'quit',
  });
  expect(quitQuestion([going(1), going(2)], demo)?.detail).toBe(
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
