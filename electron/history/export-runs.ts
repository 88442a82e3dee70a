import type { HistoryQuery } from '../../shared/history/query.ts';
import type { ExportSummary } from '../../shared/ipc/transfer.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { mediaName, manifestOf } from './export-format.ts';
import type { ExportedFile } from './export-format.ts';
import type { ExportSink } from './export-sink.ts';
import type { History } from './history.ts';
import type { MediaStore } from './media-store.ts';

/** Rows read at a time: some megabytes, whatever the models gave. */
const AT_A_TIME = 50;
const IDS_AT_A_TIME = 20_000;

/** How far it is: runs first, then files. */
export type Told = (step: {
  readonly done: number;
  readonly total: number;
  readonly of: 'runs' | 'files';
}) => void;

/** The ids of all that fits, the oldest first. */
export async function idsOf(
  history: Pick<History, 'search'>,
  query: HistoryQuery,
  signal: AbortSignal,
): Promise<RunId[]> {
  const ids: RunId[] = [];
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<typeof history.search>> = await history.search({
      query,
      order: 'oldest',
      after,
      limit: IDS_AT_A_TIME,
    });
    ids.push(...page.ids);
    after = page.next;
  } while (after !== null);
  return ids;
}

interface ExportOptions {
  readonly history: Pick<History, 'exportRows'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly ids: readonly RunId[];
  readonly sink: ExportSink;
  readonly signal: AbortSignal;
  readonly told: Told;
}

/**
 * Writes runs and their files out. Holds the ids, the files' names and some rows, and nothing else. Throws what the sink
 * throws, and the signal's reason; the sink is the caller's to drop then.
 */
export async function exportRuns(options: ExportOptions): Promise<Omit<ExportSummary, 'path'>> {
  const { history, media, ids, sink, signal, told } = options;
  const files = new Map<string, ExportedFile>();
  let [runs, unreadable] = [0, 0];
  for (let at = 0; at < ids.length; at += AT_A_TIME) {
    signal.throwIfAborted();
    const page = await history.exportRows(ids.slice(at, at + AT_A_TIME));
    unreadable += page.unreadable;
    for (const { text, files: named } of page.lines) {
      await sink.line(text);
      runs += 1;
      for (const file of named) files.set(file.sha256, file);
    }
    told({ done: runs, total: ids.length, of: 'runs' });
  }
  let [written, bytes, missing, seen] = [0, 0, 0, 0];
  // A file may be gigabytes: a stop does not wait for its end.
  const stopped = aborted(signal);
  for (const file of files.values()) {
    signal.throwIfAborted();
    if (await Promise.race([sink.file(mediaName(file), media.pathOf(file.sha256)), stopped])) {
      written += 1;
      bytes += file.bytes;
    } else missing += 1;
    seen += 1;
    told({ done: seen, total: files.size, of: 'files' });
  }
  signal.throwIfAborted();
  await sink.end(manifestOf({ runs, files: written, bytes }, Date.now()));
  return { runs, files: written, bytes, missing, unreadable };
}

/** Rejects with the signal's reason once there is one. */
function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
