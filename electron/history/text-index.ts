import type { DatabaseSync } from 'node:sqlite';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { AGAIN, filesOf, INDEX_VERSION, kindsOf } from './facts.ts';
import { tryRun } from './rows.ts';
import type { Row } from './rows.ts';
import { isPassing, together } from './statements.ts';
import { wordsOf } from './words.ts';

/**
 * It keeps no texts, for the rows have them. It is made at opening and in no migration: an SQLite without FTS5 opens the same
 * file, and what the index holds can be made again at any time.
 */
const TABLE = `CREATE VIRTUAL TABLE run_words USING fts5(prompt, inputs, outputs, model, note, tags,
  content = '', contentless_delete = 1, prefix = '1 2', tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'")`;

/** Marks of more runs than this are read into the index in the background. */
const MOST_AT_ONCE = 50;

/** The words of all runs by FTS5, and what else is worked out of rows: their kinds and the files they name. */
export class TextIndex {
  readonly #db: DatabaseSync;
  #on: boolean;
  #spoilt = false;
  /** Whether it was made by this program as it runs. */
  #made = false;

  /** `fts` false does without FTS5. A file that is only looked at is searched by its index where it has one. */
  constructor(db: DatabaseSync, writable: boolean, fts: boolean) {
    this.#db = db;
    this.#on = fts && (writable ? this.#begin() : this.#answers());
  }

  #begin(): boolean {
    const made = this.#db.prepare("SELECT sql FROM sqlite_master WHERE name = 'run_words'").get()?.['sql'];
    // Another wording is that of another version, or lost a bit.
    if (made === TABLE) this.#spoilt = !this.#answers();
    else if (made === undefined || !this.#reword()) return this.#make();
    return !this.#spoilt || this.#make();
  }

  /** A table that cannot be understood cannot be taken away either: it is first given our own words. */
  #reword(): boolean {
    try {
      this.#db.enableDefensive(false);
      this.#db.exec('PRAGMA writable_schema = ON');
      this.#db.prepare("UPDATE sqlite_master SET sql = ? WHERE name = 'run_words'").run(TABLE);
      this.#db.exec('PRAGMA writable_schema = RESET');
      this.#db.enableDefensive(true);
      this.#spoilt = true;
      return true;
    } catch {
      return false;
    }
  }

  /** Makes the index, empty; false where this SQLite has no FTS5, or what is there cannot be taken away. */
  #make(): boolean {
    this.#spoilt = false;
    this.#made = true;
    try {
      together(this.#db, () => {
        this.#db.exec(`DROP TABLE IF EXISTS run_words; ${TABLE}`);
        this.#db.exec(`UPDATE runs SET indexed = ${AGAIN} WHERE indexed > 0`);
      });
      return true;
    } catch (error) {
      if (isPassing(error)) throw error;
      return false;
    }
  }

  #answers(): boolean {
    try {
      this.#db.prepare("SELECT rowid FROM run_words WHERE run_words MATCH 'a' LIMIT 1").get();
      return true;
    } catch {
      return false;
    }
  }

  /** False where this SQLite has no FTS5: texts are then looked for in the rows themselves. */
  get on(): boolean {
    return this.#on;
  }

  /** Ids of the runs that fit, in no order; none from an index that turns out to be spoilt, which is then made anew. */
  find(match: string): RunId[] {
    try {
      // A hundred thousand rows as one text are read ten times as fast as one by one.
      const sql = 'SELECT json_group_array(rowid) AS ids FROM run_words WHERE run_words MATCH ?';
      return idsIn(this.#db.prepare(sql).get(match));
    } catch (error) {
      if (isPassing(error)) throw error;
      this.#spoilt = true;
      return [];
    }
  }

  /** Within the transaction that wrote the row, so that neither is there without the other. */
  put(run: Run): void {
    if (!this.#on) return;
    const note = this.#db.prepare('SELECT note FROM runs WHERE id = ?').get(run.id)?.['note'];
    const tags = this.#db.prepare('SELECT tag FROM run_tags WHERE run_id = ? ORDER BY tag').all(run.id);
    const words = wordsOf(
      run,
      typeof note === 'string' ? note : '',
      tags.map(({ tag }) => String(tag)),
    );
    const sql = `INSERT OR REPLACE INTO run_words (rowid, prompt, inputs, outputs, model, note, tags)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.#db
      .prepare(sql)
      .run(run.id, words.prompt, words.inputs, words.outputs, words.model, words.note, words.tags);
  }

  /** After the marks of these runs changed, within the same transaction; of many, in the background. */
  renew(ids: readonly RunId[]): void {
    if (ids.length > MOST_AT_ONCE) {
      const later = this.#db.prepare(`UPDATE runs SET indexed = ${AGAIN} WHERE id = ? AND indexed > 0`);
      for (const id of ids) later.run(id);
      return;
    }
    for (const id of ids) {
      const row = this.#db.prepare('SELECT * FROM runs WHERE id = ?').get(id);
      const run = row === undefined ? null : tryRun(row);
      if (run !== null) this.put(run);
    }
  }

  remove(ids: readonly RunId[]): void {
    if (!this.#on) return;
    const remove = this.#db.prepare('DELETE FROM run_words WHERE rowid = ?');
    for (const id of ids) remove.run(id);
  }

  /** After something could be written only without it. */
  distrust(): void {
    this.#spoilt = true;
  }

  /** Whether rows wait to be read into the index: of an older version, or of many that were marked at once. */
  get due(): boolean {
    return this.#spoilt || this.#oldest() < INDEX_VERSION;
  }

  /** Reads a few rows into the index, the newest first, for about so many milliseconds. A kill costs no more than these. */
  work(milliseconds: number): void {
    if (this.#spoilt) this.#on = this.#make();
    const until = performance.now() + milliseconds;
    const oldest = this.#oldest();
    if (oldest >= INDEX_VERSION) return;
    const next = this.#db.prepare('SELECT * FROM runs WHERE indexed = ? ORDER BY id DESC LIMIT 1');
    try {
      together(this.#db, () => {
        do {
          const row = next.get(oldest);
          if (row === undefined) return;
          this.#read(row);
        } while (performance.now() < until);
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      // One that was just made and fails again is done without.
      if (this.#made) this.#on = false;
      else this.#spoilt = true;
    }
  }

  #oldest(): number {
    const oldest = this.#db.prepare('SELECT min(indexed) AS oldest FROM runs').get()?.['oldest'];
    return typeof oldest === 'number' ? oldest : INDEX_VERSION;
  }

  #read(row: Row): void {
    const run = tryRun(row);
    // What cannot be read is passed over, or it would be tried for ever.
    const set = this.#db.prepare('UPDATE runs SET kinds = ?, indexed = ? WHERE id = ?');
    set.run(run === null ? 0 : kindsOf(run), INDEX_VERSION, row['id'] ?? null);
    const name = this.#db.prepare('INSERT OR IGNORE INTO run_files (sha256, run_id) VALUES (?, ?)');
    // Of what only a newer version can read, rather too many files are kept than one too few.
    const files = run === null ? hashesIn(row) : filesOf(run);
    for (const sha256 of files) name.run(sha256, row['id'] ?? null);
    if (run !== null) this.put(run);
  }
}

/** Whatever in a row that cannot be read may be the name of a file. */
const hashesIn = (row: Row): readonly string[] =>
  `${String(row['media'])} ${String(row['input'])}`.match(/[0-9a-f]{64}/g) ?? [];

export function idsIn(row: Row | undefined): RunId[] {
  const ids: unknown = JSON.parse(String(row?.['ids'] ?? '[]'));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
}
