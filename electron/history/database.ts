import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue } from 'node:sqlite';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { RunCard, RunMarks } from '../../shared/history/card.ts';
import type { Facets, Found } from '../../shared/history/found.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import { parseJson, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { RecentFiles } from '../../shared/ipc/media.ts';
import { spendOf } from '../../shared/money/spend.ts';
import { runSchema } from '../../shared/runs/run.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { cardOf } from './cards.ts';
import { facets } from './facets.ts';
import { filesOf, INDEX_VERSION, kindsOf } from './facts.ts';
import { fromTrash, marksOf, purge, setNote, setStar, setTag, toTrash } from './marks.ts';
import type { Purged } from './marks.ts';
import { migrations } from './migrations.ts';
import { hasOurTables, openToLook, versionOf } from './opening.ts';
import { recentFiles } from './recent-files.ts';
import type { RecentFilesQuery } from './recent-files.ts';
import { search } from './search.ts';
import type { SearchQuery } from './search.ts';
import { sentLater, spending } from './spending.ts';
import type { Spent } from './spending.ts';

export interface StoredFile {
  readonly sha256: string;
  readonly contentType: string;
  /** Length in bytes. */
  readonly bytes: number;
}

export interface Kept {
  readonly value: JsonValue;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface RunPage {
  readonly runs: Run[];
  readonly more: boolean;
  /** Rows passed over on the way: written by a newer version, or spoilt. They stay as they are. */
  readonly unreadable: number;
}

/** Worded as its index is, or the whole history would be read. */
export const RUNS_OF_A_BATCH = 'SELECT * FROM runs WHERE batch_id = ? ORDER BY id';

type Row = Record<string, SQLOutputValue>;

/** Every run, log and small kept document, in one file. Synchronous: it lives in a worker of its own. */
export class HistoryDatabase {
  readonly #db: DatabaseSync;
  #lastId = 0;

