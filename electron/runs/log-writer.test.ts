import { expect, test } from 'vitest';
import type { LogEntry } from '../../shared/fal/queue.ts';
import { LogWriter } from './log-writer.ts';

const line = (message: string): LogEntry => ({ message, level: 'INFO', timestamp: '' });
const messages = (entries: readonly LogEntry[]): string => entries.map(({ message }) => message).join('');

/** A disk that writes when it is told to. */
function slowDisk() {
  const writes: { readonly what: string; readonly end: (error?: Error) => void }[] = [];
  const told: string[] = [];
  const writer = new LogWriter({
    write: (id, entries) =>
      new Promise((resolve, reject) => {
        writes.push({
          what: `${id}:${messages(entries)}`,
          end: (error) => (error === undefined ? resolve() : reject(error)),
        });
      }),
    logged: (id, entries) => told.push(`${id}:${messages(entries)}`),
  });
  return { writer, writes, told };
}

test('lines that come while the disk is at work go in one write, in their order, each run by itself', async () => {
  const { writer, writes, told } = slowDisk();
  const first = writer.add(1, [line('a')]);
  void writer.add(1, [line('b')]);
  const last = writer.add(1, [line('c'), line('d')]);
  void writer.add(2, [line('x')]);
  expect(writes.map(({ what }) => what)).toEqual(['1:a', '2:x']);
  writes[0]?.end();
  await first;
  await Promise.resolve();
  expect(writes.map(({ what }) => what)).toEqual(['1:a', '2:x', '1:bcd']);
  void writer.add(1, [line('e')]);
  writes[2]?.end();
  await last;
  expect(told).toEqual(['1:a', '1:bcd']);
});

test('a disk that refuses does not keep the window from hearing them', async () => {
  const { writer, writes, told } = slowDisk();
  const first = writer.add(1, [line('a')]);
  writes[0]?.end(new Error('full'));
  await first;
  expect(told).toEqual(['1:a']);
  const second = writer.add(1, [line('b')]);
  writes[1]?.end();
  await second;
  expect(told).toEqual(['1:a', '1:b']);
});
