import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { FileTrouble, Health } from '../../shared/ipc/storage.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from './history.ts';
import { hasSetAside, leaveOver } from './left-over.ts';
import { healthOf, verifyMedia, YOUNG } from './media-health.ts';
import type { Orphan, Verified } from './media-health.ts';
import type { MediaStore } from './media-store.ts';
import { mendFile } from './mend.ts';
import type { MendOptions } from './mend.ts';

interface FileHealthOptions extends Pick<MendOptions, 'fetchAgain' | 'changed'> {
  /** The folder of all data. */
  readonly dir: string;
  readonly history: MendOptions['history'] &
    Pick<History, 'fileRow' | 'fileRows' | 'fileSums' | 'unnamedFiles' | 'forgetFiles'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  /** True where the folder cannot be written. */
  readonly look?: boolean;
  readonly tell: (health: Health) => void;
}

/** Files named to the window; of more, their number is enough. */
const MOST_NAMED = 500;
/** Milliseconds between two words of how far it is. */
const PAUSE = 100;

/** Whether the files are there and are what they were, and how they become so again. One look or one repair at a time. */
export class FileHealth {
  readonly #options: FileHealthOptions;
  #health: Health = { kind: 'unknown' };
  #found: Verified | null = null;
  #stop: AbortController | null = null;
  #told = 0;

  constructor(options: FileHealthOptions) {
    this.#options = options;
  }

  get health(): Health {
    return this.#health;
  }

  /** Reads every file; answers when it is over. Does nothing while another look or a repair goes on. */
  async verify(): Promise<void> {
    await this.#alone(async (signal) => {
      const { dir, history, look = false } = this.#options;
      const now = Date.now();
      this.#set({ kind: 'verifying', files: 0, ofFiles: 0, bytes: 0, ofBytes: 0 });
      const found = await verifyMedia({
        dir,
        history,
        look,
        signal,
        now,
        progress: (so) => this.#setNowAndThen({ kind: 'verifying', ...so }),
      });
      this.#found = found;
      return found === null ? { kind: 'unknown' } : verifiedWords(found, now);
    });
  }

  /** Downloads what is missing or altered, and puts aside what nothing names; of what the last look found. */
  async repair(): Promise<void> {
    const found = this.#found;
    if (found === null) return;
    await this.#alone(async (signal) => {
      const bad = [...found.missing, ...found.altered];
      const tally = { mended: 0, other: 0, left: 0 };
      let error: AppError | null = null;
      for (const [done, sha256] of bad.entries()) {
        this.#setNowAndThen({ kind: 'repairing', done, of: bad.length });
        if (signal.aborted) break;
        // It may have come again since.
        const mended =
          (await this.troubleOf(sha256)) === null ? ok('same') : await mendFile(sha256, this.#options);
        if (!mended.ok) error ??= mended.error;
        else if (mended.value === 'same') tally.mended += 1;
        else tally.other += 1;
      }
      tally.left = bad.length - tally.mended - tally.other;
      const removed = signal.aborted ? { files: 0, bytes: 0 } : await this.#removeOrphans();
      this.#found = null;
      return { kind: 'repaired', ...tally, error, removed };
    });
  }

  stop(): void {
    this.#stop?.abort();
  }

  /** What is the matter with one file; null for one that is well, or that nobody knows. */
  async troubleOf(sha256: string): Promise<FileTrouble | null> {
    const { history, media } = this.#options;
    const row = await history.fileRow(sha256);
    if (row === null) return null;
    const health = await healthOf(media.pathOf(sha256), row, new AbortController().signal);
    if (health === 'well') return null;
    if (row.removedAt !== null) return { kind: 'taken_away', at: row.removedAt };
    return { kind: health === 'missing' ? 'missing' : 'altered', at: null };
  }

  async fetchAgain(sha256: string): Promise<Result<null, AppError>> {
    const mended = await mendFile(sha256, this.#options);
    return mended.ok ? ok(null) : fail(mended.error);
  }

  async #removeOrphans(): Promise<{ files: number; bytes: number }> {
    const { dir, history } = this.#options;
    // Asked again: a draft may have taken up a file meanwhile.
    const unnamed = new Set((await history.unnamedFiles()).map(({ sha256 }) => sha256));
    const isSetAside = await hasSetAside(dir);
    const forgotten = new Set<string>();
    const removed = { files: 0, bytes: 0 };
    for (const { path, bytes } of this.#found?.orphans ?? []) {
      const info = await stat(join(dir, path)).catch(() => null);
      // One that has just come is written down a moment later.
      if (info === null || Date.now() - info.mtimeMs < YOUNG) continue;
      const sha256 = /([0-9a-f]{64})(?:\.webp)?$/.exec(path)?.[1] ?? '';
      const row = await history.fileRow(sha256);
      const isFile = path.startsWith('media');
      if (row === null && isSetAside && !forgotten.has(sha256)) continue;
      if (row !== null && !(isFile && row.removedAt !== null)) {
        // Within one step with the question whether anything names it.
        if (!unnamed.has(sha256) || (await history.forgetFiles([sha256])).length === 0) continue;
        forgotten.add(sha256);
      }
      await leaveOver(dir, path, Date.now());
      removed.files += 1;
      removed.bytes += bytes;
    }
    return removed;
  }

  async #alone(work: (signal: AbortSignal) => Promise<Health>): Promise<void> {
    if (this.#stop !== null) return;
    this.#stop = new AbortController();
    try {
      this.#set(await work(this.#stop.signal));
    } catch (error) {
      this.#set({
        kind: 'failed',
        error: appError('storage', 'The files could not be looked through', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'Nothing was changed but what was said. Try again.',
        }),
      });
    } finally {
      this.#stop = null;
    }
  }

  #set(health: Health): void {
    this.#health = health;
    this.#options.tell(health);
  }

  #setNowAndThen(health: Health): void {
    this.#health = health;
    if (Date.now() - this.#told < PAUSE) return;
    this.#told = Date.now();
    this.#options.tell(health);
  }
}

function verifiedWords({ missing, altered, orphans, setAside, files, bytes }: Verified, at: number): Health {
  const named = [
    ...missing.map((sha256) => ({ sha256, trouble: { kind: 'missing', at: null } as const })),
    ...altered.map((sha256) => ({ sha256, trouble: { kind: 'altered', at: null } as const })),
  ];
  return {
    kind: 'verified',
    at,
    files,
    bytes,
    missing: missing.length,
    altered: altered.length,
    orphans: sumOf(orphans),
    setAside: sumOf(setAside),
    troubles: named.slice(0, MOST_NAMED),
  };
}

const sumOf = (files: readonly Orphan[]): { files: number; bytes: number } => ({
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});
