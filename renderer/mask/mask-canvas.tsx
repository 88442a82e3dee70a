import { useLayoutEffect, useRef } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { pointsOf } from '../ui/stroke.ts';
import type { Point } from '../ui/stroke.ts';
import { paintMask, paintOp } from './mask-ops.ts';
import type { MaskOp, Size } from './mask-ops.ts';

interface MaskCanvasProps {
  readonly source: string;
  readonly size: Size;
  readonly ops: readonly MaskOp[];
  readonly base: CanvasImageSource | null;
  readonly erases: boolean;
  /** Of the brush, in pixels of the image. */
  readonly brush: number;
  readonly onOp: (op: MaskOp) => void;
}

/** Pixels of the longer side that are drawn on; the mask itself is made at the image's size from the strokes. */
const SHARPEST = 1600;

/** The image, and the mask over it as it is drawn. */
export function MaskCanvas(props: MaskCanvasProps): ReactNode {
  const { source, size, ops, base, erases, brush, onOp } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLSpanElement>(null);
  const points = useRef<readonly Point[] | null>(null);
  const scale = Math.min(1, SHARPEST / Math.max(size.width, size.height));

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintMask(context, size, ops, base, colorOf(context));
  }, [size, ops, base]);

  const strokeOf = (stroke: readonly Point[]): MaskOp => ({
    kind: 'stroke',
    erases,
    width: brush,
    points: stroke,
  });
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    const context = canvas.current?.getContext('2d');
    if (points.current === null || !context) return;
    const next = pointsOf(event, size);
    paintOp(context, size, strokeOf([...points.current.slice(-1), ...next]), colorOf(context));
    points.current = [...points.current, ...next];
  };
  const end = (): void => {
    if (points.current === null) return;
    const stroke = points.current;
    points.current = null;
    if (stroke.length > 0) onOp(strokeOf(stroke));
  };
  /** The brush's outline follows the pointer past React. */
  const follow = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (ring.current === null) return;
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const across = (brush / size.width) * width;
    Object.assign(ring.current.style, {
      display: 'block',
      width: `${across}px`,
      height: `${across}px`,
      transform: `translate(${event.clientX - left - across / 2}px, ${event.clientY - top - across / 2}px)`,
    });
  };

  return (
    <div
      className="relative m-auto overflow-hidden"
      style={{
        aspectRatio: `${size.width} / ${size.height}`,
        // As large as the room allows, which is a size container.
        width: `min(100cqw, 100cqh * ${size.width / size.height})`,
      }}
    >
      <img src={source} alt="" draggable={false} className="absolute inset-0 size-full select-none" />
      <canvas
        ref={canvas}
        width={Math.max(1, Math.round(size.width * scale))}
        height={Math.max(1, Math.round(size.height * scale))}
        role="img"
        aria-label="Mask over the image"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          points.current = [];
          draw(event);
        }}
        onPointerMove={(event) => {
          follow(event);
          draw(event);
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onPointerLeave={() => {
          if (ring.current !== null) ring.current.style.display = 'none';
        }}
        className="absolute inset-0 size-full cursor-crosshair touch-none text-accent opacity-60"
      />
      <span
        ref={ring}
        aria-hidden
        className="pointer-events-none absolute top-0 left-0 hidden rounded-full border border-white shadow-[0_0_0_1px_#000]"
      />
    </div>
  );
}

/** The accent, as the theme has it now. */
const colorOf = (context: CanvasRenderingContext2D): string => getComputedStyle(context.canvas).color;
