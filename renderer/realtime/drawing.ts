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

export interface Stroke {
  readonly color: string;
  /** Pixels of the drawing. */
  readonly width: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The whole drawing anew; what a stroke rubs out is paper again. */
export function paintDrawing(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
): void {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, DRAWING_SIDE, DRAWING_SIDE);
  for (const stroke of strokes) paintStroke(context, stroke);
}

/** A stroke, or the newest part of one, over what is there. */
export function paintStroke(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { color, width, points }: Stroke,
): void {
  const [first, ...rest] = points;
  if (first === undefined) return;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(...first);
  // A point alone is a dot.
  context.lineTo(...first);
  for (const point of rest) context.lineTo(...point);
  context.stroke();
}

export async function drawingAsPng(strokes: readonly Stroke[]): Promise<Blob> {
  const canvas = new OffscreenCanvas(DRAWING_SIDE, DRAWING_SIDE);
  const context = canvas.getContext('2d');
  if (context !== null) paintDrawing(context, strokes);
  return canvas.convertToBlob({ type: 'image/png' });
}
