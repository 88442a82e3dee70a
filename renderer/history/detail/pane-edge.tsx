import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { LEAST_WIDTH, MOST_WIDTH } from '../../../shared/history/pane-width.ts';

/** Pixels a press of an arrow key. */
const STEP = 24;

interface PaneEdgeProps {
  /** Pixels. */
  readonly width: number;
  /** `settled`: it was let go, and is worth keeping. */
  readonly onWidth: (width: number, settled: boolean) => void;
}

/** The left edge of the pane, which sets its width: by dragging, by the arrow keys. */
export function PaneEdge({ width, onWidth }: PaneEdgeProps): ReactNode {
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const settled = event.type === 'lostpointercapture';
    if (!settled && !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
    onWidth(right - event.clientX, settled);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: LEAST_WIDTH,
      End: MOST_WIDTH,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(next, true);
  };
  return (
    <div
      role="separator"
      aria-label="Width of the run"
      aria-orientation="vertical"
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      aria-valuenow={width}
      aria-valuetext={`${width} pixels`}
      // A separator that moves is a control (WAI-ARIA, window splitter).
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onLostPointerCapture={move}
      onKeyDown={onKeyDown}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none focus-visible:outline-offset-[-2px]"
    />
  );
}
