import { Eraser, Trash2, Undo2 } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Slider } from '../ui/slider.tsx';
import { paintStroke, pointsOf } from '../ui/stroke.ts';
import type { Stroke } from '../ui/stroke.ts';
import { CRAYONS, DRAWING_SIDE, PAPER, paintDrawing } from './drawing.ts';

interface DrawingPadProps {
  readonly strokes: readonly Stroke[];
  /** The stroke that is being drawn is the last one. */
  readonly onDrawing: (strokes: readonly Stroke[]) => void;
  readonly onDrawn: (strokes: readonly Stroke[]) => void;
}

/** A sheet of paper and a few crayons. */
export function DrawingPad({ strokes, onDrawing, onDrawn }: DrawingPadProps): ReactNode {
  const [color, setColor] = useState<string>(CRAYONS[0].color);
  const [width, setWidth] = useState(12);
  const sheet = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<Stroke | null>(null);

  const attach = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      sheet.current = canvas;
      const context = canvas?.getContext('2d');
      if (context) paintDrawing(context, strokes);
    },
    [strokes],
  );

  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    const context = sheet.current?.getContext('2d');
    if (stroke.current === null || !context) return;
    const { points } = stroke.current;
    const next = pointsOf(event, { width: DRAWING_SIDE, height: DRAWING_SIDE });
    paintStroke(context, { ...stroke.current, points: [...points.slice(-1), ...next] });
    stroke.current = { ...stroke.current, points: [...points, ...next] };
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = { color, width, points: [] };
    draw(event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (stroke.current === null) return;
    draw(event);
    onDrawing([...strokes, stroke.current]);
  };
  const end = (): void => {
    if (stroke.current === null) return;
    const drawn = [...strokes, stroke.current];
    stroke.current = null;
    onDrawn(drawn);
  };

  return (
    <div className="space-y-3">
      <canvas
        ref={attach}
        width={DRAWING_SIDE}
        height={DRAWING_SIDE}
        role="img"
        aria-label="Drawing"
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        className="block aspect-square w-full cursor-crosshair touch-none rounded-md border border-line"
      />
      <div className="flex items-center gap-1" role="group" aria-label="Colour">
        {CRAYONS.map((crayon) => (
          <button
            key={crayon.name}
            type="button"
            aria-label={crayon.name}
            title={crayon.name}
            aria-pressed={color === crayon.color}
            onClick={() => setColor(crayon.color)}
            className="flex size-7 items-center justify-center rounded-md hover:bg-hover aria-pressed:bg-pressed"
          >
            <span
              className="size-4 rounded-full border border-edge"
              style={{ backgroundColor: crayon.color }}
            />
          </button>
        ))}
        <IconButton
          label="Eraser"
          aria-pressed={color === PAPER}
          onClick={() => setColor(PAPER)}
          className={cx('ml-auto', color === PAPER && 'bg-pressed text-text')}
        >
          <Eraser size={14} aria-hidden />
        </IconButton>
      </div>
      <div className="flex items-center gap-3">
        <span className="text-soft">Size</span>
        <Slider label="Brush size" value={width} min={2} max={64} step={1} onChange={setWidth} />
        <span className="tabular w-5 text-right text-soft">{width}</span>
        <IconButton
          label="Undo the last stroke"
          disabled={strokes.length === 0}
          onClick={() => onDrawn(strokes.slice(0, -1))}
        >
          <Undo2 size={14} aria-hidden />
        </IconButton>
        <IconButton label="Clear" disabled={strokes.length === 0} onClick={() => onDrawn([])}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
