import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { FileRow } from './file-rows.ts';
import type { History } from './history.ts';
import { hasSetAside } from './left-over.ts';

export interface VerifyOptions {
  /** The folder of all data. */
  readonly dir: string;
  readonly history: Pick<History, 'fileRows' | 'fileSums' | 'unnamedFiles'>;
  readonly signal: AbortSignal;
  readonly progress: (so: VerifyProgress) => void;
  /** The folder cannot be written: its own history may not be the one that is open, so nothing is called an orphan. */
  readonly look?: boolean;
  /** Milliseconds since 1970; a file younger than an hour is never named as one that nothing names. */
  readonly now: number;
}

export interface VerifyProgress {
  readonly files: number;
  readonly ofFiles: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** A file on the disk that nothing needs, by where it lies in the folder of all data. */
export interface Orphan {
  readonly path: string;
  readonly bytes: number;
}

/** What is wrong with the files; empty lists where nothing is. */
export interface Verified {
  /** Looked at, those that are well included. */
  readonly files: number;
  readonly bytes: number;
  /** Written down and not there. */
  readonly missing: readonly string[];
  /** There, and not what was written. */
  readonly altered: readonly string[];
  /** That nothing names: files and small pictures. */
  readonly orphans: readonly Orphan[];
  /** That this history does not name, while one that was set aside may. */
  readonly setAside: readonly Orphan[];
}

const PAGE = 500;
/** Milliseconds after which a file on the disk should be written down. */
export const YOUNG = 3600_000;

/**
 * Reads every file there is and compares it with its row; deletes nothing. Reads a piece at a time and lets others work
 * in between. Null when it was stopped.
 */
export async function verifyMedia(options: VerifyOptions): Promise<Verified | null> {
  const { dir, history, signal, progress } = options;
  const sums = await history.fileSums();
  const known = new Map<string, FileRow>();
  const missing: string[] = [];
  const altered: string[] = [];
  let files = 0;
  let bytes = 0;
  for (let after = ''; ;) {
    const rows = await history.fileRows(after, PAGE);
    for (const row of rows) {
      known.set(row.sha256, row);
      if (row.removedAt !== null) continue;
      const health = await healthOf(mediaPath(dir, row.sha256), row, signal);
      if (health === 'stopped') return null;
      if (health === 'missing') missing.push(row.sha256);
      if (health === 'altered') altered.push(row.sha256);
      files += 1;
      bytes += row.bytes;
      progress({ files, ofFiles: sums.files, bytes, ofBytes: sums.bytes });
      await breathe();
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.sha256;
  }
  const found = options.look ? { orphans: [], setAside: [] } : await findOrphans(options, known);
  return signal.aborted ? null : { files, bytes, missing, altered, ...found };
}

/** Whether a file is there and is what its row says. */
export async function healthOf(
  path: string,
  { sha256, bytes }: Pick<FileRow, 'sha256' | 'bytes'>,
  signal: AbortSignal,
): Promise<'well' | 'missing' | 'altered' | 'stopped'> {
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile()) return 'missing';
  if (info.size !== bytes) return 'altered';
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { signal, highWaterMark: 256 * 1024 }))
      hash.update(piece);
  } catch {
    // A disk that cannot read it has as good as lost it.
    return signal.aborted ? 'stopped' : 'altered';
  }
  return hash.digest('hex') === sha256 ? 'well' : 'altered';
}

/** What lies in the folders of the files and of their small pictures and is not written down, or is and is not needed. */
async function findOrphans(
  { dir, history, now, signal }: VerifyOptions,
  known: ReadonlyMap<string, FileRow>,
): Promise<Pick<Verified, 'orphans' | 'setAside'>> {
  const isSetAside = await hasSetAside(dir);
  const unnamed = new Set((await history.unnamedFiles()).map(({ sha256 }) => sha256));
  const orphans: Orphan[] = [];
  const setAside: Orphan[] = [];
  for (const kind of ['media', 'thumbs'] as const) {
    for (const path of await filesIn(join(dir, kind))) {
      if (signal.aborted) return { orphans, setAside };
      const sha256 = basename(path, '.webp');
      const row = known.get(sha256);
      // What was taken away to make room has its small picture still, and a file only where a kill came between.
      const needed =
        row !== undefined && !unnamed.has(sha256) && (kind === 'thumbs' || row.removedAt === null);
      const info = needed ? null : await stat(path).catch(() => null);
      if (info === null || now - info.mtimeMs < YOUNG) continue;
      (isSetAside && row === undefined ? setAside : orphans).push({
        path: path.slice(dir.length + 1),
        bytes: info.size,
      });
    }
  }
  return { orphans, setAside };
}

/** The files of `dir/ab/`, `dir/ac/`, ...; whatever else lies there is none of ours. */
async function filesIn(dir: string): Promise<string[]> {
  const parts = await readdir(dir).catch(() => []);
  const found: string[] = [];
  for (const part of parts) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    const names = await readdir(join(dir, part)).catch(() => []);
    for (const name of names)
      if (/^[0-9a-f]{64}(\.webp)?$/.test(name) && name.startsWith(part)) found.push(join(dir, part, name));
  }
  return found;
}

const mediaPath = (dir: string, sha256: string): string => join(dir, 'media', sha256.slice(0, 2), sha256);
