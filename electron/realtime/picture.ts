import { findMedia } from '../../shared/media/find.ts';
import { isWireList, isWireObject, withoutBytes } from '../fal/realtime/codec.ts';
import type { WireObject, WireValue } from '../fal/realtime/codec.ts';

export type Path = readonly (string | number)[];

/** The picture of an answer: its bytes as they came, or where they are. */
export type Picture =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string }
  | { readonly kind: 'address'; readonly url: string; readonly contentType: string | null };

/** Bytes in an answer, and the object around them that says what they are. */
export interface FoundBytes {
  readonly path: Path;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** The first picture of an answer; null where it has none (fal-protocol §7.3: `images: [{ content, content_type }]`). */
export function pictureOf(output: WireObject): Picture | null {
  for (const { bytes, contentType } of bytesIn(output))
    if (contentType.startsWith('image/')) return { kind: 'bytes', bytes, contentType };
  const found = findMedia(withoutBytes(output, () => null)).find(({ kind }) => kind === 'image');
  if (found === undefined) return null;
  const data = dataBytes(found.url);
  return data === null
    ? { kind: 'address', url: found.url, contentType: found.contentType ?? null }
    : { kind: 'bytes', bytes: data, contentType: found.contentType ?? typeOfBytes(data) };
}

/** All bytes of an answer, in its order; `path` leads to the object that holds them, as for other media. */
export function* bytesIn(
  value: WireValue,
  path: Path = [],
  around: WireObject | null = null,
): Generator<FoundBytes> {
  if (value instanceof Uint8Array) {
    const type = around?.['content_type'];
    yield {
      path,
      bytes: value,
      contentType: typeof type === 'string' && type !== '' ? type : typeOfBytes(value),
      width: sizeOf(around?.['width']),
      height: sizeOf(around?.['height']),
    };
  } else if (isWireObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const holds = inner instanceof Uint8Array && Object.hasOwn(value, 'content_type');
      yield* bytesIn(inner, holds ? path : [...path, key], value);
    }
  } else if (isWireList(value)) {
    for (const [i, inner] of value.entries()) yield* bytesIn(inner, [...path, i], null);
  }
}

const sizeOf = (value: WireValue | undefined): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;

/** The bytes of a data URI; null for any other address, and for one that is none. */
function dataBytes(url: string): Uint8Array | null {
  const match = /^data:[^,]*;base64,/i.exec(url);
  return match === null ? null : Buffer.from(url.slice(match[0].length), 'base64');
}

const MARKS: readonly (readonly [type: string, at: number, bytes: readonly number[]])[] = [
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
];

function typeOfBytes(bytes: Uint8Array): string {
  const mark = MARKS.find(([, at, expected]) => expected.every((byte, i) => bytes[at + i] === byte));
  return mark?.[0] ?? 'application/octet-stream';
}
