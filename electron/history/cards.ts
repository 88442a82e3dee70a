import type { DatabaseSync } from 'node:sqlite';
import { MOST_TITLE } from '../../shared/history/most.ts';
import type { RunCard } from '../../shared/history/card.ts';
import type { JsonValue } from '../../shared/json.ts';
import { isFlagged } from '../../shared/media/nsfw.ts';
import { spendOf } from '../../shared/money/spend.ts';
import type { Run, RunId, StoredMedia } from '../../shared/runs/run.ts';
import { titleOf } from '../../shared/runs/title.ts';
import { tryRun } from './rows.ts';

/** In the order of the ids; those that are not there, or cannot be read, are passed over. */
export function cardsOf(db: DatabaseSync, ids: readonly RunId[]): RunCard[] {
  const read = db.prepare('SELECT * FROM runs WHERE id = ?');
  return ids.flatMap((id) => {
    const row = read.get(id);
    const run = row === undefined ? null : tryRun(row);
    if (row === undefined || run === null) return [];
    const deletedAt = row['deleted_at'];
    return cardOf(db, run, {
      star: row['star'] === 1,
      deletedAt: typeof deletedAt === 'number' ? deletedAt : null,
    });
  });
}

/** What stands in a run's row beside the run. */
interface CardMarks {
  readonly star: boolean;
  readonly deletedAt: number | null;
}

/** A run as lists show it. */
function cardOf(db: DatabaseSync, run: Run, { star, deletedAt }: CardMarks): RunCard {
  const file = standFor(run);
  return {
    id: run.id,
    endpointId: run.endpointId,
    title: titleOf(run).slice(0, MOST_TITLE),
    origin: run.origin,
    state: run.state.kind,
    batch: run.batch,
    cost: spendOf(run),
    ended: run.times.ended,
    star,
    tags: tagsOf(db, run.id),
    deletedAt,
    files: run.media.length,
    thumb: file && {
      sha256: file.sha256,
      medium: file.medium,
      contentType: file.contentType,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      flagged: isFlagged(run.output, file.path),
      small: smallOf(db, file.sha256),
    },
    text: file === null ? firstText(run.output) : null,
  };
}

export function tagsOf(db: DatabaseSync, id: RunId): string[] {
  return db
    .prepare('SELECT tag FROM run_tags WHERE run_id = ? ORDER BY tag')
    .all(id)
    .map((row) => String(row['tag']));
}

/** The first picture; else the first film, sound, model or file. */
function standFor({ media }: Run): StoredMedia | null {
  const stored = media.filter((item): item is StoredMedia => item.kind === 'stored');
  return stored.find(({ medium }) => medium === 'image') ?? stored[0] ?? null;
}

function smallOf(db: DatabaseSync, sha256: string): 'none' | 'made' | 'impossible' {
  const thumb = db.prepare('SELECT thumb FROM media WHERE sha256 = ?').get(sha256)?.['thumb'];
  return thumb === 'made' || thumb === 'impossible' ? thumb : 'none';
}

/** The first words of an output that has no file. */
function firstText(value: JsonValue): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim().slice(0, MOST_TITLE);
  if (typeof value !== 'object' || value === null) return null;
  for (const inner of Array.isArray(value) ? value.slice(0, 20) : Object.values(value)) {
    const text = firstText(inner);
    if (text !== null) return text;
  }
  return null;
}
