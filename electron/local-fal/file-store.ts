import { createHash, randomBytes } from 'node:crypto';
import type { FileContent, StoredFile } from './types.ts';

export type HeldFile = FileContent & { readonly etag: string };

const MAX_BYTES = 256 * 1024 * 1024;

/** The CDN's files, in memory. Past the bound the oldest go, as they would at fal after their expiry. */
export class FileStore {
  readonly #cdnUrl: string;
  readonly #held = new Map<string, HeldFile>();
  /** Made when first asked for and kept: thumbnails. */
  readonly #lazy = new Map<string, () => Promise<FileContent>>();
  readonly #made = new Map<string, Promise<HeldFile>>();
  /** Places given out for files that are to come, by their token. */
  readonly #reserved = new Map<string, string>();
  #bytes = 0;

  constructor(cdnUrl: string) {
    this.#cdnUrl = cdnUrl;
  }

  urlOf(name: string): string {
    return `${this.#cdnUrl}/files/${name}`;
  }

  store(file: FileContent & { readonly extension: string; readonly fileName?: string }): StoredFile {
    const token = randomBytes(15).toString('base64url');
    const fileName = file.fileName ?? `${token}.${file.extension}`;
    const name = file.fileName === undefined ? `demo/${fileName}` : `demo/${token}_${fileName}`;
    this.#hold(name, file);
    return {
      url: this.urlOf(name),
      content_type: file.contentType,
      file_name: fileName,
      file_size: file.bytes.byteLength,
    };
  }

  /** A place for a file of a client's, empty until it is filled. */
  reserve(fileName: string): { readonly token: string; readonly url: string } {
    const token = randomBytes(15).toString('base64url');
    const name = `uploads/${token}_${fileName.replace(/[^\w.-]+/g, '_')}`;
    this.#reserved.set(token, name);
    return { token, url: this.urlOf(name) };
  }

  /** False for a token that was not given out. */
  fill(token: string, file: FileContent): boolean {
    const name = this.#reserved.get(token);
    if (name === undefined) return false;
    this.#hold(name, file);
    return true;
  }

  #hold(name: string, file: FileContent): void {
    this.#bytes += file.bytes.byteLength - (this.#held.get(name)?.bytes.byteLength ?? 0);
    this.#held.set(name, hold(file));
    for (const [oldest, held] of this.#held) {
      if (this.#bytes <= MAX_BYTES || oldest === name) break;
      this.#held.delete(oldest);
      this.#bytes -= held.bytes.byteLength;
    }
  }

  addLazy(name: string, make: () => Promise<FileContent>): void {
    this.#lazy.set(name, make);
  }

  async find(name: string): Promise<HeldFile | null> {
    const held = this.#held.get(name);
    if (held) return held;
    const make = this.#lazy.get(name);
    if (!make) return null;
    let made = this.#made.get(name);
    if (!made) {
      made = make().then(hold);
      this.#made.set(name, made);
    }
    return made;
  }
}

function hold(file: FileContent): HeldFile {
  const hash = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32);
  return { bytes: file.bytes, contentType: file.contentType, etag: `"${hash}"` };
}
