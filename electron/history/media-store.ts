import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { DEFAULT_BACKOFF } from '../fal/connection.ts';
import type { Backoff } from '../fal/connection.ts';
import { isLoopback } from '../fal/hosts.ts';
import { pause, waitBefore } from '../fal/retry.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import { clearLeftOver } from './left-over.ts';
import type { StoredFile } from './small-tables.ts';
import { isPrivateHost } from './private-host.ts';
import { SNIFF_BYTES, typeOfResult, typeOfUnclaimed } from './sniff.ts';

export interface FetchOptions {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Only a profile that itself lives on this computer may have its results here. */
  readonly allowLoopback: boolean;
  /** What the model says it is; believed only where the bytes say nothing else. */
  readonly claimedType: string | null;
  /** Takes the place of what lies under the same hash, which was altered since. */
  readonly replace?: boolean;
  /** Milliseconds of silence after which a download counts as broken; 30,000 if not given. */
  readonly stallLimit?: number;
}

const MOST_BYTES = 8 * 1024 ** 3;
const STALL_LIMIT = 30_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The files of every result and of every request, each under the hash of its content: `media/ab/abcd…`. The same file is stored once.
 * Written to a temporary name, synced, then renamed, so that a file that is there is whole.
 */
export class MediaStore {
  readonly #dir: string;
  readonly #backoff: Backoff;

  /** `backoff`: a download that breaks is taken up where it broke, that often and after such waits. */
  constructor(dir: string, backoff: Backoff = DEFAULT_BACKOFF) {
    this.#dir = dir;
    this.#backoff = backoff;
  }

