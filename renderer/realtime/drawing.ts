import { paintStroke } from '../ui/stroke.ts';
import type { Drawable, Stroke } from '../ui/stroke.ts';

/** Pixels a side, of what is drawn and sent. */
export const DRAWING_SIDE = 512;
/** A sheet of paper, whatever the theme: it is what the model sees. */
export const PAPER = '#ffffff';

/** Crayons: they belong to the picture, not to the interface. */
export const CRAYONS = [
  { name: 'Black', color: '#1a1a1a' },
  { name: 'Grey', color: '#8c8c8c' },
  { name: 'Brown', color: '#7a4a21' },
  { name: 'Red', color: '#d32f2f' },
  { name: 'Yellow', color: '#f5c518' },
  { name: 'Green', color: '#2e7d32' },
  { name: 'Sky', color: '#64b5f6' },
  { name: 'Blue', color: '#1e3fa8' },
] as const;

/** The whole drawing anew; what a stroke rubs out is paper again. */
export function paintDrawing(context: Drawable, strokes: readonly Stroke[]): void {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, DRAWING_SIDE, DRAWING_SIDE);
  for (const stroke of strokes) paintStroke(context, stroke);
}

export async function drawingAsPng(strokes: readonly Stroke[]): Promise<Blob> {
  const canvas = new OffscreenCanvas(DRAWING_SIDE, DRAWING_SIDE);
  const context = canvas.getContext('2d');
  if (context !== null) paintDrawing(context, strokes);
  return canvas.convertToBlob({ type: 'image/png' });
}
