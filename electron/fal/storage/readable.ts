import type { AppError } from '../../../shared/fal/errors.ts';

/** Bytes that can be read in any order and more than once, by several readers at a time. */
export interface Readable {
  readonly size: number;
  /** From `from` up to `to`; each piece is good until the next is asked for. Throws `Unreadable`. */
  pieces(from: number, to: number): AsyncIterable<Uint8Array>;
  /** Throws `Unreadable` where the bytes are not those any more that were there at first. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Thrown while bytes are read; says what a person is told. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.title);
    this.error = error;
  }
}

/** Bytes that are written to a connection at a time. */
export const PIECE = 512 * 1024;

export const NOTHING_SENT = 'Nothing was sent.';
