import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

/** The words of a search are values, but its conditions are part of its statement: not every one that was ever asked is kept. */
const MOST = 200;

/** A database that reads each statement once: whoever prepares the same words again gets the same statement. */
export class PreparingDatabase extends DatabaseSync {
  readonly #prepared = new Map<string, StatementSync>();

  override prepare(sql: string): StatementSync {
    const statement = this.#prepared.get(sql) ?? super.prepare(sql);
    this.#prepared.delete(sql);
    this.#prepared.set(sql, statement);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > MOST && oldest !== undefined) this.#prepared.delete(oldest);
    return statement;
  }
}

/**
 * All of it or none; within another, a part of that one. The right to write is taken at the begin, where it is waited for: one who
 * reads first is refused at once when another program wrote meanwhile.
 */
export function together<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    // Left open, it would take along everything written after it. A full disk may have ended it already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Another value whenever another connection than this one has written. */
export const versionByOthers = (db: DatabaseSync): unknown =>
  db.prepare('PRAGMA data_version').get()?.['data_version'];

/** SQLite's words for a file that may be well and only cannot be used now: busy, locked, no memory, read-only, I/O, full, not reached. */
const PASSING = new Set([5, 6, 7, 8, 10, 13, 14]);

export const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  PASSING.has(error.errcode & 0xff);
