import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { historyMethods } from './history.ts';
import type { HistoryCall, HistoryMessage, HistoryOpening, HistoryReply } from './history.ts';
import { HistoryDatabase } from './database.ts';

/** The database's own thread: a slow disk never stops the window or a stream. */

if (parentPort === null) throw new Error('The history runs as a worker only.');
const port = parentPort;
const { dir } = z.object({ dir: z.string() }).parse(workerData);
const file = join(dir, 'history.db');

/** SQLite's words for a file that may be well and only cannot be used now: busy, locked, no memory, read-only, I/O, full, not reached. */
const PASSING = new Set([5, 6, 7, 8, 10, 13, 14]);

/** Milliseconds of work, and between the works: a call waits for no more than one. */
const PIECE = 25;
const PAUSE = 5;

const { database, ...opened } = openOrSetAside();
port.postMessage({ type: 'open', ...opened } satisfies HistoryMessage);

let next: NodeJS.Timeout | null = null;
let working = false;
scheduleWork();

port.on('message', (call: HistoryCall) => {
  port.postMessage(answer(call));
  if (call.method !== 'close') return scheduleWork();
  if (next !== null) clearTimeout(next);
  port.close();
});

/** What is worked out of older rows is done between the calls, a little at a time, and said once all of it is. */
function scheduleWork(): void {
  if (next !== null || opened.unwritable !== null) return;
  if (!database.due) {
    if (working) port.postMessage({ type: 'indexed' } satisfies HistoryMessage);
    working = false;
    return;
  }
  working = true;
  next = setTimeout(() => {
    next = null;
    try {
      database.work(PIECE);
    } catch {
      // A full disk, or another program that holds the file: the next call tries again.
      return;
    }
    scheduleWork();
  }, PAUSE);
}

function answer(call: HistoryCall): HistoryReply {
  if (!historyMethods.includes(call.method))
    return { n: call.n, ok: false, message: `no method ${call.method}` };
  try {
    const method: (...args: readonly never[]) => unknown = database[call.method].bind(database);
    return { n: call.n, ok: true, value: Reflect.apply(method, database, call.args) };
  } catch (error) {
    return { n: call.n, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Setting such a file aside would hide a good history, and on a full disk no new one could begin. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    PASSING.has(error.errcode & 0xff)
  );
}

/**
 * The app always starts. A database that does not open is set aside with its date, and a new one begins; on a disk that
 * cannot be written just now, what is there is shown and nothing new is taken.
 */
function openOrSetAside(): { database: HistoryDatabase } & HistoryOpening {
  try {
    return { database: new HistoryDatabase(file), setAside: null, unwritable: null };
  } catch (error) {
    if (isPassing(error)) return look(error);
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const kept = join(dir, `history-${stamp}.db`);
    for (const suffix of ['', '-wal', '-shm']) {
      try {
        renameSync(file + suffix, kept + suffix);
      } catch (renameError) {
        if (suffix === '') return look(error instanceof Error ? error : renameError);
      }
    }
    return { database: new HistoryDatabase(file), setAside: kept, unwritable: null };
  }
}

function look(error: unknown): { database: HistoryDatabase } & HistoryOpening {
  const unwritable = error instanceof Error ? error.message : String(error);
  return { database: new HistoryDatabase(file, 'look'), setAside: null, unwritable };
}
