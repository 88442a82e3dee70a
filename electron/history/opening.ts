import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { migrations } from './migrations.ts';
import { isPassing, PreparingDatabase } from './statements.ts';

/**
 * Throws when the file is no database of ours, or of a later version than this program knows. With `look`, for a disk
 * that cannot be written, the file is only read, or an empty history stands in where even that fails; writes throw.
 */
export function openDatabase(
  file: string,
  mode: 'write' | 'look',
): { readonly db: DatabaseSync; readonly checked: boolean } {
  const db = mode === 'write' ? new PreparingDatabase(file, { timeout: 5000 }) : openToLook(file);
  try {
    prepareTables(db, mode === 'write');
    return { db, checked: lookThrough(db, file, mode === 'write') };
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareTables(db: DatabaseSync, writable: boolean): void {
  // Asked before anything is set: a newer program's file is not touched.
  const version = knownVersion(db);
  if (writable) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (version < migrations.length) bringUp(db);
  if (!writable) db.exec('PRAGMA query_only = ON');
  if (!hasOurTables(db)) throw new Error(DAMAGED);
}

const DAMAGED = 'The history file is damaged.';
/** Up to so many bytes a file is looked through before it is used; a larger one would keep the window from opening. */
const AT_ONCE = 16 * 2 ** 20;
/** Beside a large file in which damage was found while it was used: it is looked through before it is used again. */
const suspected = (file: string): string => `${file}-damaged`;

/** Looks through the file where that is quick or needed; throws where it is damaged. False: to be looked through later. */
function lookThrough(db: DatabaseSync, file: string, writable: boolean): boolean {
  const isSuspected = existsSync(suspected(file));
  if (!isSuspected && sizeOf(file) > AT_ONCE) return false;
  const well = !isDamaged(db) || (writable && makeAnew(db));
  if (writable) rmSync(suspected(file), { force: true });
  if (!well) throw new Error(DAMAGED);
  return true;
}

/**
 * Makes the indexes anew out of the rows, and leaves that of words to be (`text-index.ts`). One whose first page is damaged can
 * be neither dropped nor read anew, so it is only forgotten, and its pages are freed after. False, and all is as it was, where
 * the rows themselves are damaged.
 */
function makeAnew(db: DatabaseSync): boolean {
  try {
    db.exec('BEGIN IMMEDIATE');
    const indexes = db
      .prepare("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
      .all();
    db.enableDefensive(false);
    db.exec(`PRAGMA writable_schema = ON;
      DELETE FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL OR name LIKE 'run\\_words%' ESCAPE '\\';
      PRAGMA writable_schema = RESET`);
    for (const { sql } of indexes) db.exec(String(sql));
    if (isDamaged(db)) throw new Error(DAMAGED);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    if (isPassing(error)) throw error;
    return false;
  } finally {
    db.enableDefensive(true);
  }
  try {
    db.exec('VACUUM');
  } catch {
    // Such pages cost their room only.
  }
  return true;
}

/** SQLite's own check, which reads all of the file. A page that nothing uses is room that is lost, and no damage. */
function isDamaged(db: DatabaseSync): boolean {
  return linesOfCheck(db)
    .flatMap((text) => text.split('\n'))
    .some((line) => line !== 'ok' && !/^(\*\*\* in database \w+ \*\*\*|Page \d+: never used)$/.test(line));
}

function linesOfCheck(db: DatabaseSync): readonly string[] {
  try {
    return db
      .prepare('PRAGMA quick_check(100)')
      .all()
      .map((row) => String(Object.values(row)[0]));
  } catch (error) {
    // So damaged that the check itself stumbles; a file that is busy or on a bad disk is none of this.
    if (error instanceof Error && 'errcode' in error && DAMAGE.has(Number(error.errcode) & 0xff))
      return [error.message];
    throw error;
  }
}

/** SQLite's words for what is malformed, and what is no database. */
const DAMAGE = new Set([11, 26]);

/** Reads all of a file that is in use, beside its use; true where it is damaged. What is damaged is met at the next opening. */
export function checkInUse(file: string): boolean {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    const damaged = isDamaged(db);
    if (damaged) writeFileSync(suspected(file), '');
    return damaged;
  } finally {
    db.close();
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Throws when a newer program wrote the file. */
function knownVersion(db: DatabaseSync): number {
  const version = versionOf(db);
  if (version <= migrations.length) return version;
  throw new Error(
    `The history was written by a newer version (${version}, this one knows ${migrations.length}).`,
  );
}

/** Another program may be at the same just now: what is left to do is asked again once nobody else can write. */
function bringUp(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  for (let step = knownVersion(db); step < migrations.length; step += 1)
    db.exec(`${migrations[step] ?? ''} PRAGMA user_version = ${step + 1};`);
  db.exec('COMMIT');
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
