import type { DatabaseSync } from 'node:sqlite';
import type { SmallPicture } from '../../shared/media/small.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { statesOf } from './facts.ts';

/** A file that is written down, whether or not it is there. */
export interface FileRow {
  readonly sha256: string;
  readonly bytes: number;
  /** When it was taken away to make room, in milliseconds since 1970; null for all others. */
  readonly removedAt: number | null;
}

export interface FileSums {
  /** Those that should be there. */
  readonly files: number;
  readonly bytes: number;
  /** Those taken away to make room. */
  readonly removedFiles: number;
  readonly removedBytes: number;
}

type Row = Readonly<Record<string, unknown>>;

/** False where no such file is written down. */
export function setThumb(db: DatabaseSync, sha256: string, thumb: SmallPicture | 'none'): boolean {
  return db.prepare('UPDATE media SET thumb = ? WHERE sha256 = ?').run(thumb, sha256).changes > 0;
}

/** The next of all files in the order of their hashes; from the first on where `after` is empty. */
export function fileRows(db: DatabaseSync, after: string, limit: number): FileRow[] {
  return db
    .prepare('SELECT sha256, bytes, removed_at FROM media WHERE sha256 > ? ORDER BY sha256 LIMIT ?')
    .all(after, limit)
    .map(readRow);
}

export function fileRow(db: DatabaseSync, sha256: string): FileRow | null {
  const row = db.prepare('SELECT sha256, bytes, removed_at FROM media WHERE sha256 = ?').get(sha256);
  return row === undefined ? null : readRow(row);
}

const readRow = (row: Row): FileRow => ({
  sha256: String(row['sha256']),
  bytes: Number(row['bytes']),
  removedAt: row['removed_at'] === null ? null : Number(row['removed_at']),
});

export function fileSums(db: DatabaseSync): FileSums {
  const sums = { files: 0, bytes: 0, removedFiles: 0, removedBytes: 0 };
  const rows = db
    .prepare(
      'SELECT removed_at IS NULL AS here, count(*) AS files, sum(bytes) AS bytes FROM media GROUP BY here',
    )
    .all();
  for (const row of rows) {
    if (row['here'] === 1) Object.assign(sums, { files: Number(row['files']), bytes: Number(row['bytes']) });
    else Object.assign(sums, { removedFiles: Number(row['files']), removedBytes: Number(row['bytes']) });
  }
  return sums;
}

/** Bytes of the files that runs since then brought or sent, in milliseconds since 1970; each once. */
export function bytesSince(db: DatabaseSync, since: number): number {
  const row = db
    .prepare(
      `SELECT coalesce(sum(bytes), 0) AS bytes FROM media
         WHERE sha256 IN (SELECT sha256 FROM run_files INDEXED BY files_of_run WHERE run_id >= ?)`,
    )
    .get(since * 1000);
  return Number(row?.['bytes'] ?? 0);
}

/** Worded as the index of what is deleted. */
const OF_TRASH =
  'SELECT sha256 FROM run_files WHERE run_id IN (SELECT id FROM runs WHERE deleted_at IS NOT NULL)';

/** Where the ids of runs are kept whose files are not all in the person's own folder yet (`saving/saving-service.ts`). */
export const WAITING_TO_BE_COPIED = 'saving:waiting';

/**
 * Files that may be taken away to win so many bytes, those of runs in the trash first, then those first of whose runs the newest
 * is the oldest. Never a file of a run that is starred, under way, waits to be copied into the person's own folder, or begun since
 * `until` (milliseconds since 1970), nor one that a draft, a preset or any other kept document names. Null while it is not known
 * of every run which files it has.
 */
