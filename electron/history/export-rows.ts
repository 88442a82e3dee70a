import type { DatabaseSync } from 'node:sqlite';
import { stringifyJson } from '../../shared/json.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { LONGEST_LINE, runAsJson } from './export-format.ts';
import type { ExportedFile } from './export-format.ts';
import { marksOf } from './marks.ts';
import { tryRun } from './rows.ts';
import { logsOf } from './small-tables.ts';

export interface ExportRows {
  /** In the order of the ids; without those that are gone. */
  readonly lines: readonly { readonly text: string; readonly files: readonly ExportedFile[] }[];
  /** Rows that only a newer version can read, or that are spoilt. */
  readonly unreadable: number;
}

/** Lines of an export. They are made here, in the history's own thread: what models gave may be large. */
export function exportRows(db: DatabaseSync, ids: readonly RunId[]): ExportRows {
  const read = db.prepare('SELECT * FROM runs WHERE id = ?');
  const lines: { text: string; files: readonly ExportedFile[] }[] = [];
  let unreadable = 0;
  for (const id of ids) {
    const row = read.get(id);
    const marks = marksOf(db, id);
    if (row === undefined || marks === null) continue;
    const run = tryRun(row);
    const files = filesOfRun(db, id);
    const { star, note, tags } = marks;
    const text =
      run === null
        ? null
        : stringifyJson({ run: runAsJson(run), marks: { star, note, tags }, logs: logsOf(db, id), files });
    if (text === null || Buffer.byteLength(text) > LONGEST_LINE) unreadable += 1;
    else lines.push({ text, files });
  }
  return { lines, unreadable };
}

function filesOfRun(db: DatabaseSync, id: RunId): ExportedFile[] {
  return db
    .prepare(
      `SELECT m.sha256, m.content_type, m.bytes FROM run_files f JOIN media m ON m.sha256 = f.sha256
       WHERE f.run_id = ? ORDER BY m.sha256`,
    )
    .all(id)
    .map((row) => ({
      sha256: String(row['sha256']),
      contentType: String(row['content_type']),
      bytes: Number(row['bytes']),
    }));
}
