import { stat } from 'node:fs/promises';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { extensionFor, safeFileName } from '../../shared/media/file-name.ts';
import { sizeProblem } from '../../shared/media/input.ts';
import { kindOfType } from '../../shared/media/kind.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from './history.ts';
import type { MediaStore } from './media-store.ts';

interface InputFilesOptions {
  readonly history: Pick<History, 'file' | 'putFile' | 'keep' | 'kept'>;
  readonly media: Pick<MediaStore, 'add' | 'pathOf'>;
}

/** Files of this computer that requests name as `media:<sha256>`: what a person chose, and every file of a result. */
export class InputFiles {
  readonly #options: InputFilesOptions;

  constructor(options: InputFilesOptions) {
    this.#options = options;
  }

  async add(request: {
    readonly bytes: Uint8Array;
    readonly fileName: string;
  }): Promise<Result<MediaFacts, AppError>> {
    const { history, media } = this.#options;
    const problem = sizeProblem(request.bytes.byteLength);
    if (problem !== null)
      return fail(appError('input', 'The file was not taken', { detail: request.fileName, hint: problem }));
    const stored = await media.add(request.bytes);
    if (!stored.ok) return stored;
    const fileName = safeFileName(request.fileName, extensionFor(stored.value.contentType));
    try {
      await history.putFile(stored.value);
      await history.keep(fileNameKey(stored.value.sha256), fileName, Date.now());
    } catch (error) {
      // The file is there but could not be shown or sent.
      return fail(
        appError('storage', 'The file could not be written down', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'Make room on the disk, then choose it again.',
        }),
      );
    }
    return ok({ ...stored.value, fileName });
  }

  /** Null for a file that is not whole on this computer, whatever the database says. */
  async facts(sha256: string): Promise<MediaFacts | null> {
    const { history, media } = this.#options;
    const stored = await history.file(sha256);
    const info = await stat(media.pathOf(sha256)).catch(() => null);
    if (stored === null || info?.size !== stored.bytes) return null;
    const kept = (await history.kept(fileNameKey(sha256)))?.value;
    const { contentType } = stored;
    const fileName =
      typeof kept === 'string'
        ? kept
        : `${kindOfType(contentType)}-${sha256.slice(0, 8)}.${extensionFor(contentType)}`;
    return { ...stored, fileName };
  }

  /** Where it lies. */
  pathOf(sha256: string): string {
    return this.#options.media.pathOf(sha256);
  }
}

export const fileNameKey = (sha256: string): string => `file-name:${sha256}`;
