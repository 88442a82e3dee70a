import type { DatabaseSync } from 'node:sqlite';
import type { RunId } from '../../shared/runs/run.ts';
import { versionByOthers } from './statements.ts';

/** Texts that many rows share, each by a number. */
export class Names {
  readonly #codes = new Map<string, number>();
  readonly names: string[] = [];

  code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    this.#codes.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

export const TRASHED = 1;
export const STARRED = 2;
export const LIVE = 4;
export const NOTED = 8;

const SELECT = `SELECT id, endpoint_id, profile_id, state_kind, kinds,
    (deleted_at IS NOT NULL) * ${TRASHED} + star * ${STARRED} + (origin = 'live') * ${LIVE}, batch_id, cost, currency
  FROM runs INDEXED BY runs_facts`;
/** What of a row is held here; other columns change without a word. */
const HELD = 'state_kind, kinds, star, note, deleted_at, batch_id, cost, currency';

/** More rows than this that came or went in the middle are read anew as a whole. */
const MOST_MOVES = 50;
const MOST_CHANGES = 20_000;

/**
 * What lists and counts ask of each run, in memory and in the order of ids: some 45 bytes a run, for which counting a hundred
 * thousand takes a few milliseconds where SQL takes a hundred. SQLite says which rows changed, whoever on this connection
 * changed them, and what another program wrote is noticed by the file's version; so this is never behind the rows.
 */
export class FactTable {
  readonly endpoints = new Names();
  readonly profiles = new Names();
  readonly states = new Names();
  readonly currencies = new Names();
  /** Only the first `count` of each column are rows. */
  count = 0;
  ids = new Float64Array(0);
  endpoint = new Uint32Array(0);
  profile = new Uint32Array(0);
  state = new Uint8Array(0);
  kinds = new Uint32Array(0);
  /** The sum of the marks above. */
  marks = new Uint8Array(0);
  /** Zero where there is none. */
  batch = new Float64Array(0);
  /** NaN where it is not known. */
  cost = new Float64Array(0);
  currency = new Uint8Array(0);

  readonly #db: DatabaseSync;
  readonly #changed = new Set<RunId>();
  #loaded = false;
  #version: unknown = null;

  /** Without `watch`, for a file that is only looked at, nothing is expected to change. */
  constructor(db: DatabaseSync, watch: boolean) {
    this.#db = db;
    if (!watch) return;
    db.function('run_changed', (id) => {
      this.#changed.add(Number(id));
      return null;
    });
    db.exec(`CREATE TEMP TRIGGER run_came AFTER INSERT ON main.runs BEGIN SELECT run_changed(new.id); END;
      CREATE TEMP TRIGGER run_went AFTER DELETE ON main.runs BEGIN SELECT run_changed(old.id); END;
      CREATE TEMP TRIGGER run_moved AFTER UPDATE OF ${HELD} ON main.runs BEGIN SELECT run_changed(new.id); END;`);
  }

  /** Whether the rows have been read, which takes some 2 ms a thousand. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** To be called before anything is read here. */
  refresh(): void {
    const version = versionByOthers(this.#db);
    const stale = !this.#loaded || version !== this.#version || this.#changed.size > MOST_CHANGES;
    this.#version = version;
    if (stale || !this.#takeChanges()) this.#load();
    this.#changed.clear();
  }

  /** The place of a run; where it is not there, the complement of the place it would have. */
  find(id: RunId, from = 0): number {
    let low = from;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const there = this.ids[middle] ?? 0;
      if (there === id) return middle;
      if (there < id) low = middle + 1;
      else high = middle - 1;
    }
    return ~low;
  }

  /** A flag for each of the rows, set for those of these ids. */
  flags(ids: readonly RunId[]): Uint8Array {
    const flags = new Uint8Array(this.count);
    for (const id of ids) {
      const at = this.find(id);
      if (at >= 0) flags[at] = 1;
    }
    return flags;
  }

  #load(): void {
    const all = this.#db.prepare('SELECT count(*) AS count FROM runs INDEXED BY runs_facts').get();
    this.count = 0;
    this.#grow(Number(all?.['count']) + 1000);
    for (const row of this.#rows(`${SELECT} ORDER BY id`)) this.#set(this.count++, row);
    for (const [id] of this.#rows(NOTED_RUNS)) {
      const at = this.find(Number(id));
      if (at >= 0) this.marks[at] = (this.marks[at] ?? 0) | NOTED;
    }
    this.#loaded = true;
  }

  /** False where reading all of it anew is less work. */
  #takeChanges(): boolean {
    let moves = 0;
    for (const id of [...this.#changed].toSorted((a, b) => a - b)) {
      const [row] = this.#rows(`${SELECT} WHERE id = ?`, id);
      const at = this.find(id);
      if (row === undefined) {
        if (at < 0) continue;
        if ((moves += 1) > MOST_MOVES) return false;
        this.#move(at + 1, at);
      } else if (at >= 0) this.#set(at, row);
      else {
        if (~at < this.count && (moves += 1) > MOST_MOVES) return false;
        this.#grow(this.count + 1);
        this.#move(~at, ~at + 1);
        this.#set(~at, row);
      }
      const place = this.find(id);
      if (place >= 0 && this.#rows(`${NOTED_RUNS} AND id = ?`, id).length > 0)
        this.marks[place] = (this.marks[place] ?? 0) | NOTED;
    }
    return true;
  }

  #rows(sql: string, ...values: number[]): unknown[][] {
    const statement = this.#db.prepare(sql);
    statement.setReturnArrays(true);
    const rows: readonly unknown[] = statement.all(...values);
    return rows.filter((row): row is unknown[] => Array.isArray(row));
  }

  #set(at: number, row: readonly unknown[]): void {
    const [id, endpoint, profile, state, kinds, marks, batch, cost, currency] = row;
    this.ids[at] = Number(id);
    this.endpoint[at] = this.endpoints.code(String(endpoint));
    this.profile[at] = this.profiles.code(String(profile));
    this.state[at] = this.states.code(String(state));
    this.kinds[at] = Number(kinds);
    this.marks[at] = Number(marks);
    this.batch[at] = Number(batch ?? 0);
    this.cost[at] = Number(cost ?? Number.NaN);
    this.currency[at] = this.currencies.code(String(currency ?? ''));
  }

  get #columns() {
    return [
      this.ids,
      this.endpoint,
      this.profile,
      this.state,
      this.kinds,
      this.marks,
      this.batch,
      this.cost,
      this.currency,
    ] as const;
  }

  #move(from: number, to: number): void {
    for (const column of this.#columns) column.copyWithin(to, from, this.count);
    this.count += to - from;
  }

  #grow(needed: number): void {
    if (needed <= this.ids.length) return;
    const size = Math.ceil(needed * 1.25);
    const grown = <Column extends Float64Array | Uint32Array | Uint8Array>(
      old: Column,
      next: Column,
    ): Column => {
      next.set(old);
      return next;
    };
    this.ids = grown(this.ids, new Float64Array(size));
    this.endpoint = grown(this.endpoint, new Uint32Array(size));
    this.profile = grown(this.profile, new Uint32Array(size));
    this.state = grown(this.state, new Uint8Array(size));
    this.kinds = grown(this.kinds, new Uint32Array(size));
    this.marks = grown(this.marks, new Uint8Array(size));
    this.batch = grown(this.batch, new Float64Array(size));
    this.cost = grown(this.cost, new Float64Array(size));
    this.currency = grown(this.currency, new Uint8Array(size));
  }
}

/** Worded as its index is. */
const NOTED_RUNS = "SELECT id FROM runs WHERE note <> ''";
