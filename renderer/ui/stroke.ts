import type { PointerEvent } from 'react';

export type Drawable = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export type Point = readonly [x: number, y: number];

export interface Stroke {
  readonly color: string;
  /** Pixels of the drawing. */
  readonly width: number;
  readonly points: readonly Point[];
}

/** A stroke, or the newest part of one, over what is there. */
export function paintStroke(context: Drawable, { color, width, points }: Stroke): void {
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

/** Where the pointer has been since the last event, in the drawing's own pixels. */
export function pointsOf(
  event: PointerEvent<HTMLElement>,
  drawing: { readonly width: number; readonly height: number },
): readonly Point[] {
  const { nativeEvent: native } = event;
  const moves = native.type === 'pointermove' ? native.getCoalescedEvents() : [];
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return (moves.length > 0 ? moves : [native]).map((move): Point => [
    ((move.clientX - left) / width) * drawing.width,
    ((move.clientY - top) / height) * drawing.height,
  ]);
}
