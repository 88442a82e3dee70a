import { expect, test } from 'vitest';
import { aRun } from '../history/history.fixture.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { RowWriter } from './row-writer.ts';

/** A disk that takes what it is given in its order, and answers when the test says so. */
function disk() {
  const rows = new Map<RunId, Run>();
  const posted: { readonly run: Run; readonly answer: () => void; readonly refuse: () => void }[] = [];
  const writer = new RowWriter({
    history: {
      putRun: (run) => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const answer = (): void => {
          rows.set(run.id, run);
          resolve();
        };
        posted.push({ run, answer, refuse: () => reject(new Error('disk full')) });
        return promise;
      },
      run: (id) => Promise.resolve(rows.get(id) ?? null),
    },
    changed: () => undefined,
    notice: () => undefined,
    life: new AbortController().signal,
  });
  /** What was posted first and not answered yet. */
  const next = () => {
    const first = posted.shift();
    if (first === undefined) throw new Error('nothing was posted');
    return first;
  };
  const answerAll = async (...writes: Promise<void>[]): Promise<void> => {
    const done = Promise.all(writes).then(() => true);
    while (!(await Promise.race([done, Promise.resolve(false)]))) posted.shift()?.answer();
  };
  return { rows, writer, next, answerAll };
}

const queued = aRun(1, { requestId: 'r-1', state: { kind: 'queued', position: 1, trouble: null } });
const running = aRun(1, { requestId: 'r-1', state: { kind: 'running', trouble: null } });
const ended = aRun(1, { requestId: 'r-1', state: { kind: 'succeeded' } });
const other = aRun(2);

test('what the disk refused is not written behind a newer row of the same run', async () => {
  const { rows, writer, next, answerAll } = disk();
  const refused = writer.write(queued);
  next().refuse();
  await refused;
  const another = writer.write(other);
  const newer = writer.write(running);
  await answerAll(another, newer);
  expect(rows.get(1)).toEqual(running);
  expect(await writer.read(1)).toEqual(running);
});

test('a row that is refused while a newer one is on its way is not kept for later', async () => {
  const { rows, writer, next, answerAll } = disk();
  const refused = writer.write(running);
  const another = writer.write(other);
  const newer = writer.write(ended);
  next().refuse();
  await refused;
  await answerAll(another, newer);
  await answerAll(writer.writeAgain());
  expect(rows.get(1)).toEqual(ended);
  expect(await writer.read(1)).toEqual(ended);
});

test('the newest of several that were refused is what is written again', async () => {
  const { rows, writer, next, answerAll } = disk();
  const first = writer.write(running);
  next().refuse();
  await first;
  const second = writer.write(ended);
  next().refuse();
  await second;
  expect(await writer.read(1)).toEqual(ended);
  await answerAll(writer.writeAgain());
  expect(rows.get(1)).toEqual(ended);
});
