import type { DatabaseSync } from 'node:sqlite';
import type { Run } from '../../shared/runs/run.ts';
import { tryRun } from './rows.ts';

/** The newest run whose result holds the file with this hash; those that were only given it are others. */
export function runOfFile(db: DatabaseSync, sha256: string): Run | null {
  const rows = db
    .prepare(
      `SELECT runs.* FROM run_files JOIN runs ON runs.id = run_files.run_id
         WHERE run_files.sha256 = ? AND runs.deleted_at IS NULL AND instr(runs.media, ?) > 0 ORDER BY runs.id DESC`,
    )
    .iterate(sha256, sha256);
  for (const row of rows) {
    const run = tryRun(row);
    if (run?.media.some((item) => item.kind === 'stored' && item.sha256 === sha256)) return run;
  }
  return null;
}
