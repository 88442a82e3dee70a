import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isWebp, MOST_SMALL_BYTES } from '../../shared/media/small.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from './history.ts';

interface SmallPicturesOptions {
  /** The folder of all data. */
  readonly dir: string;
  readonly history: Pick<History, 'setThumb'>;
}

/** What stands for a file in lists: `thumbs/ab/abcd….webp`, under the hash of the file itself. The window makes them. */
export class SmallPictures {
  readonly #options: SmallPicturesOptions;

  constructor(options: SmallPicturesOptions) {
    this.#options = options;
  }

  /** Clears what a kill left half written. */
  async open(): Promise<void> {
    await rm(this.#tempDir(), { recursive: true, force: true }).catch(() => undefined);
  }

  /** Where the small picture of this file lies, whether or not it is there. */
  pathOf(sha256: string): string {
    return join(this.#options.dir, 'thumbs', sha256.slice(0, 2), `${sha256}.webp`);
  }

  /** `bytes`: null where there can be none, so that nobody tries again. `not_found` for a file that is not written down. */
  async put(sha256: string, bytes: Uint8Array | null): Promise<Result<null, AppError>> {
    if (bytes !== null && (bytes.byteLength > MOST_SMALL_BYTES || !isWebp(bytes)))
      return fail(appError('input', 'This is no small picture', { detail: sha256 }));
    try {
      if (bytes !== null) await this.#write(sha256, bytes);
      const known = await this.#options.history.setThumb(sha256, bytes === null ? 'impossible' : 'made');
      if (known) return ok(null);
      await this.remove(sha256);
      return fail(appError('not_found', 'This file is not kept here', { detail: sha256 }));
    } catch (error) {
      return fail(
        appError('storage', 'A small picture could not be written to this computer', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'The file itself is kept. Make room on the disk.',
        }),
      );
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  async #write(sha256: string, bytes: Uint8Array): Promise<void> {
    const temp = join(this.#tempDir(), randomUUID());
    await mkdir(this.#tempDir(), { recursive: true });
    try {
      const handle = await open(temp, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const path = this.pathOf(sha256);
      await mkdir(dirname(path), { recursive: true });
      await rename(temp, path);
    } finally {
      await rm(temp, { force: true });
    }
  }

  #tempDir(): string {
    return join(this.#options.dir, 'thumbs', 'tmp');
  }
}