export function spareFiles(
  db: DatabaseSync,
  { bytes, until }: { bytes: number; until: number },
): FileRow[] | null {
  if (!allIndexed(db)) return null;
  const running = statesOf('running');
  const rows = db
    .prepare(
      `SELECT m.sha256, m.bytes, m.removed_at, max(f.run_id) AS newest
         FROM media m JOIN run_files f ON f.sha256 = m.sha256
         WHERE m.removed_at IS NULL AND m.sha256 NOT IN (
           SELECT sha256 FROM run_files WHERE run_id IN (
             SELECT id FROM runs WHERE star = 1 OR state_kind IN (${running.map(() => '?').join(', ')})
             UNION ALL SELECT value FROM json_each((SELECT value FROM kept WHERE key = ? AND json_valid(value)))))
         GROUP BY m.sha256 HAVING newest < ?
         ORDER BY m.sha256 NOT IN (${OF_TRASH}) OR EXISTS (
           SELECT 1 FROM run_files g JOIN runs r ON r.id = g.run_id WHERE g.sha256 = m.sha256 AND r.deleted_at IS NULL),
           newest, m.sha256`,
    )
    .all(...running, WAITING_TO_BE_COPIED, until * 1000);
  const named = keptNames(db);
  const spare: FileRow[] = [];
  let won = 0;
  for (const row of rows) {
    if (won >= bytes) break;
    const file = readRow(row);
    if (named.has(file.sha256)) continue;
    spare.push(file);
    won += file.bytes;
  }
  return spare;
}

/** Files that no run and no kept document names: left by previews, or chosen and never sent. */
export function unnamedFiles(db: DatabaseSync): FileRow[] {
  if (!allIndexed(db)) return [];
  const named = keptNames(db);
  return db
    .prepare(
      `SELECT sha256, bytes, removed_at FROM media m
         WHERE NOT EXISTS (SELECT 1 FROM run_files f WHERE f.sha256 = m.sha256)`,
    )
    .all()
    .map(readRow)
    .filter(({ sha256 }) => !named.has(sha256));
}

/** `at` in milliseconds since 1970; null where they are there again. */
export function setRemoved(db: DatabaseSync, sha256s: readonly string[], at: number | null): void {
  const set = db.prepare('UPDATE media SET removed_at = ? WHERE sha256 = ?');
  for (const sha256 of sha256s) set.run(at, sha256);
}

/** The files whose rows say that they were taken away to make room. */
export function removedFiles(db: DatabaseSync): string[] {
  return db
    .prepare('SELECT sha256 FROM media WHERE removed_at IS NOT NULL')
    .all()
    .map((row) => String(row['sha256']));
}

/** Forgets files, but none that a run or a kept document names; answers which it forgot. */
export function forgetFiles(db: DatabaseSync, sha256s: readonly string[]): string[] {
  const named = keptNames(db);
  const forget = db.prepare(
    'DELETE FROM media WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM run_files WHERE sha256 = ?1)',
  );
  return sha256s.filter((sha256) => !named.has(sha256) && forget.run(sha256).changes > 0);
}

/** The runs that name a file, the newest first. */
export function runsOfFile(db: DatabaseSync, sha256: string, most: number): RunId[] {
  return db
    .prepare('SELECT run_id FROM run_files WHERE sha256 = ? ORDER BY run_id DESC LIMIT ?')
    .all(sha256, most)
    .map((row) => Number(row['run_id']));
}

/** A run has another file in the place of this one; which is forgotten where no other run names it. */
export function dropFile(db: DatabaseSync, id: RunId, sha256: string): void {
  db.prepare('DELETE FROM run_files WHERE run_id = ? AND sha256 = ?').run(id, sha256);
  forgetFiles(db, [sha256]);
}

/** Whether it is known of every run which files it has. */
export const allIndexed = (db: DatabaseSync): boolean =>
  db.prepare('SELECT 1 FROM runs WHERE indexed = 0 LIMIT 1').get() === undefined;

/** The files that drafts, presets, shelves and settings name. */
export function keptNames(db: DatabaseSync): ReadonlySet<string> {
  const texts = db.prepare("SELECT value FROM kept WHERE value LIKE '%media:%'").all();
  return new Set(
    texts.flatMap((row) =>
      [...String(row['value']).matchAll(/media:([0-9a-f]{64})/g)].map(([, sha256 = '']) => sha256),
    ),
  );
}
