import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { HistoryDatabase } from './database.ts';

export const historyMethods = [
  'othersWrote',
  'newId',
  'putRun',
  'putRuns',
  'updateRun',
  'run',
  'runOf',
  'runOfFile',
  'page',
  'batch',
  'unfinished',
  'addLogs',
  'logs',
  'putFile',
  'file',
  'recentFiles',
  'setThumb',
  'fileRow',
  'fileRows',
  'fileSums',
  'bytesSince',
  'spareFiles',
  'unnamedFiles',
  'setRemoved',
  'removedFiles',
  'forgetFiles',
  'runsOfFile',
  'dropFile',
  'search',
  'facets',
  'cards',
  'marks',
  'marksOf',
  'star',
  'note',
  'tag',
  'trash',
  'restore',
  'purge',
  'exportRows',
  'costRows',
  'seeLines',
  'takeLines',
  'spending',
  'keep',
  'kept',
  'forget',
  'close',
] as const satisfies readonly (keyof HistoryDatabase)[];
type HistoryMethod = (typeof historyMethods)[number];

export interface HistoryCall {
  readonly n: number;
  readonly method: HistoryMethod;
  readonly args: readonly unknown[];
}
export type HistoryReply =
  | { readonly n: number; readonly ok: true; readonly value: unknown }
  | { readonly n: number; readonly ok: false; readonly message: string };
/** How the opening went. */
export interface HistoryOpening {
  /** Where a database that could not be opened was put; null when all was well. */
  readonly setAside: string | null;
  /** Why nothing can be written: what is there can be looked at, every write rejects. Null when all is well. */
  readonly unwritable: string | null;
  /** False where the file is so large that it was not looked through for damage before it was opened. */
  readonly checked: boolean;
}
export type HistoryMessage =
  | HistoryReply
  | ({ readonly type: 'open' } & HistoryOpening)
  /** What was still to be worked out of older rows now is. */
  | { readonly type: 'indexed' };

/** The database as the rest of main sees it: the same methods, answered by the worker. A broken disk rejects. */
export type History = { readonly [M in HistoryMethod]: AsyncMethod<M> };
type AsyncMethod<M extends HistoryMethod> = (
  ...args: Parameters<HistoryDatabase[M]>
) => Promise<ReturnType<HistoryDatabase[M]>>;

export interface OpenedHistory extends HistoryOpening {
  readonly history: History;
  /**
   * Looks through a large file beside its use; `damaged` hears a sentence where rows cannot be read. The next opening then
   * mends the file, or sets it aside.
   */
  readonly check: (damaged: (sentence: string) => void) => Promise<void>;
}

/**
 * Opens `history.db` in `dir`, in a worker of its own. `worker` is the built worker's address. `indexed` hears that rows of an
 * older version, or many that were marked at once, have been worked out: searches may find more than before.
 */
export async function openHistory(
  dir: string,
  worker: URL,
  indexed: () => void = () => undefined,
): Promise<OpenedHistory> {
  // Where there can be no folder, the opening itself says so.
  await mkdir(dir, { recursive: true }).catch(() => undefined);
  const thread = new Worker(worker, { workerData: { dir, check: false } });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let n = 0;

  const opened = new Promise<HistoryOpening>((resolve, reject) => {
    thread.once('error', reject);
    thread.on('message', (message: HistoryMessage) => {
      if ('type' in message) {
        if (message.type === 'open') resolve(message);
        else indexed();
        return;
      }
      const caller = waiting.get(message.n);
      waiting.delete(message.n);
      // The worker answers with what its own method of that name returned; the types meet in `call` below.
      if (message.ok) caller?.resolve(message.value as never);
      else caller?.reject(new Error(message.message));
    });
  });
  let gone = false;
  thread.on('exit', () => {
    gone = true;
    for (const caller of waiting.values()) caller.reject(new Error('The history has been closed.'));
    waiting.clear();
  });

  const call =
    <M extends HistoryMethod>(method: M): AsyncMethod<M> =>
    (...args) =>
      new Promise<ReturnType<HistoryDatabase[M]>>((resolve, reject) => {
        if (gone) {
          reject(new Error('The history has been closed.'));
          return;
        }
        n += 1;
        waiting.set(n, { resolve, reject });
        thread.postMessage({ n, method, args } satisfies HistoryCall);
      });

  const history: History = {
    othersWrote: call('othersWrote'),
    newId: call('newId'),
    putRun: call('putRun'),
    putRuns: call('putRuns'),
    updateRun: call('updateRun'),
    run: call('run'),
    runOf: call('runOf'),
    runOfFile: call('runOfFile'),
    page: call('page'),
    batch: call('batch'),
    unfinished: call('unfinished'),
    addLogs: call('addLogs'),
    logs: call('logs'),
    putFile: call('putFile'),
    file: call('file'),
    recentFiles: call('recentFiles'),
    setThumb: call('setThumb'),
    fileRow: call('fileRow'),
    fileRows: call('fileRows'),
    fileSums: call('fileSums'),
    bytesSince: call('bytesSince'),
    spareFiles: call('spareFiles'),
    unnamedFiles: call('unnamedFiles'),
    setRemoved: call('setRemoved'),
    removedFiles: call('removedFiles'),
    forgetFiles: call('forgetFiles'),
    runsOfFile: call('runsOfFile'),
    dropFile: call('dropFile'),
    search: call('search'),
    facets: call('facets'),
    cards: call('cards'),
    marks: call('marks'),
    marksOf: call('marksOf'),
    star: call('star'),
    note: call('note'),
    tag: call('tag'),
    trash: call('trash'),
    restore: call('restore'),
    purge: call('purge'),
    exportRows: call('exportRows'),
    costRows: call('costRows'),
    seeLines: call('seeLines'),
    takeLines: call('takeLines'),
    spending: call('spending'),
    keep: call('keep'),
    kept: call('kept'),
    forget: call('forget'),
    close: call('close'),
  };
  const opening = await opened;
  const check = async (damaged: (sentence: string) => void): Promise<void> => {
    if (!opening.checked && !(await isWell(dir, worker))) damaged(DAMAGED_IN_USE);
  };
  return { ...opening, history, check };
}

const DAMAGED_IN_USE =
  'The history file is damaged. What can be read is still shown; export what matters now. At the next start it is mended where only its indexes are hurt, or else set aside, and a new history is begun.';

/** In a thread of its own: it reads all of the file. What cannot be looked at now is not called damaged. */
function isWell(dir: string, worker: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, { workerData: { dir, check: true } });
    thread.once('message', (damaged) => resolve(damaged !== true));
    thread.once('error', () => resolve(true));
  });
}
