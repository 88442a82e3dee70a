import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { NOTHING_SENT, PIECE, Unreadable } from './readable.ts';
import type { Readable } from './readable.ts';

/** Opens a file of this computer: what is there, is a file, and may be read. */
export async function openDiskFile(path: string): Promise<Result<Readable, AppError>> {
  try {
    // Looked at first: to open a pipe is to wait until somebody writes to it.
    if (!(await stat(path)).isFile())
      return fail(appError('input', 'This is not a file', { detail: path, hint: NOTHING_SENT }));
    const handle = await open(path, 'r');
    try {
      const { size, mtimeNs } = await handle.stat({ bigint: true });
      return ok(new DiskFile(handle, path, Number(size), mtimeNs));
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    return fail(unreadable(path, error));
  }
}

/**
 * Reads one piece ahead of whoever sends, into buffers that are used again: a file of any size takes two pieces a reader.
 * One that is written to meanwhile is noticed, at the latest before the last piece of what was asked for is given.
 */
class DiskFile implements Readable {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #mtime: bigint;
  readonly #spare: Buffer[] = [];

  constructor(handle: FileHandle, path: string, size: number, mtime: bigint) {
    this.#handle = handle;
    this.#path = path;
    this.size = size;
    this.#mtime = mtime;
  }

  async *pieces(from: number, to: number): AsyncGenerator<Uint8Array, void> {
    let [now, next] = [this.#buffer(), this.#buffer()];
    let ahead = this.#read(now, from, to);
    try {
      for (let at = from; at < to; [now, next] = [next, now]) {
        const piece = await ahead;
        at += piece.byteLength;
        if (at < to) ahead = this.#read(next, at, to);
        else await this.check();
        yield piece;
      }
    } finally {
      // Nothing is to be written into a buffer that another reader has by then.
      await ahead.catch(() => undefined);
      this.#spare.push(now, next);
    }
  }

  async check(): Promise<void> {
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    if (size !== BigInt(this.size) || mtimeNs !== this.#mtime) throw new Unreadable(changed(this.#path));
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #buffer(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafe(PIECE);
  }

  #read(into: Buffer, at: number, to: number): Promise<Uint8Array> {
    const piece = this.#fill(into.subarray(0, Math.min(PIECE, to - at)), at);
    // Asked for ahead, it is awaited later or never.
    piece.catch(() => undefined);
    return piece;
  }

  async #fill(piece: Buffer, at: number): Promise<Uint8Array> {
    for (let done = 0; done < piece.byteLength;) {
      const { bytesRead } = await this.#handle
        .read(piece, done, piece.byteLength - done, at + done)
        .catch((error: unknown) => {
          throw new Unreadable(unreadable(this.#path, error));
        });
      if (bytesRead === 0) throw new Unreadable(changed(this.#path));
      done += bytesRead;
    }
    return piece;
  }
}

const changed = (path: string): AppError =>
  appError('storage', 'The file changed while it was sent', {
    detail: path,
    hint: 'Nothing of it is kept at fal. Send it again when nobody writes to it any more.',
  });

function unreadable(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? appError('input', 'There is no such file', { detail: path, hint: NOTHING_SENT })
    : appError('storage', 'The file cannot be read', {
        detail: error instanceof Error ? error.message : String(error),
      });
}
