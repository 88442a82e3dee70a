import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { historyMethods } from './history.ts';
import type { HistoryCall, HistoryMessage, HistoryOpening, HistoryReply } from './history.ts';
import { HistoryDatabase } from './database.ts';
import { checkInUse } from './opening.ts';
import { isPassing } from './statements.ts';
import { Work } from './work.ts';

/** The database's own thread: a slow disk never stops the window or a stream. */

if (parentPort === null) throw new Error('The history runs as a worker only.');
const port = parentPort;
const { dir, check } = z.object({ dir: z.string(), check: z.boolean() }).parse(workerData);
const file = join(dir, 'history.db');

if (check) port.postMessage(checkInUse(file));
else serve();

interface Opened extends Omit<HistoryOpening, 'checked'> {
  readonly database: HistoryDatabase;
}

function serve(): void {
  const { database, ...opened } = openOrSetAside();
  port.postMessage({ type: 'open', ...opened, checked: database.checked } satisfies HistoryMessage);
  const work =
    opened.unwritable === null
      ? new Work(database, () => port.postMessage({ type: 'indexed' } satisfies HistoryMessage))
      : null;
  work?.schedule();
  port.on('message', (call: HistoryCall) => {
    port.postMessage(answer(database, call));
    if (call.method !== 'close') return work?.schedule();
    work?.stop();
    port.close();
  });
}

function answer(database: HistoryDatabase, call: HistoryCall): HistoryReply {
  if (!historyMethods.includes(call.method))
    return { n: call.n, ok: false, message: `no method ${call.method}` };
  try {
    const method: (...args: readonly never[]) => unknown = database[call.method].bind(database);
    return { n: call.n, ok: true, value: Reflect.apply(method, database, call.args) };
  } catch (error) {
    return { n: call.n, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The app always starts. A database that does not open is set aside with its date, and a new one begins; on a disk that
 * cannot be written just now, what is there is shown and nothing new is taken.
 */
function openOrSetAside(): Opened {
  try {
    return { database: new HistoryDatabase(file), setAside: null, unwritable: null };
  } catch (error) {
    // Setting such a file aside would hide a good history, and on a full disk no new one could begin.
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

function look(error: unknown): Opened {
  const unwritable = error instanceof Error ? error.message : String(error);
  return { database: new HistoryDatabase(file, 'look'), setAside: null, unwritable };
}