  /** Clears what a kill left half written, and what has been put aside for long enough. */
  async open(): Promise<void> {
    // On a disk that cannot be written it stays for another start; each download then says what the disk refuses.
    try {
      await rm(this.#tempDir(), { recursive: true, force: true });
      await mkdir(this.#tempDir(), { recursive: true });
      await clearLeftOver(this.#dir, Date.now());
    } catch {
      // Of whatever kind: a read-only disk, for one, is ENOENT to a recursive mkdir.
    }
  }

  /** Where a file with this hash lies, whether or not it is there. */
  pathOf(sha256: string): string {
    return join(this.#dir, 'media', sha256.slice(0, 2), sha256);
  }

  /** Copies a result here. `url` is https, a data URI, or loopback where allowed (fal-protocol §8.6: results need no key). */
  async fetch(url: string, options: FetchOptions): Promise<Result<StoredFile, AppError>> {
    const source = sourceOf(url, options.allowLoopback);
    if (source === null) return fail(notOpened(url));
    return this.#keep(
      (handle) =>
        source === 'data' ? writeDataUri(url, handle) : download(url, handle, this.#backoff, options),
      ({ head, servedType }) => typeOfResult(head, options.claimedType, servedType),
      'The result is kept with its address. Make room, then fetch the file again.',
      options.replace,
    );
  }

  /** Takes in a file of the person's own. Its type is what its bytes say, and never what it is called. */
  add(bytes: Uint8Array): Promise<Result<StoredFile, AppError>> {
    return this.#keep(
      async (handle) => ok(await writeWhole(bytes, handle)),
      ({ head }) => typeOfUnclaimed(head),
      'Make room on the disk, then choose it again.',
    );
  }

  /**
   * Takes in a file of an exported history. What it holds must be of this hash and length, at most 8 GiB, or it is left:
   * fails as `input` then, and as `storage` where the disk refuses.
   */
  copyIn(
    parts: AsyncIterable<Uint8Array>,
    { sha256, bytes, contentType }: StoredFile,
  ): Promise<Result<StoredFile, AppError>> {
    return this.#keep(
      async (handle) => {
        const written = bytes > MOST_BYTES ? null : await writeParts(parts, handle, bytes);
        return written?.sha256 === sha256
          ? ok(written)
          : fail(appError('input', 'The file is not what it was'));
      },
      ({ head }) => typeOfResult(head, contentType, null),
      'Make room on the disk, then import again: what is here already is not taken in twice.',
    );
  }

  /** `hint`: what to do where the disk refuses. */
  async #keep(
    write: (handle: FileHandle) => Promise<Result<Written, AppError>>,
    contentTypeOf: (written: Written) => Promise<string>,
    hint: string,
    replace = false,
  ): Promise<Result<StoredFile, AppError>> {
    const temp = join(this.#tempDir(), randomUUID());
    try {
      await mkdir(this.#tempDir(), { recursive: true });
      const handle = await open(temp, 'wx');
      try {
        const written = await write(handle);
        if (!written.ok) return written;
        const { sha256, bytes } = written.value;
        await handle.sync();
        const contentType = await contentTypeOf(written.value);
        await this.#settle(temp, sha256, replace ? null : bytes);
        return ok({ sha256, bytes, contentType });
      } finally {
        await handle.close();
      }
    } catch (error) {
      return fail(diskError(error, hint));
    } finally {
      await rm(temp, { force: true });
    }
  }

  /** `bytes`: one of that length that is there already stays; null where none does. */
  async #settle(temp: string, sha256: string, bytes: number | null): Promise<void> {
    const path = this.pathOf(sha256);
    await mkdir(dirname(path), { recursive: true });
    const there = await stat(path).catch(() => null);
    // One that was damaged since is replaced.
    if (bytes !== null && there?.size === bytes) {
      // Whoever takes away what nothing names sees that it has just come. Where that cannot be written it stays as it is.
      await utimes(path, new Date(), new Date()).catch(() => undefined);
      return;
    }
    await rename(temp, path);
    // The name is on the disk before any row speaks of it. Windows knows no such order to give.
    if (process.platform !== 'win32') await syncDir(dirname(path));
  }

  #tempDir(): string {
    return join(this.#dir, 'media', 'tmp');
  }

  /** How many files are half written; for tests and diagnostics. */
  async unfinished(): Promise<number> {
    return (await readdir(this.#tempDir())).length;
  }
}

async function syncDir(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

interface Written {
  readonly sha256: string;
  readonly bytes: number;
  /** The first bytes, to tell the type by. */
  readonly head: Uint8Array;
  readonly servedType: string | null;
}

/** How a result’s address may be read; null where it may not be opened at all. */
export function sourceOf(text: string, allowLoopback: boolean): 'data' | 'web' | null {
  if (text.startsWith('data:')) return 'data';
  const url = URL.parse(text);
  if (url === null) return null;
  if (isLoopback(url) && allowLoopback && /^https?:$/.test(url.protocol)) return 'web';
  return url.protocol === 'https:' && !isPrivateHost(url.hostname) ? 'web' : null;
}

async function writeDataUri(text: string, handle: FileHandle): Promise<Result<Written, AppError>> {
  // fetch reads data URIs by the standard, and never touches the network for them.
  const response = await globalThis.fetch(text).catch(() => null);
  if (response === null) return fail(appError('protocol', 'The result holds a file that cannot be read'));
  const bytes = new Uint8Array(await response.arrayBuffer());
  return ok({
    ...(await writeWhole(bytes, handle)),
    servedType: response.headers.get('content-type'),
  });
}

async function writeWhole(bytes: Uint8Array, handle: FileHandle): Promise<Written> {
  await writeAll(handle, bytes, 0);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.byteLength,
    head: bytes.subarray(0, SNIFF_BYTES),
    servedType: null,
  };
}

/** Stops behind `most` bytes: what is longer is not the file that was meant. */
async function writeParts(
  parts: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  most: number,
): Promise<Written> {
  const hash = createHash('sha256');
  let [bytes, head] = [0, new Uint8Array(0)];
  for await (const part of parts) {
    if (bytes + part.byteLength > most) break;
    await writeAll(handle, part, bytes);
    hash.update(part);
    if (head.byteLength < SNIFF_BYTES) head = Buffer.concat([head, part]).subarray(0, SNIFF_BYTES);
    bytes += part.byteLength;
  }
  return { sha256: hash.digest('hex'), bytes, head, servedType: null };
}

async function download(
  url: string,
  handle: FileHandle,
  backoff: Backoff,
  options: FetchOptions,
): Promise<Result<Written, AppError>> {
  let hash = createHash('sha256');
  let bytes = 0;
  let head = new Uint8Array(0);
  let etag: string | null = null;
  let failure: AppError = networkError(url, 'no answer');
  for (let attempt = 0; attempt < backoff.tries; attempt += 1) {
    if (attempt > 0) await pause(waitBefore(attempt - 1, backoff, null), options.signal);
    if (options.signal.aborted) return fail(appError('cancelled', 'Stopped'));
    // If-Range: a file that changed meanwhile comes whole again instead of being glued to an old half.
    const resume: Record<string, string> =
      bytes > 0 && etag !== null ? { range: `bytes=${bytes}-`, 'if-range': etag } : {};
    const stall = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), options.stallLimit ?? STALL_LIMIT);
    };
    try {
      alive();
      const opened = await openWeb(url, resume, {
        ...options,
        signal: AbortSignal.any([options.signal, stall.signal]),
      });
      if (!opened.ok) return opened;
      const response = opened.value;
      if (response.status === 206 && !continuesAt(response, bytes)) {
        // Not the part that was asked for: the next try asks for the whole.
        etag = null;
        failure = networkError(url, 'another part than the one asked for');
        await response.body?.cancel();
        continue;
      }
      if (response.status !== 206 && bytes > 0) {
        hash = createHash('sha256');
        bytes = 0;
        head = new Uint8Array(0);
        await handle.truncate(0);
      }
      if (!response.ok || response.body === null) {
        failure = networkError(url, `HTTP ${response.status}`);
        await response.body?.cancel();
        if (response.status < 500 && response.status !== 429) return fail(failure);
        continue;
      }
      etag = response.headers.get('etag');
      const whole = wholeOf(response, bytes);
      if (whole !== null && whole > MOST_BYTES) {
        await response.body.cancel();
        return fail(tooLarge(url));
      }
      for await (const chunk of response.body) {
        alive();
        if (bytes + chunk.byteLength > MOST_BYTES) return fail(tooLarge(url));
        await writeAll(handle, chunk, bytes);
        hash.update(chunk);
        if (head.byteLength < SNIFF_BYTES) head = Buffer.concat([head, chunk]).subarray(0, SNIFF_BYTES);
        bytes += chunk.byteLength;
      }
      if (whole !== null && bytes !== whole) throw new Error(`${bytes} bytes came, where ${whole} were said`);
      return ok({
        sha256: hash.digest('hex'),
        bytes,
        head,
        servedType: response.headers.get('content-type'),
      });
    } catch (error) {
      if (isDiskError(error)) throw error;
      failure = networkError(url, error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
    }
  }
  return fail(failure);
}

/** Follows redirects itself: each must lead to where a result may lie, or a server could send us anywhere inside the network. */
async function openWeb(
  url: string,
  headers: Record<string, string>,
  options: FetchOptions,
): Promise<Result<Response, AppError>> {
  let address = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await options.fetch(address, { headers, signal: options.signal, redirect: 'manual' });
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return ok(response);
    await response.body?.cancel();
    address = URL.parse(location, address)?.href ?? '';
    if (sourceOf(address, options.allowLoopback) !== 'web') return fail(notOpened(address));
  }
  throw new Error('too many redirects');
}

/** Bytes of the file once this answer is read; null where that is not said, or of how it was packed for the way. */
function wholeOf({ headers }: Response, before: number): number | null {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? null : before + Number(length);
}

function continuesAt(response: Response, bytes: number): boolean {
  return response.headers.get('content-range')?.startsWith(`bytes ${bytes}-`) ?? false;
}

/** A disk that is nearly full takes a part of a write and says so only in its number; the next part then fails. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, at + done);
    done += bytesWritten;
  }
}

function notOpened(url: string): AppError {
  return appError('protocol', 'The result is at an address that is not opened', {
    detail: url.slice(0, 200),
    hint: 'Results are read from https addresses of the web alone. The JSON tab has all that came.',
  });
}

const tooLarge = (url: string): AppError =>
  appError('storage', 'The file is larger than 8 GiB', {
    detail: url.slice(0, 200),
    hint: 'The result is kept with its address. Fetch it with a program made for such files.',
  });

function networkError(url: string, detail: string): AppError {
  return appError('network', 'A file of the result could not be copied', {
    detail: `${URL.parse(url)?.host ?? ''}: ${detail}`,
    hint: 'The result is kept with its address. Fetch the file again while fal has it.',
  });
}

function isDiskError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'code' in error &&
    ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EPERM'].includes(String(error.code))
  );
}

function diskError(error: unknown, hint: string): AppError {
  const full =
    error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return appError('storage', full ? 'The disk is full' : 'The file could not be written to this computer', {
    detail: error instanceof Error ? error.message : String(error),
    hint,
  });
}
