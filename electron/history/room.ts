import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Room } from '../../shared/ipc/storage.ts';
import { fileSize } from '../../shared/media/file-size.ts';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import type { History } from './history.ts';
import type { MediaStore } from './media-store.ts';

interface RoomOptions {
  /** The folder of all data. */
  readonly dir: string;
  readonly history: Pick<
    History,
    'fileRow' | 'fileSums' | 'bytesSince' | 'spareFiles' | 'setRemoved' | 'removedFiles' | 'keep' | 'kept'
  >;
  readonly media: Pick<MediaStore, 'pathOf'>;
  /** A sentence that must be read. */
  readonly notice: (sentence: string) => void;
  /** Files went; cards and viewers of them are old. */
  readonly changed: () => void;
  /** Bytes that are free for this program; null where the system does not tell. */
  readonly freeBytes?: () => Promise<number | null>;
}

const SETTING = 'setting:quota';
const settingSchema = z.object({ bytes: z.int().positive().nullable() });

/** Less than this, in bytes, is a disk that is nearly full. */
const LEAST_FREE = 1_000_000_000;
/** A share of the quota that is won beyond what is needed: looking for what may go costs half a second of a large history. */
const AHEAD = 0.02;
const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Milliseconds after a run until its files are counted: those that end together are counted together. */
const PAUSE = 3000;

/** How much the history takes, how much it may, and whether the disk still has some. */
export class RoomKeeper {
  readonly #options: RoomOptions;
  #quota: number | null = null;
  #warned = false;
  /** What the files took, in bytes, when the quota could not be met, and when that was. */
  #stuck: { readonly bytes: number; readonly at: number } | null = null;
  #saidStuck = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const kept = settingSchema.safeParse((await this.#options.history.kept(SETTING))?.value);
    this.#quota = kept.success ? kept.data.bytes : null;
    // What cannot be taken away today is tomorrow.
    void this.#takeRest().catch(() => undefined);
    this.#soon();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async room(): Promise<Room> {
    const { dir, history } = this.#options;
    const [sums, small, database, free] = await Promise.all([
      history.fileSums(),
      sizeOf(join(dir, 'thumbs')),
      sizesOf(['history.db', 'history.db-wal'].map((name) => join(dir, name))),
      this.#free(),
    ]);
    return {
      files: { files: sums.files, bytes: sums.bytes },
      small,
      database,
      free,
      quota: this.#quota,
      takenAway: { files: sums.removedFiles, bytes: sums.removedBytes },
    };
  }

  /** Bytes; null for no limit. Answers once the files beyond it are gone. */
  async setQuota(bytes: number | null): Promise<Room> {
    await this.#options.history.keep(SETTING, { bytes }, Date.now());
    this.#quota = bytes;
    this.#stuck = null;
    this.#saidStuck = false;
    await this.keepWithin();
    return this.room();
  }

  /** A run as it is now. */
  hear(run: Run): void {
    if (isOver(run.state)) this.#soon();
  }

  /** Marks changed, or runs went: other files may be taken away now. */
  marked(): void {
    if (this.#stuck === null) return;
    this.#stuck = null;
    this.#soon();
  }

  /** Takes away the oldest files beyond the quota. The row says so before the file goes, so that it is never just missing. */
  keepWithin(): Promise<void> {
    return this.#inTurn(async () => {
      const { history, changed } = this.#options;
      const quota = this.#quota;
      if (quota === null) return;
      const { bytes: taken } = await history.fileSums();
      const over = taken - quota;
      const now = Date.now();
      if (over <= 0 || this.#isStuck(taken, now)) return;
      const bytes = over + Math.floor(quota * AHEAD);
      const spare = await history.spareFiles({ bytes, until: now - HOUR });
      if (spare === null) return;
      const won = spare.reduce((sum, file) => sum + file.bytes, 0);
      if (won < over) this.#sayStuck({ bytes: taken - won, at: now }, quota);
      else this.#stuck = null;
      if (spare.length === 0) return;
      await history.setRemoved(
        spare.map(({ sha256 }) => sha256),
        now,
      );
      for (const { sha256 } of spare) await this.#takeAway(sha256);
      changed();
    });
  }

  /** Whether it would be looked in vain again: all that may go went, and hardly anything has come since. */
  #isStuck(bytes: number, now: number): boolean {
    if (this.#stuck === null || now - this.#stuck.at >= HOUR) return false;
    return Math.abs(bytes - this.#stuck.bytes) <= this.#stuck.bytes * AHEAD;
  }

  #sayStuck(stuck: { readonly bytes: number; readonly at: number }, quota: number): void {
    this.#stuck = stuck;
    if (this.#saidStuck) return;
    this.#saidStuck = true;
    this.#options.notice(
      `The files of the history take ${fileSize(stuck.bytes)}, and they may take ${fileSize(quota)}: what is left is starred, in use, not copied yet, or of the last hour. Take stars away, or let it take more: Settings, “Storage”.`,
    );
  }

  /** What a kill left of files whose rows say that they went. */
  #takeRest(): Promise<void> {
    return this.#inTurn(async () => {
      const { history, media } = this.#options;
      for (const sha256 of await history.removedFiles()) {
        const info = await stat(media.pathOf(sha256)).catch(() => null);
        // One that comes again just now is written down a moment later.
        if (info !== null && Date.now() - info.mtimeMs > HOUR) await this.#takeAway(sha256);
      }
    });
  }

  /** Unless it has come again since its row was marked. One that the disk does not let go is said to be there again. */
  async #takeAway(sha256: string): Promise<void> {
    const { history, media } = this.#options;
    if (((await history.fileRow(sha256))?.removedAt ?? null) === null) return;
    try {
      await rm(media.pathOf(sha256), { force: true });
    } catch {
      await history.setRemoved([sha256], null);
    }
  }

  /** Says once that the disk is nearly full: that less is free than the last day took, or than a gigabyte. */
  warn(): Promise<void> {
    return this.#inTurn(async () => {
      const { history, notice } = this.#options;
      const free = await this.#free();
      if (free === null || this.#warned) return;
      const lastDay = await history.bytesSince(Date.now() - DAY);
      if (free >= Math.max(LEAST_FREE, lastDay)) return;
      this.#warned = true;
      const day = lastDay > 0 ? `, and the files of the last day took ${fileSize(lastDay)}` : '';
      notice(
        `Only ${fileSize(free)} are free on the disk of the history${day}. Make room before it is full: Settings, “Storage”, shows what takes how much.`,
      );
    });
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A disk that fails says so where something is written that matters.
      void this.keepWithin()
        .then(() => this.warn())
        .catch(() => undefined);
    }, PAUSE);
    this.#timer.unref();
  }

  async #free(): Promise<number | null> {
    const { dir, freeBytes } = this.#options;
    if (freeBytes !== undefined) return freeBytes();
    const disk = await statfs(dir).catch(() => null);
    return disk && disk.bavail * disk.bsize;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** The files in the folders of a folder. */
async function sizeOf(dir: string): Promise<{ files: number; bytes: number }> {
  const total = { files: 0, bytes: 0 };
  for (const part of await readdir(dir).catch(() => [])) {
    const names = await readdir(join(dir, part)).catch(() => []);
    total.files += names.length;
    total.bytes += await sizesOf(names.map((name) => join(dir, part, name)));
  }
  return total;
}

async function sizesOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
