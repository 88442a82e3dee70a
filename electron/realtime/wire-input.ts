import { readFile } from 'node:fs/promises';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedSha, referencedShas, withAddresses } from '../../shared/media/reference.ts';
import type { LiveTraits } from '../../shared/realtime/traits.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { WireObject } from '../fal/realtime/codec.ts';

/** Where files that requests name lie (electron/history/input-files.ts). */
export interface NamedFiles {
  readonly facts: (
    sha256: string,
  ) => Promise<{ readonly contentType: string; readonly bytes: number } | null>;
  readonly pathOf: (sha256: string) => string;
}

interface LoadedFile {
  readonly bytes: Uint8Array;
  /** Written out once and not at every step of a slider. */
  readonly dataUri: string;
}

/** As base64 no longer than what fal's apps take as a data URI (fal-protocol §8.6). */
const MOST_BYTES = 7 * 2 ** 20;
/** A drawing changes its file at every stroke; the ones before are not wanted again. */
const KEPT = 6;

/**
 * Requests as they go over the socket: each file they name is put in, as a data URI or, where the model's schema wants
 * them, as bytes (fal-protocol §7.3; nothing is uploaded for realtime).
 */
export class WireInputs {
  readonly #files: NamedFiles;
  readonly #traits: LiveTraits;
  readonly #loaded = new Map<string, LoadedFile>();

  constructor(files: NamedFiles, traits: LiveTraits) {
    this.#files = files;
    this.#traits = traits;
  }

  /** `mark` becomes the mark by which the model names its answer, where it does that. */
  async make(input: JsonObject, mark: number): Promise<Result<WireObject, AppError>> {
    // Of its own: a request may name more files than are remembered.
    const files = new Map<string, LoadedFile>();
    for (const sha256 of referencedShas(input)) {
      const file = await this.#load(sha256);
      if (!file.ok) return file;
      files.set(sha256, file.value);
    }
    const uris = new Map([...files].map(([sha256, { dataUri }]) => [sha256, dataUri]));
    const body: Record<string, WireObject[string]> = { ...withAddresses(input, uris) };
    for (const name of this.#traits.bytes) {
      const named = input[name];
      const sha256 = typeof named === 'string' ? referencedSha(named) : null;
      const file = sha256 === null ? undefined : files.get(sha256);
      if (file !== undefined) body[name] = file.bytes;
    }
    const { echo } = this.#traits;
    if (echo !== null && (body[echo] === undefined || body[echo] === '')) body[echo] = `live-${mark}`;
    return ok(body);
  }

  async #load(sha256: string): Promise<Result<LoadedFile, AppError>> {
    const known = this.#loaded.get(sha256);
    if (known !== undefined) return ok(known);
    const facts = await this.#files.facts(sha256);
    if (facts === null) return fail(missing());
    if (facts.bytes > MOST_BYTES)
      return fail(
        appError('input', 'The file is too large to be sent live', {
          detail: `${Math.ceil(facts.bytes / 2 ** 20)} MiB`,
          hint: 'At most 7 MiB go with each input. Use a smaller one, or give its URL.',
        }),
      );
    let bytes: Buffer;
    try {
      bytes = await readFile(this.#files.pathOf(sha256));
    } catch {
      return fail(missing());
    }
    const file = { bytes, dataUri: `data:${facts.contentType};base64,${bytes.toString('base64')}` };
    this.#loaded.set(sha256, file);
    for (const [oldest] of this.#loaded) {
      if (this.#loaded.size <= KEPT) break;
      this.#loaded.delete(oldest);
    }
    return ok(file);
  }
}

const missing = (): AppError =>
  appError('input', 'A file of this request is not on this computer any more', {
    hint: 'Choose it again.',
  });
