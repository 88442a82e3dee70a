import { MOST_SMALL_BYTES, within } from '../../shared/media/small.ts';

/** What is drawn small: a picture's file, a film's frame, or how loud a sound is, 0 to 1. */
export type Drawable =
  | { readonly kind: 'picture'; readonly blob: Blob }
  | { readonly kind: 'frame'; readonly frame: ImageBitmap }
  | { readonly kind: 'sound'; readonly peaks: Float32Array };

/** What the worker is given and what it answers, told apart by `n`. */
export interface DrawWish {
  readonly n: number;
  readonly what: Drawable;
}
export interface DrawAnswer {
  readonly n: number;
  /** Null where it cannot be read as what it is. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** Of the best that is small enough. */
const QUALITIES = [0.8, 0.5, 0.2];
const SOUND = { width: 384, height: 288 };
/** Seen on the ground of both themes. */
const SOUND_COLOUR = '#8a8a8a';

/** The small picture as WebP; null where none is small enough. Runs in a worker. */
export async function draw(what: Drawable): Promise<Uint8Array<ArrayBuffer> | null> {
  const canvas = what.kind === 'sound' ? drawSound(what.peaks) : drawBitmap(await bitmapOf(what));
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
    if (blob.size <= MOST_SMALL_BYTES) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}

const bitmapOf = (what: Exclude<Drawable, { kind: 'sound' }>): Promise<ImageBitmap> =>
  what.kind === 'frame' ? Promise.resolve(what.frame) : createImageBitmap(what.blob);

function drawBitmap(bitmap: ImageBitmap): OffscreenCanvas {
  const { width, height } = within(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
  }
  bitmap.close();
  return canvas;
}

function drawSound(peaks: Float32Array): OffscreenCanvas {
  const canvas = new OffscreenCanvas(SOUND.width, SOUND.height);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const step = SOUND.width / peaks.length;
  const middle = SOUND.height / 2;
  context.fillStyle = SOUND_COLOUR;
  peaks.forEach((peak, i) => {
    const half = Math.max(peak * middle * 0.8, 1);
    context.fillRect(i * step + step * 0.2, middle - half, step * 0.6, half * 2);
  });
  return canvas;
}
