import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { StoredFile } from '../history/small-tables.ts';
import type { History } from '../history/history.ts';
import type { MediaStore } from '../history/media-store.ts';

interface FetchFileOptions {
  readonly media: Pick<MediaStore, 'fetch'>;
  readonly history: Pick<History, 'putFile'>;
  /** Without the key, and by whatever way the system says. */
  readonly fetch: Fetch;
  /** Whether an address on this computer is one of the profile's own server; no other is read. */
  readonly isOwnAddress: (profileId: string, url: string) => boolean | Promise<boolean>;
}

/** Copies one file of a result to this computer and writes it down, so that it can be found again. */
export type FetchResultFile = (
  profileId: string,
  url: string,
  claimedType: string | null,
  signal: AbortSignal,
) => Promise<Result<StoredFile, AppError>>;

export function resultFiles({ media, history, fetch, isOwnAddress }: FetchFileOptions): FetchResultFile {
  return async (profileId, url, claimedType, signal) => {
    const file = await media.fetch(url, {
      fetch,
      signal,
      allowLoopback: await isOwnAddress(profileId, url),
      claimedType,
    });
    if (!file.ok) return file;
    try {
      await history.putFile(file.value);
      return file;
    } catch (error) {
      // The file is there but cannot be found again: as if it had not been copied.
      return fail(
        appError('storage', 'The file could not be written down', {
          detail: error instanceof Error ? error.message : String(error),
          hint: 'The result is kept with its address. Make room, then fetch the file again.',
        }),
      );
    }
  };
}
