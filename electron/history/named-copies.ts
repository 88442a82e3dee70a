import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { extensionFor, safeFileName } from '../../shared/media/file-name.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { copyBeside } from '../saving/copy-beside.ts';
import type { PictureRequests } from '../saving/picture-requests.ts';
import type { History } from './history.ts';
import type { MediaStore } from './media-store.ts';

interface NamedCopiesOptions {
  readonly history: Pick<History, 'file' | 'keep' | 'kept'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly requests: Pick<PictureRequests, 'textFor'>;
  /** A folder of its own: copies in it that nobody changed are thrown away at the next start. */
  readonly dir: string;
}

const MADE = 'copies:made';
/** A copy as it was when it was made: its path under the folder, when it was written in milliseconds since 1970, its bytes. */
const copySchema = z.object({ path: z.string(), mtimeMs: z.number(), bytes: z.number() });
type Copy = z.infer<typeof copySchema>;

/**
 * Files under the names people know them by, for other programs: the store's own names are hashes. Copies, and no links,
 * because what is opened in another program may be changed there; where the disk can, a copy takes no room until then. One
 * that was changed is that person's: nothing takes its place, and it stays.
 */
export class NamedCopies {
  readonly #options: NamedCopiesOptions;
  /** The last of each name that was asked for. */
  readonly #made = new Map<string, Copy>();
  /** One at a time of a file: all its names are copied by way of the same place. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(options: NamedCopiesOptions) {
    this.#options = options;
  }

  /** Throws away what the last session left as it made it. */
  async open(): Promise<void> {
    const { history, dir } = this.#options;
    try {
      const made = z.record(z.string(), copySchema).safeParse((await history.kept(MADE))?.value);
      for (const [asked, copy] of Object.entries(made.data ?? {})) {
        if (!(await this.#isAsMade(copy))) continue;
        // What cannot be removed now, such as a file that is open elsewhere on Windows, stays for another start.
        await rm(join(dir, copy.path), { force: true }).catch(() => this.#made.set(asked, copy));
      }
      await sweep(dir);
      await this.#write();
    } catch {
      // There is no folder yet, or no list to tell which copies are whose: what there is stays.
    }
  }

  /** The path of a copy under a safe form of this name; the same for the same file and name until it is changed. */
  of(sha256: string, fileName: string): Promise<Result<string, AppError>> {
    const made = (this.#last.get(sha256) ?? Promise.resolve()).then(() => this.#of(sha256, fileName));
    this.#last.set(
      sha256,
      made.catch(() => undefined),
    );
    return made;
  }

  async #of(sha256: string, fileName: string): Promise<Result<string, AppError>> {
    const { history, media, requests, dir } = this.#options;
    const stored = await history.file(sha256);
    if (stored === null) return fail(appError('not_found', 'This file is not kept here'));
    const parts = [sha256.slice(0, 16), safeFileName(fileName, extensionFor(stored.contentType))];
    const request = await requests.textFor(sha256);
    // With its request it is another file than without.
    const asked = `${parts.join('/')}${request === null ? '' : ' with its request'}`;
    const before = this.#made.get(asked);
    if (before !== undefined && (await this.#isAsMade(before))) return ok(join(dir, before.path));
    try {
      await mkdir(dir, { recursive: true });
      const from = media.pathOf(sha256);
      const path = await copyBeside({ from, sha256, bytes: stored.bytes, path: parts, folder: dir, request });
      const { mtimeMs, size } = await stat(path);
      this.#made.set(asked, { path: relative(dir, path), mtimeMs, bytes: size });
      // A disk that refuses this costs the room of a copy that outlives its session, not the copy.
      await this.#write().catch(() => undefined);
      return ok(path);
    } catch (error) {
      return fail(
        appError('storage', 'The copy could not be written', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'What it is a copy of is safe. Make room on the disk, then try again.',
        }),
      );
    }
  }

  async #isAsMade({ path, mtimeMs, bytes }: Copy): Promise<boolean> {
    const there = await stat(join(this.#options.dir, path)).catch(() => null);
    return there !== null && there.mtimeMs === mtimeMs && there.size === bytes;
  }

  async #write(): Promise<void> {
    await this.#options.history.keep(MADE, Object.fromEntries(this.#made), Date.now());
  }
}

/** Takes away what a kill left half copied, and folders that hold nothing any more. */
async function sweep(dir: string): Promise<void> {
  for (const folder of await readdir(dir)) {
    await rm(join(dir, folder, `.${folder}.part`), { force: true }).catch(() => undefined);
    // Refused where something is in it.
    await rmdir(join(dir, folder)).catch(() => undefined);
  }
  await rmdir(dir).catch(() => undefined);
}
