import { useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { Zoom } from './use-zoom.ts';
import { ZoomPane } from './zoom-pane.tsx';

interface WipeProps {
  readonly zoom: Zoom;
  /** What is called so at the left of the edge, and at its right. */
  readonly names: readonly [before: string, after: string];
  readonly before: ReactNode;
  readonly after: ReactNode;
}

/** Percent of the room by one key. */
const STEP = 2;
const LEAP = 10;

/** Two pictures in one room, one over the other, with an edge between them to move. */
export function Wipe({ zoom, names: [left, right], before, after }: WipeProps): ReactNode {
  const [edge, setEdge] = useState(50);
  const to = (percent: number): void => setEdge(Math.min(100, Math.max(0, percent)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? LEAP : STEP;
    const keys: Readonly<Record<string, number>> = {
      ArrowLeft: edge - by,
      ArrowDown: edge - by,
      ArrowRight: edge + by,
      ArrowUp: edge + by,
      PageDown: edge - LEAP,
      PageUp: edge + LEAP,
      Home: 0,
      End: 100,
    };
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    to(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (room !== undefined) to(((event.clientX - room.left) / room.width) * 100);
  };
  return (
    <div className="relative flex min-h-0 flex-1">
      <ZoomPane zoom={zoom} label={`${left} and ${lowered(right)}`}>
        <div className="absolute inset-0" style={{ clipPath: `inset(0 0 0 ${edge}%)` }}>
          {after}
        </div>
        <div className="absolute inset-0" style={{ clipPath: `inset(0 ${100 - edge}% 0 0)` }}>
          {before}
        </div>
        <Tag side="left">{left}</Tag>
        <Tag side="right">{right}</Tag>
      </ZoomPane>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Edge between ${lowered(left)} and ${lowered(right)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(edge)}
        aria-valuetext={`${Math.round(edge)} % ${lowered(left)}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        style={{ left: `${edge}%` }}
        className="group absolute inset-y-0 flex w-6 -translate-x-1/2 cursor-ew-resize touch-none items-center justify-center outline-hidden"
      >
        <span
          aria-hidden
          className="absolute inset-y-0 w-0.5 bg-raised shadow-[0_0_0_1px_var(--color-edge)]"
        />
        <span
          aria-hidden
          className="relative h-8 w-3 rounded-full border border-edge bg-raised shadow-float group-focus-visible:outline-2 group-focus-visible:outline-offset-1 group-focus-visible:outline-accent"
        />
      </div>
    </div>
  );
}

const lowered = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** What is seen in a room, in its upper corner. */
export function Tag({
  side,
  children,
}: {
  readonly side: 'left' | 'right';
  readonly children: string;
}): ReactNode {
  return (
    <span
      aria-hidden
      className={`absolute top-2 ${side === 'left' ? 'left-2' : 'right-2'} rounded-sm border border-line bg-panel px-1.5 text-xs text-soft`}
    >
      {children}
    </span>
  );
}
