import { constants, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { extensionFor, safeFileName } from '../../shared/media/file-name.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from './history.ts';
import type { MediaStore } from './media-store.ts';

interface NamedCopiesOptions {
  readonly history: Pick<History, 'file'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  /** A folder of its own: everything in it is thrown away at the next start. */
  readonly dir: string;
}

/**
 * Files under the names people know them by, for other programs: the store's own names are hashes. Copies, and no links,
 * because what is opened in another program may be changed there; where the disk can, a copy takes no room until then.
 */
export class NamedCopies {
  readonly #options: NamedCopiesOptions;
  /** When each copy was last written, in milliseconds since 1970, by its path. */
  readonly #made = new Map<string, number>();

  constructor(options: NamedCopiesOptions) {
    this.#options = options;
  }

  /** Throws away what the last session left. */
  async open(): Promise<void> {
    // What cannot be removed now, such as a file that is open elsewhere on Windows, stays for another start.
    await rm(this.#options.dir, { recursive: true, force: true }).catch(() => undefined);
  }

  /** The path of a copy under a safe form of this name; the same for the same file and name. */
  async of(sha256: string, fileName: string): Promise<Result<string, AppError>> {
    const { history, media, dir } = this.#options;
    const stored = await history.file(sha256);
    if (stored === null) return fail(appError('not_found', 'This file is not kept here'));
    const folder = join(dir, sha256.slice(0, 16));
    const path = join(folder, safeFileName(fileName, extensionFor(stored.contentType)));
    const made = this.#made.get(path);
    const there = made === undefined ? null : await stat(path).catch(() => null);
    // One that was changed or taken away elsewhere is made anew.
    if (there !== null && there.mtimeMs === made) return ok(path);
    const whole = join(folder, randomUUID());
    try {
      await mkdir(folder, { recursive: true });
      await copyFile(media.pathOf(sha256), whole, constants.COPYFILE_FICLONE);
      await rename(whole, path);
      this.#made.set(path, (await stat(path)).mtimeMs);
      return ok(path);
    } catch (error) {
      await rm(whole, { force: true });
      return fail(
        appError('storage', 'The copy could not be written', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'What it is a copy of is safe. Make room on the disk, then try again.',
        }),
      );
    }
  }
}
