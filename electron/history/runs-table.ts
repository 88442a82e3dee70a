import type { DatabaseSync } from 'node:sqlite';
import { stringifyJson } from '../../shared/json.ts';
import { spendOf } from '../../shared/money/spend.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { AGAIN, filesOf, INDEX_VERSION, kindsOf } from './facts.ts';
import { readRun, tryRun } from './rows.ts';
import { sentLater } from './spending.ts';
import type { TextIndex } from './text-index.ts';

export interface RunPage {
  readonly runs: Run[];
  readonly more: boolean;
  /** Rows passed over on the way: written by a newer version, or spoilt. They stay as they are. */
  readonly unreadable: number;
}

/** Worded as its index is, or the whole history would be read. */
export const RUNS_OF_A_BATCH = 'SELECT * FROM runs WHERE batch_id = ? ORDER BY id';

const PUT = `INSERT INTO runs (id, endpoint_id, profile_id, request_id, origin, method, options, batch, batch_id, state_kind, state,
    input, output, media, times, money, cost, currency, kinds, indexed, sent_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET request_id = excluded.request_id, state_kind = excluded.state_kind,
    state = excluded.state, output = excluded.output, media = excluded.media, times = excluded.times,
    money = excluded.money, cost = excluded.cost, currency = excluded.currency, kinds = excluded.kinds,
    indexed = excluded.indexed, sent_at = excluded.sent_at`;

/**
 * Writes what moves of a run that is there; what was sent stays as it was. Within a transaction. Without the index the words
 * are read into it in the background.
 */
export function putRun(db: DatabaseSync, run: Run, index: TextIndex | null = null): void {
  const spent = spendOf(run);
  const known = db.prepare('SELECT 1 FROM runs WHERE id = ?').get(run.id) !== undefined;
  db.prepare(PUT).run(
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
    index === null ? AGAIN : INDEX_VERSION,
    sentLater(run, Date.now()),
  );
  const name = db.prepare('INSERT OR IGNORE INTO run_files (sha256, run_id) VALUES (?, ?)');
  for (const sha256 of filesOf(run)) name.run(sha256, run.id);
  // What lies between says no new words.
  if (!known || isOver(run.state)) index?.put(run);
}

/** False, and nothing is written, where no such run is there. Within a transaction. */
export function updateRun(db: DatabaseSync, run: Run, index: TextIndex | null): boolean {
  if (db.prepare('SELECT 1 FROM runs WHERE id = ?').get(run.id) === undefined) return false;
  putRun(db, run, index);
  return true;
}

export function runById(db: DatabaseSync, id: RunId): Run | null {
  const row = db.prepare('SELECT * FROM runs WHERE id = ?').get(id);
  return row === undefined ? null : readRun(row);
}

/** The run of a request at fal; the newest where there are several. */
export function runByRequest(db: DatabaseSync, requestId: string): Run | null {
  const row = db.prepare('SELECT * FROM runs WHERE request_id = ? ORDER BY id DESC LIMIT 1').get(requestId);
  return row === undefined ? null : readRun(row);
}

export interface PageQuery {
  readonly before: RunId | null;
  readonly limit: number;
  readonly endpointId: string | null;
}

/** Newest first. A row that cannot be read is passed over: it must not take its whole page along. */
export function pageOfRuns(db: DatabaseSync, query: PageQuery): RunPage {
  const before = query.before ?? Number.MAX_SAFE_INTEGER;
  const rows =
    query.endpointId === null
      ? db.prepare('SELECT * FROM runs WHERE id < ? AND deleted_at IS NULL ORDER BY id DESC').iterate(before)
      : db
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
export function runsOfBatch(db: DatabaseSync, id: RunId): Run[] {
  return db
    .prepare(RUNS_OF_A_BATCH)
    .all(id)
    .flatMap((row) => tryRun(row) ?? []);
}

/** Runs that were not over when the program last stopped, but for those whose rows only a newer version can read. */
export function unfinishedRuns(db: DatabaseSync): Run[] {
  return db
    .prepare(
      `SELECT * FROM runs WHERE state_kind NOT IN ('succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed')
         AND id <= ? ORDER BY id`,
    )
    .all(Number.MAX_SAFE_INTEGER)
    .flatMap((row) => tryRun(row) ?? []);
}
