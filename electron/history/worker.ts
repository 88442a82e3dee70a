import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { historyMethods } from './history.ts';
import type { HistoryCall, HistoryReply } from './history.ts';
import { HistoryDatabase } from './database.ts';

/** The database's own thread: a slow disk never stops the window or a stream. */

if (parentPort === null) throw new Error('The history runs as a worker only.');
const port = parentPort;
const { dir } = z.object({ dir: z.string() }).parse(workerData);
const file = join(dir, 'history.db');

/** SQLite's words for a file that may be well and only cannot be used now: busy, locked, no memory, read-only, I/O, full, not reached. */
const PASSING = new Set([5, 6, 7, 8, 10, 13, 14]);

const { database, setAside } = openOrSetAside();
port.postMessage({ type: 'open', setAside });

port.on('message', (call: HistoryCall) => {
  port.postMessage(answer(call));
  if (call.method === 'close') port.close();
});

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

/** A database that does not open is set aside with its date, and a new one begins: the app always starts. */
function openOrSetAside(): { database: HistoryDatabase; setAside: string | null } {
  try {
    return { database: new HistoryDatabase(file), setAside: null };
  } catch (error) {
    if (isPassing(error)) throw error;
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const kept = join(dir, `history-${stamp}.db`);
    for (const suffix of ['', '-wal', '-shm']) {
      try {
        renameSync(file + suffix, kept + suffix);
      } catch (renameError) {
        if (suffix === '') throw error instanceof Error ? error : renameError;
      }
    }
    return { database: new HistoryDatabase(file), setAside: kept };
  }
}
