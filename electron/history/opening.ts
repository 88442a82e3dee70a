import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { migrations } from './migrations.ts';

/** A file that nothing may be written beside can be read only as if nobody else ever wrote it, and only without a WAL. */
export function openToLook(file: string): DatabaseSync {
  const unchanging = new URL(`${pathToFileURL(file).href}?immutable=1`);
  const wal = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  for (const place of wal ? [file] : [file, unchanging]) {
    try {
      const db = new DatabaseSync(place, { readOnly: true });
      // A file of an older version cannot be brought up here; the read also shows whether reading works at all.
      if (versionOf(db) >= migrations.length) return db;
      db.close();
    } catch {
      // The next way, then.
    }
  }
  return new DatabaseSync(':memory:');
}

/**
 * The tables as the migrations make them, to the letter. SQLite's own check takes a column whose name lost a bit for
 * another column: rows would be written that nothing finds again.
 */
export function hasOurTables(db: DatabaseSync): boolean {
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
export function versionOf(db: DatabaseSync): number {
  const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (typeof version !== 'number') throw new Error('The file tells no version.');
  return version;
}
