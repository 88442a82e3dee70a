import type { DatabaseSync } from 'node:sqlite';
import type { RunId } from '../../shared/runs/run.ts';
import { allIndexed, keptNames } from './file-rows.ts';
import type { TextIndex } from './text-index.ts';

export interface Purged {
  /** Runs that are gone for good. */
  readonly ids: readonly RunId[];
  /** Files nothing names any more: their rows are gone, they themselves are still on the disk. */
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[];
}

/** The money is spent, whether or not the run is remembered: no limit may be passed by throwing runs away. */
const SPENT_BY = `INSERT OR REPLACE INTO purged_spend (run_id, sent_at, endpoint_id, profile_id, currency, cost)
  SELECT id, sent_at, endpoint_id, profile_id, currency, cost FROM runs
    WHERE id = ? AND deleted_at IS NOT NULL AND cost IS NOT 0`;

/** Days: a limit is about a month at most, and clocks are set. */
const KEPT_DAYS = 70;
const OVER = 'DELETE FROM purged_spend WHERE max(run_id / 1000, coalesce(sent_at, 0)) < ?';

/**
 * Takes runs in the trash out of the history for good; all that went there up to `until` (milliseconds since 1970) where none
 * is named. What they cost is still counted. A file goes with the last that names it: a run, or a draft, preset or entry of the shelf. Within a transaction.
 */
export function purge(
  db: DatabaseSync,
  index: TextIndex | null,
  ids: readonly RunId[] | null,
  until: number,
): Purged {
  const asked =
    ids ??
    db
      .prepare('SELECT id FROM runs WHERE deleted_at IS NOT NULL AND deleted_at <= ?')
      .all(until)
      .map((row) => Number(row['id']));
  const files = new Map<string, number>();
  const named = db.prepare(
    'SELECT f.sha256, m.bytes FROM run_files f JOIN media m ON m.sha256 = f.sha256 WHERE f.run_id = ?',
  );
  const counts = db.prepare(SPENT_BY);
  const remove = db.prepare('DELETE FROM runs WHERE id = ? AND deleted_at IS NOT NULL');
  const gone = asked.filter((id) => {
    const rows = named.all(id);
    counts.run(id);
    if (remove.run(id).changes === 0) return false;
    for (const row of rows) files.set(String(row['sha256']), Number(row['bytes']));
    return true;
  });
  db.prepare(OVER).run(until - KEPT_DAYS * 86_400_000);
  index?.remove(gone);
  const orphans = nobodysOf(db, files);
  const forget = db.prepare('DELETE FROM media WHERE sha256 = ?');
  for (const { sha256 } of orphans) forget.run(sha256);
  return { ids: gone, files: orphans };
}

/** Which of these files nothing names. */
function nobodysOf(db: DatabaseSync, files: ReadonlyMap<string, number>): Purged['files'] {
  // A row that has not been looked through yet might name any of them.
  if (files.size === 0 || !allIndexed(db)) return [];
  const still = db.prepare('SELECT 1 FROM run_files WHERE sha256 = ? LIMIT 1');
  const kept = keptNames(db);
  return [...files].flatMap(([sha256, bytes]) =>
    kept.has(sha256) || still.get(sha256) !== undefined ? [] : [{ sha256, bytes }],
  );
}
