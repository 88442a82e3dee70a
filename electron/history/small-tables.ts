import type { DatabaseSync } from 'node:sqlite';
import type { LogEntry } from '../../shared/fal/queue.ts';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { jsonOf, numberOf, textOf } from './rows.ts';

/** The tables beside the runs, each of a few columns: logs, files, small documents. */

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

/** Within a transaction. */
export function addLogs(db: DatabaseSync, id: RunId, entries: readonly LogEntry[]): void {
  const insert = db.prepare(
    `INSERT INTO run_logs (run_id, n, level, message, timestamp)
     VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM run_logs WHERE run_id = ?), ?, ?, ?)`,
  );
  for (const entry of entries) insert.run(id, id, entry.level, entry.message, entry.timestamp);
}

export function logsOf(db: DatabaseSync, id: RunId): LogEntry[] {
  return db
    .prepare('SELECT level, message, timestamp FROM run_logs WHERE run_id = ? ORDER BY n')
    .all(id)
    .map((row) => ({
      level: textOf(row, 'level'),
      message: textOf(row, 'message'),
      timestamp: textOf(row, 'timestamp'),
    }));
}

export function putFile(db: DatabaseSync, file: StoredFile): void {
  db.prepare(
    `INSERT INTO media (sha256, content_type, bytes) VALUES (?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET removed_at = NULL WHERE removed_at IS NOT NULL`,
  ).run(file.sha256, file.contentType, file.bytes);
}

export function fileOf(db: DatabaseSync, sha256: string): StoredFile | null {
  const row = db.prepare('SELECT content_type, bytes FROM media WHERE sha256 = ?').get(sha256);
  if (row === undefined) return null;
  return { sha256, contentType: textOf(row, 'content_type'), bytes: numberOf(row, 'bytes') };
}

export function keep(db: DatabaseSync, key: string, value: JsonValue, at: number): void {
  db.prepare(
    'INSERT INTO kept (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
  ).run(key, stringifyJson(value), at);
}

export function kept(db: DatabaseSync, key: string): Kept | null {
  const row = db.prepare('SELECT value, at FROM kept WHERE key = ?').get(key);
  return row === undefined ? null : { value: jsonOf(row, 'value'), at: numberOf(row, 'at') };
}

export function forget(db: DatabaseSync, key: string): void {
  db.prepare('DELETE FROM kept WHERE key = ?').run(key);
}
