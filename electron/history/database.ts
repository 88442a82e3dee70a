import type { DatabaseSync } from 'node:sqlite';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { MarksOf, RunCard, RunMarks, Trashed } from '../../shared/history/card.ts';
import type { Facets, Found } from '../../shared/history/found.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import type { RecentFiles } from '../../shared/ipc/media.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { SmallPicture } from '../../shared/media/small.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { cardsOf } from './cards.ts';
import {
  bytesSince,
  dropFile,
  fileRow,
  fileRows,
  fileSums,
  forgetFiles,
  removedFiles,
  runsOfFile,
  setRemoved,
  setThumb,
  spareFiles,
  unnamedFiles,
} from './file-rows.ts';
import type { FileRow, FileSums } from './file-rows.ts';
import { exportRows } from './export-rows.ts';
import type { ExportRows } from './export-rows.ts';
import { costRows } from './cost-rows.ts';
import type { CostRow } from './cost-rows.ts';
import { seeLines, takeLines } from './import-rows.ts';
import type { SeenLine, TakenLine } from './import-rows.ts';
import { Finder } from './finder.ts';
import { countMarks, fromTrash, marksOf, setNote, setStar, setTag, toTrash } from './marks.ts';
import { openDatabase } from './opening.ts';
import { purge } from './purge.ts';
import type { Purged } from './purge.ts';
import { recentFiles } from './recent-files.ts';
import type { RecentFilesQuery } from './recent-files.ts';
import { numberOf } from './rows.ts';
import {
  pageOfRuns,
  putRun,
  runById,
  runByRequest,
  runsOfBatch,
  unfinishedRuns,
  updateRun,
} from './runs-table.ts';
import type { PageQuery, RunPage } from './runs-table.ts';
import { runOfFile } from './run-of-file.ts';
import type { SearchQuery } from './search.ts';
import { addLogs, fileOf, forget, keep, kept, logsOf, putFile } from './small-tables.ts';
import type { Kept, StoredFile } from './small-tables.ts';
import { spending } from './spending.ts';
import type { Spent } from './spending.ts';
import { isPassing, together, versionByOthers } from './statements.ts';
import { TextIndex } from './text-index.ts';

/** Every run, log and small kept document, in one file. Synchronous: it lives in a worker of its own. */
export class HistoryDatabase {
  readonly #db: DatabaseSync;
  readonly #index: TextIndex;
  readonly #finder: Finder;
  /** False where the file is so large that it is better looked through beside its use (`checkInUse`). */
  readonly checked: boolean;
  #lastId = 0;
  #othersVersion: unknown;

  /**
   * Throws when the file is no database of ours, or of a later version than this program knows. With `look`, for a disk
   * that cannot be written, the file is only read, or an empty history stands in where even that fails; writes throw.
   */
  constructor(file: string, mode: 'write' | 'look' = 'write', fts = true) {
    const { db, checked } = openDatabase(file, mode);
    this.#db = db;
    this.checked = checked;
    const writable = mode === 'write';
    this.#index = new TextIndex(this.#db, writable, fts);
    this.#finder = new Finder(this.#db, writable, this.#index);
    const last = this.#db.prepare('SELECT coalesce(max(id), 0) AS id FROM runs WHERE id <= ?');
    this.#lastId = numberOf(last.get(Number.MAX_SAFE_INTEGER), 'id');
    this.#othersVersion = versionByOthers(db);
  }

  close(): void {
    this.#db.close();
  }

