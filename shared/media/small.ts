/** Pixels of the longer side of the small picture that stands for a file in lists. */
export const SMALL_SIDE = 384;

/** Bytes a small picture may have; one of noise has a third of that. */
export const MOST_SMALL_BYTES = 256 * 1024;

/** What became of a file's small picture: there is one, or there can be none. */
export type SmallPicture = 'made' | 'impossible';

/** The size within `side` that keeps the shape; never larger than it is, and never nothing. */
export function within(
  width: number,
  height: number,
  side = SMALL_SIDE,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Whether these are the first bytes of a WebP. */
export function isWebp(bytes: Uint8Array): boolean {
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  return word(0) === 'RIFF' && word(8) === 'WEBP';
}
