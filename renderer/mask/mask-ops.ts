import { paintStroke } from '../ui/stroke.ts';
import type { Drawable, Point } from '../ui/stroke.ts';

/** One thing done to a mask; lengths in pixels of the image. */
export type MaskOp =
  | {
      readonly kind: 'stroke';
      readonly erases: boolean;
      readonly width: number;
      readonly points: readonly Point[];
    }
  | { readonly kind: 'fill' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'invert' };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What was done, and what was taken back and can be done again. */
export interface MaskHistory {
  readonly done: readonly MaskOp[];
  readonly undone: readonly MaskOp[];
}

export const NO_OPS: MaskHistory = { done: [], undone: [] };

export const doOp = ({ done }: MaskHistory, op: MaskOp): MaskHistory => ({
  done: [...done, op],
  undone: [],
});

export function undo({ done, undone }: MaskHistory): MaskHistory {
  const last = done.at(-1);
  return last === undefined ? { done, undone } : { done: done.slice(0, -1), undone: [...undone, last] };
}

export function redo({ done, undone }: MaskHistory): MaskHistory {
  const last = undone.at(-1);
  return last === undefined ? { done, undone } : { done: [...done, last], undone: undone.slice(0, -1) };
}

/** Whether something is left to see of the drawing: what came before a clear does not count. */
export function isBlank(ops: readonly MaskOp[], hasBase: boolean): boolean {
  const from = ops.findLastIndex((op) => op.kind === 'clear' || op.kind === 'fill');
  const start = from === -1 ? hasBase : ops[from]?.kind === 'fill';
  return !start && ops.slice(from + 1).every((op) => op.kind === 'stroke' && op.erases);
}

/**
 * The mask on a canvas of any size: what is masked has the colour, all else is clear. `base` is an older mask in the same
 * form, stretched over the whole.
 */
export function paintMask(
  context: Drawable,
  size: Size,
  ops: readonly MaskOp[],
  base: CanvasImageSource | null,
  color: string,
): void {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = 'source-over';
  context.clearRect(0, 0, width, height);
  if (base !== null) {
    context.drawImage(base, 0, 0, width, height);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = color;
    context.fillRect(0, 0, width, height);
  }
  for (const op of ops) paintOp(context, size, op, color);
}

/** One thing more over what is there; for a stroke, or the newest part of one, while it is drawn. */
export function paintOp(context: Drawable, size: Size, op: MaskOp, color: string): void {
  const { width, height } = context.canvas;
  context.fillStyle = color;
  switch (op.kind) {
    case 'stroke':
      context.save();
      context.scale(width / size.width, height / size.height);
      context.globalCompositeOperation = op.erases ? 'destination-out' : 'source-over';
      paintStroke(context, { color, width: op.width, points: op.points });
      context.restore();
      return;
    case 'clear':
      context.clearRect(0, 0, width, height);
      return;
    case 'fill':
      context.globalCompositeOperation = 'source-over';
      context.fillRect(0, 0, width, height);
      return;
    case 'invert':
      context.globalCompositeOperation = 'xor';
      context.fillRect(0, 0, width, height);
      return;
  }
}

/** The mask as models want it: white where they are to change something, black elsewhere, at the image's own size. */
export async function maskAsPng(
  size: Size,
  ops: readonly MaskOp[],
  base: CanvasImageSource | null,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no memory for a mask of this size.');
  paintMask(context, size, ops, base, '#ffffff');
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#000000';
  context.fillRect(0, 0, size.width, size.height);
  return canvas.convertToBlob({ type: 'image/png' });
}