  /** Whether another program, such as an import from a shell, has written since this was last asked. */
  othersWrote(): boolean {
    const version = versionByOthers(this.#db);
    const wrote = version !== this.#othersVersion;
    this.#othersVersion = version;
    return wrote;
  }

  /** A new id, later than every other, that also tells the time: milliseconds * 1000 + n. */
  newId(now: number): RunId {
    this.#lastId = Math.max(this.#lastId + 1, now * 1000);
    return this.#lastId;
  }

  /** All that is written within is there, or nothing of it; of many rows it is by far the quickest way. */
  together<T>(work: () => T): T {
    return together(this.#db, work);
  }

  putRun(run: Run): void {
    this.#withWords((index) => putRun(this.#db, run, index));
  }

  /**
   * All of it or none. FTS5 may notice only at the commit that its tables are spoilt: what is to be written then goes without
   * words, which are made anew.
   */
  #withWords<T>(work: (index: TextIndex | null) => T): T {
    try {
      return together(this.#db, () => work(this.#index));
    } catch (error) {
      if (isPassing(error)) throw error;
      const value = together(this.#db, () => work(null));
      this.#index.distrust();
      return value;
    }
  }

  /** All of them or none. */
  putRuns(runs: readonly Run[]): void {
    this.#withWords((index) => runs.forEach((run) => putRun(this.#db, run, index)));
  }

  /** Of a run that is there; false, and nothing is written, where it is not. */
  updateRun(run: Run): boolean {
    return this.#withWords((index) => updateRun(this.#db, run, index));
  }

  run(id: RunId): Run | null {
    return runById(this.#db, id);
  }

  runOf(requestId: string): Run | null {
    return runByRequest(this.#db, requestId);
  }

  page(query: PageQuery): RunPage {
    return pageOfRuns(this.#db, query);
  }

  batch(id: RunId): Run[] {
    return runsOfBatch(this.#db, id);
  }

  unfinished(): Run[] {
    return unfinishedRuns(this.#db);
  }

  addLogs(id: RunId, entries: readonly LogEntry[]): void {
    together(this.#db, () => addLogs(this.#db, id, entries));
  }

  logs(id: RunId): LogEntry[] {
    return logsOf(this.#db, id);
  }

  /** The newest run whose result holds this file; null where there is none, or it is in the trash. */
  runOfFile(sha256: string): Run | null {
    return runOfFile(this.#db, sha256);
  }

  putFile(file: StoredFile): void {
    putFile(this.#db, file);
  }

  file(sha256: string): StoredFile | null {
    return fileOf(this.#db, sha256);
  }

  search(query: SearchQuery): Found {
    return this.#finder.search(query);
  }

  facets(query: HistoryQuery): Facets {
    return this.#finder.facets(query);
  }

  /** Whether rows wait to be worked out: of an older version, or of many that were marked at once. */
  get due(): boolean {
    return this.#index.due;
  }

  /** Works out some of them, for about so many milliseconds. */
  work(milliseconds: number): void {
    this.#index.work(milliseconds);
  }

  cards(ids: readonly RunId[]): RunCard[] {
    return cardsOf(this.#db, ids);
  }

  marks(id: RunId): RunMarks | null {
    return marksOf(this.#db, id);
  }

  marksOf(ids: readonly RunId[]): MarksOf {
    return countMarks(this.#db, ids);
  }

  star(ids: readonly RunId[], star: boolean): void {
    together(this.#db, () => setStar(this.#db, ids, star));
  }

  note(id: RunId, note: string): void {
    this.#withWords((index) => {
      setNote(this.#db, id, note);
      index?.renew([id]);
    });
  }

  tag(ids: readonly RunId[], tag: string, on: boolean): void {
    this.#withWords((index) => {
      setTag(this.#db, ids, tag, on);
      index?.renew(ids);
    });
  }

  /** `at` in milliseconds since 1970. */
  trash(ids: readonly RunId[], at: number): Trashed {
    return together(this.#db, () => toTrash(this.#db, ids, at));
  }

  restore(ids: readonly RunId[]): void {
    together(this.#db, () => fromTrash(this.#db, ids));
  }

  /** Null for all that went to the trash before `until`, in milliseconds since 1970. */
  purge(ids: readonly RunId[] | null, until: number): Purged {
    return this.#withWords((index) => purge(this.#db, index, ids, until));
  }

  setThumb(sha256: string, thumb: SmallPicture | 'none'): boolean {
    return setThumb(this.#db, sha256, thumb);
  }

  exportRows(ids: readonly RunId[]): ExportRows {
    return exportRows(this.#db, ids);
  }

  costRows(ids: readonly RunId[]): CostRow[] {
    return costRows(this.#db, ids);
  }

  seeLines(lines: readonly string[], now: number): SeenLine[] {
    return seeLines(this.#db, lines, now);
  }

  takeLines(lines: readonly string[], now: number): TakenLine[] {
    return takeLines(this.#db, lines, now);
  }

  fileRow(sha256: string): FileRow | null {
    return fileRow(this.#db, sha256);
  }

  fileRows(after: string, limit: number): FileRow[] {
    return fileRows(this.#db, after, limit);
  }

  fileSums(): FileSums {
    return fileSums(this.#db);
  }

  bytesSince(since: number): number {
    return bytesSince(this.#db, since);
  }

  spareFiles(wish: { readonly bytes: number; readonly until: number }): FileRow[] | null {
    return spareFiles(this.#db, wish);
  }

  unnamedFiles(): FileRow[] {
    return unnamedFiles(this.#db);
  }

  setRemoved(sha256s: readonly string[], at: number | null): void {
    together(this.#db, () => setRemoved(this.#db, sha256s, at));
  }

  removedFiles(): string[] {
    return removedFiles(this.#db);
  }

  forgetFiles(sha256s: readonly string[]): string[] {
    return together(this.#db, () => forgetFiles(this.#db, sha256s));
  }

  runsOfFile(sha256: string, most: number): RunId[] {
    return runsOfFile(this.#db, sha256, most);
  }

  dropFile(id: RunId, sha256: string): void {
    together(this.#db, () => dropFile(this.#db, id, sha256));
  }

  recentFiles(query: RecentFilesQuery): RecentFiles {
    return recentFiles(this.#db, query);
  }

  /** Of all runs since then, in milliseconds since 1970. */
  spending(since: number): Spent[] {
    return spending(this.#db, since);
  }

  /** Small documents by name: settings, drafts, the last catalogue, schemas. */
  keep(key: string, value: JsonValue, at: number): void {
    keep(this.#db, key, value, at);
  }

  kept(key: string): Kept | null {
    return kept(this.#db, key);
  }

  forget(key: string): void {
    forget(this.#db, key);
  }
}