  /**
   * Throws when the file is no database of ours, or of a later version than this program knows. With `look`, for a disk
   * that cannot be written, the file is only read, or an empty history stands in where even that fails; writes throw.
   */
  constructor(file: string, mode: 'write' | 'look' = 'write') {
    this.#db = mode === 'write' ? new DatabaseSync(file, { timeout: 5000 }) : openToLook(file);
    try {
      this.#open(mode === 'write');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #open(writable: boolean): void {
    // Asked before anything is set: a newer program's file is not touched.
    const version = versionOf(this.#db);
    if (version > migrations.length)
      throw new Error(
        `The history was written by a newer version (${version}, this one knows ${migrations.length}).`,
      );
    if (writable)
      this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    for (let step = version; step < migrations.length; step += 1)
      this.#db.exec(`BEGIN; ${migrations[step] ?? ''} PRAGMA user_version = ${step + 1}; COMMIT;`);
    if (!writable) this.#db.exec('PRAGMA query_only = ON');
    const check = this.#db.prepare('PRAGMA quick_check(1)').get();
    if (check === undefined || Object.values(check)[0] !== 'ok' || !hasOurTables(this.#db))
      throw new Error('The history file is damaged.');
    const last = this.#db.prepare('SELECT coalesce(max(id), 0) AS id FROM runs WHERE id <= ?');
    this.#lastId = numberOf(last.get(Number.MAX_SAFE_INTEGER), 'id');
  }

  close(): void {
    this.#db.close();
  }

  /** A new id, later than every other, that also tells the time: milliseconds * 1000 + n. */
  newId(now: number): RunId {
    this.#lastId = Math.max(this.#lastId + 1, now * 1000);
    return this.#lastId;
  }

  putRun(run: Run): void {
    this.#together(() => this.#putRun(run));
  }

  #putRun(run: Run): void {
    const spent = spendOf(run);
    this.#db
      .prepare(
        `INSERT INTO runs (id, endpoint_id, profile_id, request_id, origin, method, options, batch, batch_id, state_kind, state,
           input, output, media, times, money, cost, currency, kinds, indexed, sent_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET request_id = excluded.request_id, state_kind = excluded.state_kind,
           state = excluded.state, output = excluded.output, media = excluded.media, times = excluded.times,
           money = excluded.money, cost = excluded.cost, currency = excluded.currency, kinds = excluded.kinds,
           indexed = excluded.indexed, sent_at = excluded.sent_at`,
      )
      .run(
        run.id,
        run.endpointId,
        run.profileId,
        run.requestId,
        run.origin,
        run.method,
        JSON.stringify(run.options),
        stringifyJson(run.batch),
        run.batch?.id ?? null,
        run.state.kind,
        stringifyJson(run.state),
        stringifyJson(run.input),
        stringifyJson(run.output),
        stringifyJson(run.media),
        stringifyJson(run.times),
        stringifyJson(run.money),
        spent?.amount ?? null,
        spent?.currency ?? null,
        kindsOf(run),
        INDEX_VERSION,
        sentLater(run, Date.now()),
      );
    const name = this.#db.prepare('INSERT OR IGNORE INTO run_files (sha256, run_id) VALUES (?, ?)');
    for (const sha256 of filesOf(run)) name.run(sha256, run.id);
  }

  /** All of them or none. */
  putRuns(runs: readonly Run[]): void {
    this.#together(() => {
      for (const run of runs) this.#putRun(run);
    });
  }

  run(id: RunId): Run | null {
    const row = this.#db.prepare('SELECT * FROM runs WHERE id = ?').get(id);
    return row === undefined ? null : readRun(row);
  }

  /** The run of a request at fal; the newest where there are several. */
  runOf(requestId: string): Run | null {
    const row = this.#db
      .prepare('SELECT * FROM runs WHERE request_id = ? ORDER BY id DESC LIMIT 1')
      .get(requestId);
    return row === undefined ? null : readRun(row);
  }

  /** Newest first. A row that cannot be read is passed over: it must not take its whole page along. */
  page(query: {
    readonly before: RunId | null;
    readonly limit: number;
    readonly endpointId: string | null;
  }): RunPage {
    const before = query.before ?? Number.MAX_SAFE_INTEGER;
    const rows =
      query.endpointId === null
        ? this.#db
            .prepare('SELECT * FROM runs WHERE id < ? AND deleted_at IS NULL ORDER BY id DESC')
            .iterate(before)
        : this.#db
            .prepare(
              'SELECT * FROM runs WHERE endpoint_id = ? AND id < ? AND deleted_at IS NULL ORDER BY id DESC',
            )
            .iterate(query.endpointId, before);
    const runs: Run[] = [];
    let unreadable = 0;
    for (const row of rows) {
      const run = tryRun(row);
      if (run === null) unreadable += 1;
      else if (runs.length === query.limit) return { runs, more: true, unreadable };
      else runs.push(run);
    }
    return { runs, more: false, unreadable };
  }

  /** All runs of a batch, the oldest first. */
  batch(id: RunId): Run[] {
    return this.#db
      .prepare(RUNS_OF_A_BATCH)
      .all(id)
      .flatMap((row) => tryRun(row) ?? []);
  }

  /** Runs that were not over when the program last stopped, but for those whose rows only a newer version can read. */
  unfinished(): Run[] {
    return this.#db
      .prepare(
        `SELECT * FROM runs WHERE state_kind NOT IN ('succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed')
           AND id <= ? ORDER BY id`,
      )
      .all(Number.MAX_SAFE_INTEGER)
      .flatMap((row) => tryRun(row) ?? []);
  }

  addLogs(id: RunId, entries: readonly LogEntry[]): void {
    const insert = this.#db.prepare(
      `INSERT INTO run_logs (run_id, n, level, message, timestamp)
       VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM run_logs WHERE run_id = ?), ?, ?, ?)`,
    );
    this.#together(() => {
      for (const entry of entries) insert.run(id, id, entry.level, entry.message, entry.timestamp);
    });
  }

  #together<T>(work: () => T): T {
    this.#db.exec('BEGIN');
    try {
      const value = work();
      this.#db.exec('COMMIT');
      return value;
    } catch (error) {
      // Left open, it would take along everything written after it. A full disk may have ended it already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  logs(id: RunId): LogEntry[] {
    return this.#db
      .prepare('SELECT level, message, timestamp FROM run_logs WHERE run_id = ? ORDER BY n')
      .all(id)
      .map((row) => ({
        level: textOf(row, 'level'),
        message: textOf(row, 'message'),
        timestamp: textOf(row, 'timestamp'),
      }));
  }

  putFile(file: StoredFile): void {
    this.#db
      .prepare(
        'INSERT INTO media (sha256, content_type, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
      )
      .run(file.sha256, file.contentType, file.bytes);
  }

  file(sha256: string): StoredFile | null {
    const row = this.#db.prepare('SELECT * FROM media WHERE sha256 = ?').get(sha256);
    if (row === undefined) return null;
    return { sha256, contentType: textOf(row, 'content_type'), bytes: numberOf(row, 'bytes') };
  }

  search(query: SearchQuery): Found {
    return search(this.#db, query);
  }

  facets(query: HistoryQuery): Facets {
    return facets(this.#db, query);
  }

  /** In the order of the ids; those that are not there, or cannot be read, are passed over. */
  cards(ids: readonly RunId[]): RunCard[] {
    const read = this.#db.prepare('SELECT * FROM runs WHERE id = ?');
    return ids.flatMap((id) => {
      const row = read.get(id);
      const run = row === undefined ? null : tryRun(row);
      if (row === undefined || run === null) return [];
      const deletedAt = row['deleted_at'];
      return cardOf(this.#db, run, {
        star: row['star'] === 1,
        deletedAt: typeof deletedAt === 'number' ? deletedAt : null,
      });
    });
  }

  marks(id: RunId): RunMarks | null {
    return marksOf(this.#db, id);
  }

  star(ids: readonly RunId[], star: boolean): void {
    this.#together(() => setStar(this.#db, ids, star));
  }

  note(id: RunId, note: string): void {
    setNote(this.#db, id, note);
  }

  tag(ids: readonly RunId[], tag: string, on: boolean): void {
    this.#together(() => setTag(this.#db, ids, tag, on));
  }

  /** `at` in milliseconds since 1970. */
  trash(ids: readonly RunId[], at: number): RunId[] {
    return this.#together(() => toTrash(this.#db, ids, at));
  }

  restore(ids: readonly RunId[]): void {
    this.#together(() => fromTrash(this.#db, ids));
  }

  /** Null for all that went to the trash before `until`, in milliseconds since 1970. */
  purge(ids: readonly RunId[] | null, until: number): Purged {
    return this.#together(() => purge(this.#db, ids, until));
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
    this.#db
      .prepare(
        'INSERT INTO kept (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
      )
      .run(key, stringifyJson(value), at);
  }

  kept(key: string): Kept | null {
    const row = this.#db.prepare('SELECT value, at FROM kept WHERE key = ?').get(key);
    return row === undefined ? null : { value: jsonOf(row, 'value'), at: numberOf(row, 'at') };
  }

  forget(key: string): void {
    this.#db.prepare('DELETE FROM kept WHERE key = ?').run(key);
  }
}

function tryRun(row: Row): Run | null {
  try {
    return readRun(row);
  } catch {
    return null;
  }
}

/** What is on disk is parsed like anything from outside: another program may have written it. */
function readRun(row: Row): Run {
  return runSchema.parse({
    id: row['id'],
    endpointId: row['endpoint_id'],
    profileId: row['profile_id'],
    requestId: row['request_id'],
    origin: row['origin'],
    method: row['method'],
    options: jsonOf(row, 'options'),
    batch: jsonOf(row, 'batch'),
    input: jsonOf(row, 'input'),
    output: jsonOf(row, 'output'),
    media: jsonOf(row, 'media'),
    times: jsonOf(row, 'times'),
    money: jsonOf(row, 'money'),
    state: jsonOf(row, 'state'),
  });
}

function jsonOf(row: Row, column: string): JsonValue {
  const parsed = parseJson(textOf(row, column));
  if (!parsed.ok) throw new Error(`Column ${column} holds no JSON: ${parsed.message}`);
  return parsed.value;
}

function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Column ${column} holds no text.`);
  return value;
}

function numberOf(row: Row | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new Error(`Column ${column} holds no number.`);
  return value;
}
