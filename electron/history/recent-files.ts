import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { RecentFile, RecentFiles } from '../../shared/ipc/media.ts';
import { parseJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { suits } from '../../shared/media/input.ts';
import type { FileMedium } from '../../shared/media/input.ts';
import { isFlagged } from '../../shared/media/nsfw.ts';
import { runIdSchema, runMediaSchema } from '../../shared/runs/run.ts';
import type { RunId } from '../../shared/runs/run.ts';

type Row = Readonly<Record<string, unknown>>;

export interface RecentFilesQuery {
  readonly medium: FileMedium;
  /** The last run of the page before; null for the first page. */
  readonly before: RunId | null;
  /** About so many; the files of one run stay together. */
  readonly limit: number;
}

/** What a row must hold somewhere to be worth reading; which files suit is judged when it has been read. */
const MARKS: Readonly<Record<FileMedium, readonly string[]>> = {
  image: ['%"contentType":"image/%'],
  video: ['%"contentType":"video/%', '%"contentType":"image/gif"%', '%"contentType":"application/%'],
  audio: ['%"contentType":"audio/%', '%"contentType":"video/%', '%"contentType":"application/%'],
  model: ['%"contentType":"model/%', '%"contentType":"application/%', '%"contentType":"text/%'],
  any: ['%"kind":"stored"%'],
};

/** Stored files of results that a field of this medium takes, newest first, but of none in the trash. A row that cannot be read is passed over. */
export function recentFiles(db: DatabaseSync, { medium, before, limit }: RecentFilesQuery): RecentFiles {
  const marks = MARKS[medium];
  const rows = db
    .prepare(
      `SELECT id, media, CASE WHEN output LIKE '%nsfw%' OR output LIKE '%"moderation_flagged"%' THEN output END AS flags
         FROM runs WHERE id < ? AND deleted_at IS NULL AND (${marks.map(() => 'media LIKE ?').join(' OR ')})
         ORDER BY id DESC`,
    )
    .iterate(before ?? Number.MAX_SAFE_INTEGER, ...marks);
  const files: RecentFile[] = [];
  let last: RunId | null = null;
  for (const row of rows) {
    if (files.length >= limit) return { files, before: last };
    const id = runIdSchema.safeParse(row['id']);
    if (!id.success) continue;
    last = id.data;
    files.push(...filesIn(row, id.data, medium));
  }
  return { files, before: null };
}

function filesIn(row: Row, runId: RunId, medium: FileMedium): readonly RecentFile[] {
  const media = z.array(runMediaSchema).safeParse(valueIn(row['media']));
  const flags = valueIn(row['flags']);
  return (media.success ? media.data : []).flatMap((item) => {
    if (item.kind !== 'stored' || !suits(medium, item.contentType)) return [];
    const { sha256, contentType, bytes, fileName, path } = item;
    return [{ runId, sha256, contentType, bytes, fileName, flagged: isFlagged(flags, path) }];
  });
}

function valueIn(text: unknown): JsonValue {
  const json = typeof text === 'string' ? parseJson(text) : null;
  return json?.ok === true ? json.value : null;
}
