import type { DatabaseSync } from 'node:sqlite';
import type { RunMarks } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { tagsOf } from './cards.ts';
import { statesOf } from './facts.ts';

export function marksOf(db: DatabaseSync, id: RunId): RunMarks | null {
  const row = db.prepare('SELECT star, note, deleted_at FROM runs WHERE id = ?').get(id);
  if (row === undefined) return null;
  const { star, note, deleted_at: deletedAt } = row;
  return {
    star: star === 1,
    note: typeof note === 'string' ? note : '',
    tags: tagsOf(db, id),
    deletedAt: typeof deletedAt === 'number' ? deletedAt : null,
  };
}

export function setStar(db: DatabaseSync, ids: readonly RunId[], star: boolean): void {
  const set = db.prepare('UPDATE runs SET star = ? WHERE id = ?');
  for (const id of ids) set.run(star ? 1 : 0, id);
}

export function setNote(db: DatabaseSync, id: RunId, note: string): void {
  db.prepare('UPDATE runs SET note = ? WHERE id = ?').run(note, id);
}

/** Tags are of small letters, so that none is there twice. */
export function setTag(db: DatabaseSync, ids: readonly RunId[], tag: string, on: boolean): void {
  const name = tag.trim().toLowerCase();
  if (name === '') return;
  const set = db.prepare(
    on
      ? 'INSERT OR IGNORE INTO run_tags (tag, run_id) SELECT ?, id FROM runs WHERE id = ?'
      : 'DELETE FROM run_tags WHERE tag = ? AND run_id = ?',
  );
  for (const id of ids) set.run(name, id);
}

/** Those that went: a run under way stays where it is, for it is still being paid for. */
export function toTrash(db: DatabaseSync, ids: readonly RunId[], at: number): RunId[] {
  const set = db.prepare(
    `UPDATE runs SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL
       AND state_kind NOT IN (${statesOf('running')
         .map(() => '?')
         .join(', ')})`,
  );
  return ids.filter((id) => set.run(at, id, ...statesOf('running')).changes > 0);
}

export function fromTrash(db: DatabaseSync, ids: readonly RunId[]): void {
  const set = db.prepare('UPDATE runs SET deleted_at = NULL WHERE id = ?');
  for (const id of ids) set.run(id);
}

export interface Purged {
  readonly runs: number;
  /** Files nothing names any more: their rows are gone, they themselves are still on the disk. */
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[];
}

/** Takes runs in the trash out of the history for good; all that went there before `until` where none is named. */
export function purge(db: DatabaseSync, ids: readonly RunId[] | null, until: number): Purged {
  const gone =
    ids ??
    db
      .prepare('SELECT id FROM runs WHERE deleted_at IS NOT NULL AND deleted_at <= ?')
      .all(until)
      .map((row) => Number(row['id']));
  const files = new Map<string, number>();
  const named = db.prepare(
    `SELECT f.sha256, m.bytes FROM run_files f JOIN media m ON m.sha256 = f.sha256 WHERE f.run_id = ?`,
  );
  const remove = db.prepare('DELETE FROM runs WHERE id = ? AND deleted_at IS NOT NULL');
  const still = db.prepare('SELECT 1 FROM run_files WHERE sha256 = ? LIMIT 1');
  const forget = db.prepare('DELETE FROM media WHERE sha256 = ?');
  let runs = 0;
  for (const id of gone) {
    const rows = named.all(id);
    if (remove.run(id).changes === 0) continue;
    runs += 1;
    for (const row of rows) files.set(String(row['sha256']), Number(row['bytes']));
  }
  const orphans = [...files].filter(([sha256]) => still.get(sha256) === undefined);
  for (const [sha256] of orphans) forget.run(sha256);
  return { runs, files: orphans.map(([sha256, bytes]) => ({ sha256, bytes })) };
}
