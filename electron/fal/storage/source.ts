import { basename } from 'node:path';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { extensionFor } from '../../../shared/media/file-name.ts';
import { assertNever, fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { openDiskFile } from './disk-file.ts';
import { NOTHING_SENT, PIECE, Unreadable } from './readable.ts';
import type { Readable } from './readable.ts';

/** What may be said of a file beside its bytes. A type that is not said is `application/octet-stream`. */
interface Said {
  readonly contentType?: string | undefined;
  /** As the end of the file's address will have it. */
  readonly fileName?: string | undefined;
}

/** What can be put into fal's storage. Of a `File` its own name and type are taken where nothing else is said. */
export type UploadSource = Said &
  (
    | { readonly kind: 'path'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array | Blob }
    | { readonly kind: 'data-uri'; readonly uri: string }
  );

export interface OpenSource {
  readonly bytes: Readable;
  readonly contentType: string;
  readonly fileName: string;
}

const ANY_TYPE = 'application/octet-stream';

/** Opens what is to be sent, and sees that it can be. Whoever has it closes its bytes. */
export async function openSource(source: UploadSource): Promise<Result<OpenSource, AppError>> {
  const opened = await open(source);
  if (!opened.ok) return opened;
  const { bytes, ...own } = opened.value;
  const contentType = source.contentType ?? (own.contentType || ANY_TYPE);
  const fileName = source.fileName ?? (own.fileName || `${Date.now()}.${extensionFor(contentType)}`);
  const problem =
    bytes.size === 0
      ? appError('input', 'The file is empty', { detail: fileName, hint: NOTHING_SENT })
      : /^[\x20-\x7e]+$/.test(contentType)
        ? null
        : appError('input', 'A file cannot be of this type', { detail: contentType, hint: NOTHING_SENT });
  if (problem === null) return ok({ bytes, contentType, fileName });
  await bytes.close();
  return fail(problem);
}

async function open(source: UploadSource): Promise<Result<Said & { readonly bytes: Readable }, AppError>> {
  switch (source.kind) {
    case 'path': {
      const file = await openDiskFile(source.path);
      return file.ok ? ok({ bytes: file.value, fileName: basename(source.path) }) : file;
    }
    case 'bytes':
      return ok(source.bytes instanceof Blob ? ofBlob(source.bytes) : { bytes: inMemory(source.bytes) });
    case 'data-uri': {
      // fetch reads data URIs by the standard, and never touches the network for them.
      const read = source.uri.startsWith('data:') ? await fetch(source.uri).catch(() => null) : null;
      if (read === null)
        return fail(
          appError('input', 'This data URI cannot be read', {
            detail: source.uri.slice(0, 60),
            hint: NOTHING_SENT,
          }),
        );
      return ok(ofBlob(await read.blob()));
    }
    default:
      return assertNever(source);
  }
}

const ofBlob = (blob: Blob): Said & { readonly bytes: Readable } => ({
  bytes: {
    size: blob.size,
    pieces: (from, to) => piecesOf(blob.slice(from, to)),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  },
  contentType: blob.type,
  fileName: blob instanceof File ? blob.name : '',
});

/** A blob may stand for a file on the disk, and fail as one. */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array, void> {
  try {
    yield* blob.stream();
  } catch (error) {
    throw new Unreadable(
      appError('storage', 'The file cannot be read', {
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}

const inMemory = (bytes: Uint8Array): Readable => ({
  size: bytes.byteLength,
  async *pieces(from, to) {
    for (let at = from; at < to; at += PIECE) yield bytes.subarray(at, Math.min(at + PIECE, to));
  },
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
