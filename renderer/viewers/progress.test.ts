import { expect, it } from 'vitest';
import { progressIn, runProgress } from './progress.ts';

it.each([
  [{ progress: 0.25 }, 0.25],
  [{ progress: 1 }, 1],
  [{ progress: 40 }, 0.4],
  [{ percentage: 1 }, 0.01],
  [{ percent: 80.5 }, 0.805],
  [{ step: 7, total_steps: 28, image: { url: '' } }, 0.25],
  [{ step: 3, steps: 4 }, 0.75],
  [{ progress: 'half' }, null],
  [{ progress: -1 }, null],
  [{ progress: 4000 }, null],
  [{ step: 9, steps: 4 }, null],
  [{ step: 0, steps: 0 }, null],
  [{ steps: 4 }, null],
  ['text', null],
  [undefined, null],
])('of %j it reads %s', (output, share) => expect(progressIn(output)).toBe(share));

it('believes the output before the log, and the log where the output says nothing', () => {
  const logs = [{ message: '10%', level: 'INFO', timestamp: '' }];
  expect(runProgress({ progress: 0.5 }, logs)).toBe(0.5);
  expect(runProgress({ text: 'so far' }, logs)).toBe(0.1);
});
