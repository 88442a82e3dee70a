import type { DatabaseSync } from 'node:sqlite';
import type { MarksOf, RunMarks, Trashed } from '../../shared/history/card.ts';
import { tidyTag } from '../../shared/history/tag.ts';
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

/** Two looks at indexes, however many runs are named: the rows themselves are never read. */
export function countMarks(db: DatabaseSync, ids: readonly RunId[]): MarksOf {
  const named = JSON.stringify(ids);
  const row = db
    .prepare(
      `SELECT count(*) AS runs, coalesce(sum(star = 1), 0) AS stars FROM runs INDEXED BY runs_facts
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .get(named);
  const tags = db
    .prepare(
      `SELECT tag, count(*) AS count FROM run_tags
       WHERE run_id IN (SELECT value FROM json_each(?)) GROUP BY tag ORDER BY tag`,
    )
    .all(named);
  return {
    runs: Number(row?.['runs']),
    stars: Number(row?.['stars']),
    tags: tags.map(({ tag, count }) => ({ tag: String(tag), count: Number(count) })),
  };
}

export function setStar(db: DatabaseSync, ids: readonly RunId[], star: boolean): void {
  const set = db.prepare('UPDATE runs SET star = ? WHERE id = ?');
  for (const id of ids) set.run(star ? 1 : 0, id);
}

export function setNote(db: DatabaseSync, id: RunId, note: string): void {
  db.prepare('UPDATE runs SET note = ? WHERE id = ?').run(note, id);
}

/** Put on, a tag is kept tidy, so that none is there twice; what was kept before may not be, and is taken off as it stands. */
export function setTag(db: DatabaseSync, ids: readonly RunId[], tag: string, on: boolean): void {
  const name = on ? tidyTag(tag) : tag.trim().toLowerCase();
  if (name === null) return;
  const set = db.prepare(
    on
      ? 'INSERT OR IGNORE INTO run_tags (tag, run_id) SELECT ?, id FROM runs WHERE id = ?'
      : 'DELETE FROM run_tags WHERE tag = ? AND run_id = ?',
  );
  for (const id of ids) set.run(name, id);
}

/** A run under way stays where it is, for it is still being paid for. */
export function toTrash(db: DatabaseSync, ids: readonly RunId[], at: number): Trashed {
  const set = db.prepare(
    `UPDATE runs SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL
       AND state_kind NOT IN (${statesOf('running')
         .map(() => '?')
         .join(', ')})`,
  );
  const under = db.prepare('SELECT 1 FROM runs WHERE id = ? AND deleted_at IS NULL');
  const gone: RunId[] = [];
  let left = 0;
  for (const id of ids) {
    if (set.run(at, id, ...statesOf('running')).changes > 0) gone.push(id);
    else if (under.get(id) !== undefined) left += 1;
  }
  return { gone, left };
}

export function fromTrash(db: DatabaseSync, ids: readonly RunId[]): void {
  const set = db.prepare('UPDATE runs SET deleted_at = NULL WHERE id = ?');
  for (const id of ids) set.run(id);
}
