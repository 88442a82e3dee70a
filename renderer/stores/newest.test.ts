import { expect, test } from 'vitest';
import { Newest } from './newest.ts';

test('one at a time is done, and of what was wanted meanwhile the last alone', async () => {
  const done: string[] = [];
  const ways: (() => void)[] = [];
  const overtaken: boolean[] = [];
  const newest: Newest<string> = new Newest(async (wanted) => {
    done.push(wanted);
    await new Promise<void>((resolve) => ways.push(resolve));
    overtaken.push(newest.overtaken);
  });
  for (const wanted of ['w', 'wr', 'wre', 'wren']) newest.want(wanted);
  expect(done).toEqual(['w']);
  ways.shift()?.();
  await expect.poll(() => done).toEqual(['w', 'wren']);
  ways.shift()?.();
  await expect.poll(() => overtaken).toEqual([true, false]);
  newest.want('fog');
  await expect.poll(() => done).toEqual(['w', 'wren', 'fog']);
});
