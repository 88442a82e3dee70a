import type { Size } from '../../viewers/zoom.ts';

/** Pixels of the canvas, at most: larger pictures are made smaller for it. */
const MOST_PIXELS = 16_000_000;
/** Rows that are counted at a time, so that their copy is small. */
const BAND = 256;

export interface Subtracted {
  /** Of all pixels, those that differ at all; 0 to 1. */
  readonly share: number;
  /** By how much a colour differs at most, of 255. */
  readonly most: number;
}

/**
 * Draws the absolute difference of two pictures, each whole within the frame over black, and counts it. Each pixel of the
 * canvas is one of the frame, where that is not too large. Throws where a picture cannot be read.
 */
export async function subtract(
  canvas: HTMLCanvasElement,
  a: string,
  b: string,
  frame: Size,
): Promise<Subtracted> {
  const pictures = await Promise.all([a, b].map(decoded));
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (frame.width * frame.height)));
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const other = new OffscreenCanvas(width, height).getContext('2d');
  canvas.width = width;
  canvas.height = height;
  const own = canvas.getContext('2d', { willReadFrequently: true });
  const [first, second] = pictures;
  if (own === null || other === null || first === undefined || second === undefined)
    throw new Error('There is no canvas.');
  drawOver(own, first, { width, height });
  drawOver(other, second, { width, height });
  own.globalCompositeOperation = 'difference';
  own.drawImage(other.canvas, 0, 0);
  return count(own, { width, height });
}

async function decoded(src: string): Promise<HTMLImageElement> {
  const picture = document.createElement('img');
  picture.src = src;
  await picture.decode();
  return picture;
}

/** Over black: what shows through has no colour of its own to compare. */
function drawOver(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  picture: HTMLImageElement,
  { width, height }: Size,
): void {
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  const scale = Math.min(width / picture.naturalWidth, height / picture.naturalHeight);
  const [w, h] = [picture.naturalWidth * scale, picture.naturalHeight * scale];
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
}

function count(context: CanvasRenderingContext2D, { width, height }: Size): Subtracted {
  let [differing, most] = [0, 0];
  for (let top = 0; top < height; top += BAND) {
    const { data } = context.getImageData(0, top, width, Math.min(BAND, height - top));
    for (let i = 0; i < data.length; i += 4) {
      const by = Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
      if (by > 0) differing += 1;
      if (by > most) most = by;
    }
  }
  return { share: differing / (width * height), most };
}
