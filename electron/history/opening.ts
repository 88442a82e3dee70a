import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { migrations } from './migrations.ts';
import { PreparingDatabase } from './statements.ts';

/**
 * Throws when the file is no database of ours, or of a later version than this program knows. With `look`, for a disk
 * that cannot be written, the file is only read, or an empty history stands in where even that fails; writes throw.
 */
export function openDatabase(file: string, mode: 'write' | 'look'): DatabaseSync {
  const db = mode === 'write' ? new PreparingDatabase(file, { timeout: 5000 }) : openToLook(file);
  try {
    prepareTables(db, mode === 'write');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareTables(db: DatabaseSync, writable: boolean): void {
  // Asked before anything is set: a newer program's file is not touched.
  const version = versionOf(db);
  if (version > migrations.length)
    throw new Error(
      `The history was written by a newer version (${version}, this one knows ${migrations.length}).`,
    );
  if (writable) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  for (let step = version; step < migrations.length; step += 1)
    db.exec(`BEGIN; ${migrations[step] ?? ''} PRAGMA user_version = ${step + 1}; COMMIT;`);
  if (!writable) db.exec('PRAGMA query_only = ON');
  const check = db.prepare('PRAGMA quick_check(1)').get();
  if (check === undefined || Object.values(check)[0] !== 'ok' || !hasOurTables(db))
    throw new Error('The history file is damaged.');
}

/** A file that nothing may be written beside can be read only as if nobody else ever wrote it, and only without a WAL. */
function openToLook(file: string): DatabaseSync {
  const unchanging = new URL(`${pathToFileURL(file).href}?immutable=1`);
  const wal = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  for (const place of wal ? [file] : [file, unchanging]) {
    try {
      const db = new PreparingDatabase(place, { readOnly: true });
      // A file of an older version cannot be brought up here; the read also shows whether reading works at all.
      if (versionOf(db) >= migrations.length) return db;
      db.close();
    } catch {
      // The next way, then.
    }
  }
  return new PreparingDatabase(':memory:');
}

/**
 * The tables as the migrations make them, to the letter. SQLite's own check takes a column whose name lost a bit for
 * another column: rows would be written that nothing finds again.
 */
function hasOurTables(db: DatabaseSync): boolean {
  const model = new DatabaseSync(':memory:');
  try {
    for (const step of migrations) model.exec(step);
    const tables = 'SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL';
    const there = new Set(
      db
        .prepare(tables)
        .all()
        .map((row) => Object.values(row).join('\n')),
    );
    return model
      .prepare(tables)
      .all()
      .every((row) => there.has(Object.values(row).join('\n')));
  } finally {
    model.close();
  }
}

/** How many of the migrations the file has taken. */
function versionOf(db: DatabaseSync): number {
  const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (typeof version !== 'number') throw new Error('The file tells no version.');
  return version;
}
