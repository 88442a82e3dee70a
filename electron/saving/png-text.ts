import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32, inflateSync } from 'node:zlib';

/** Bytes of a text that is written into a picture, or read from one. */
export const MOST_TEXT = 1024 ** 2;

const MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length and type before a chunk's data, and the sum behind it. */
const BEFORE = 8;
const AFTER = 4;
/** The mark and the header chunk, which is always the first and as long as this; a text may stand anywhere behind it. */
const HEAD = MARK.length + BEFORE + 13 + AFTER;
/** Keyword, language and the marks around them. */
const MOST_AROUND = 1000;
const TEXT_TYPES = new Set(['iTXt', 'zTXt', 'tEXt']);

export interface Copied {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Copies a PNG with a text in it, as an iTXt chunk behind its header; all else of it stays as it is. Null, with nothing left
 * at `to`, where it is no PNG, or one that is damaged. Throws as `node:fs` does.
 */
export async function copyWithText(
  from: string,
  to: string,
  keyword: string,
  text: string,
): Promise<Copied | null> {
  const chunk = textChunk(keyword, text);
  const walk = new ChunkWalk();
  const hash = createHash('sha256');
  let bytes = 0;
  const spliced = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let at = 0;
    for await (const piece of source) {
      if (!walk.take(piece)) return;
      const end = HEAD - at;
      const parts =
        end > 0 && end <= piece.length ? [piece.subarray(0, end), chunk, piece.subarray(end)] : [piece];
      at += piece.length;
      for (const part of parts) {
        hash.update(part);
        bytes += part.length;
        yield part;
      }
    }
  };
  await pipeline(createReadStream(from), spliced, createWriteStream(to, { flush: true }));
  if (walk.whole) return { sha256: hash.digest('hex'), bytes };
  await rm(to, { force: true });
  return null;
}

/** PNG, third edition, 11.3.3.4: not compressed, so that it can be read with the eye. */
function textChunk(keyword: string, text: string): Buffer {
  // No compression, of no kind, in no language, under no other keyword.
  const data = Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8');
  const chunk = Buffer.alloc(BEFORE + data.length + AFTER);
  chunk.writeUInt32BE(data.length);
  chunk.write('iTXt', 4, 'latin1');
  data.copy(chunk, BEFORE);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, BEFORE + data.length)), BEFORE + data.length);
  return chunk;
}

/** Follows the chunks of a PNG, piece by piece as it comes. */
class ChunkWalk {
  /** What of the head, or of a chunk's length and type, is here. */
  #held: Buffer = Buffer.alloc(0);
  #awaits = HEAD;
  /** Bytes of a chunk that are still to come. */
  #skip = 0;
  #begun = false;
  /** Its last chunk is there. */
  whole = false;

  /** False once it is certain that this is no PNG. */
  take(piece: Buffer): boolean {
    for (let at = 0; at < piece.length && !this.whole;) {
      const skipped = Math.min(this.#skip, piece.length - at);
      this.#skip -= skipped;
      at += skipped;
      const next = piece.subarray(at, at + this.#awaits - this.#held.length);
      this.#held = Buffer.concat([this.#held, next]);
      at += next.length;
      if (this.#held.length < this.#awaits) continue;
      if (!this.#begun && !isHead(this.#held)) return false;
      if (this.#begun) {
        const { length, type } = chunkAt(this.#held, 0);
        if (!/^[A-Za-z]{4}$/.test(type)) return false;
        this.#skip = length + AFTER;
        this.whole = type === 'IEND' && length === 0;
      }
      this.#begun = true;
      this.#held = Buffer.alloc(0);
      this.#awaits = BEFORE;
    }
    return true;
  }
}

function isHead(head: Buffer): boolean {
  const { length, type } = chunkAt(head, MARK.length);
  const sum = crc32(head.subarray(MARK.length + 4, HEAD - AFTER));
  return (
    head.subarray(0, MARK.length).equals(MARK) &&
    type === 'IHDR' &&
    length === 13 &&
    head.readUInt32BE(HEAD - AFTER) === sum
  );
}

const chunkAt = (bytes: Buffer, at: number): { readonly length: number; readonly type: string } => ({
  length: bytes.readUInt32BE(at),
  type: bytes.toString('latin1', at + 4, at + BEFORE),
});

/**
 * The first text under this keyword; null where there is none that can be read. Other programs write it in other chunks when
 * they save a picture again, so any of the three kinds is taken.
 */
export function readText(picture: Uint8Array, keyword: string): string | null {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (bytes.length < HEAD || !isHead(bytes.subarray(0, HEAD))) return null;
  for (let at = HEAD; at + BEFORE + AFTER <= bytes.length;) {
    const { length, type } = chunkAt(bytes, at);
    const end = at + BEFORE + length;
    if (type === 'IEND' || end + AFTER > bytes.length) return null;
    const data = bytes.subarray(at + BEFORE, end);
    if (TEXT_TYPES.has(type) && length <= MOST_TEXT + MOST_AROUND && keywordOf(data) === keyword) {
      const right = bytes.readUInt32BE(end) === crc32(bytes.subarray(at + 4, end));
      const text = right ? textIn(type, data.subarray(keyword.length + 1)) : null;
      if (text !== null) return text;
    }
    at = end + AFTER;
  }
  return null;
}

function keywordOf(data: Buffer): string {
  // 79 letters at most; what is longer is no keyword.
  const end = data.subarray(0, 80).indexOf(0);
  return end === -1 ? '' : data.toString('latin1', 0, end);
}

function textIn(type: string, rest: Buffer): string | null {
  try {
    if (type === 'tEXt') return decoded(rest);
    if (type === 'zTXt') return decoded(inflated(rest.subarray(1)));
    const language = rest.indexOf(0, 2);
    const other = rest.indexOf(0, language + 1);
    if (language === -1 || other === -1) return null;
    const text = rest.subarray(other + 1);
    return decoded(rest[0] === 1 ? inflated(text) : text);
  } catch {
    return null;
  }
}

const inflated = (data: Buffer): Buffer => inflateSync(data, { maxOutputLength: MOST_TEXT });
const decoded = (data: Buffer): string => new TextDecoder('utf-8', { fatal: true }).decode(data);
