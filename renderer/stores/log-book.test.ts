import { expect, it } from 'vitest';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Logs } from './log-book.ts';
import { joined, LogBatch, MOST_LINES, withLines } from './log-book.ts';

const line = (n: number): LogEntry => ({ message: `line ${n}`, level: 'INFO', timestamp: String(n) });
const lines = (from: number, to: number): LogEntry[] =>
  Array.from({ length: to - from }, (_, i) => line(from + i));

it('hands a thousand lines on in two frames, in their order and each once', () => {
  const frames: (() => void)[] = [];
  let logs: Logs = {};
  let handed = 0;
  const batch = new LogBatch(
    (news) => {
      handed += 1;
      logs = withLines(logs, news, () => MOST_LINES);
    },
    (callback) => frames.push(callback),
  );
  for (let n = 0; n < 1000; n += 1) batch.take(n % 2, [line(n)]);
  while (frames.length > 0) frames.shift()?.();
  expect(handed).toBe(2);
  expect(logs[0]?.map(({ timestamp }) => Number(timestamp))).toEqual(
    Array.from({ length: 500 }, (_, i) => i * 2),
  );
  expect(logs[1]).toHaveLength(500);
});

it('holds the newest lines of a run, and no more than it may', () => {
  const logs = withLines(
    { 1: lines(0, MOST_LINES) },
    new Map([[1, lines(MOST_LINES, MOST_LINES + 10)]]),
    () => MOST_LINES,
  );
  expect(logs[1]).toHaveLength(MOST_LINES);
  expect([logs[1]?.[0], logs[1]?.at(-1)]).toEqual([line(10), line(MOST_LINES + 9)]);
});

it('joins what the history has with what was heard meanwhile, each line once', () => {
  expect(joined(lines(0, 4), lines(2, 6))).toEqual(lines(0, 6));
});

it('lets a run go of which it may hold nothing', () =>
  expect(withLines({ 1: lines(0, 3), 2: lines(0, 3) }, new Map([[1, lines(3, 4)]]), () => 0)).toEqual({
    2: lines(0, 3),
  }));
