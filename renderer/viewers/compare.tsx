import { useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { InputPicture } from './input-pictures.ts';
import { Checkers, PictureLayer } from './picture-layer.tsx';
import type { Ready } from './picture-layer.tsx';
import type { Zoom } from './use-zoom.ts';
import type { Laid, Size } from './zoom.ts';
import { ZoomPane } from './zoom-pane.tsx';

interface CompareProps {
  readonly how: 'beside' | 'over';
  readonly input: InputPicture;
  /** The result's own layer, and what shows through it. */
  readonly result: ReactNode;
  readonly zoom: Zoom;
  /** The result's size: the input is laid out in the same frame, so that what belongs together lies together. */
  readonly frame: Size;
}

/** A result held against what it was made of: side by side, or one over the other with an edge between them to move. */
export function Compare({ how, input, result, zoom, frame }: CompareProps): ReactNode {
  const [ready, setReady] = useState<Ready | null>(null);
  const own = ready?.size ?? frame;
  const laid = within(zoom.laid, frame, own);
  const before = (
    <>
      <Checkers laid={laid} frame={own} contentType={input.contentType} />
      <PictureLayer
        src={input.src}
        alt={`Input: ${input.label}`}
        ready={ready}
        onReady={setReady}
        onUnreadable={() => setReady(null)}
        sized={false}
        laid={laid}
        frame={own}
      />
    </>
  );
  return how === 'beside' ? (
    <div className="flex min-h-0 flex-1 gap-px">
      <ZoomPane zoom={zoom} label="Input">
        {before}
        <Tag side="left">Input</Tag>
      </ZoomPane>
      <ZoomPane zoom={zoom} label="Result">
        {result}
        <Tag side="right">Result</Tag>
      </ZoomPane>
    </div>
  ) : (
    <Over zoom={zoom} before={before} after={result} />
  );
}

/** Where a picture of another size lies that is to be whole within the frame. */
function within(laid: Laid, frame: Size, own: Size): Laid {
  const share = Math.min(frame.width / own.width, frame.height / own.height);
  return {
    ...laid,
    scale: laid.scale * share,
    left: laid.left + ((frame.width - own.width * share) / 2) * laid.scale,
    top: laid.top + ((frame.height - own.height * share) / 2) * laid.scale,
  };
}

interface OverProps {
  readonly zoom: Zoom;
  readonly before: ReactNode;
  readonly after: ReactNode;
}

/** Percent of the room by one key. */
const STEP = 2;
const LEAP = 10;

function Over({ zoom, before, after }: OverProps): ReactNode {
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
      <ZoomPane zoom={zoom} label="Input and result">
        <div className="absolute inset-0" style={{ clipPath: `inset(0 0 0 ${edge}%)` }}>
          {after}
        </div>
        <div className="absolute inset-0" style={{ clipPath: `inset(0 ${100 - edge}% 0 0)` }}>
          {before}
        </div>
        <Tag side="left">Input</Tag>
        <Tag side="right">Result</Tag>
      </ZoomPane>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Edge between input and result"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(edge)}
        aria-valuetext={`${Math.round(edge)} % input`}
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

function Tag({ side, children }: { readonly side: 'left' | 'right'; readonly children: string }): ReactNode {
  return (
    <span
      aria-hidden
      className={`absolute top-2 ${side === 'left' ? 'left-2' : 'right-2'} rounded-sm border border-line bg-panel px-1.5 text-xs text-soft`}
    >
      {children}
    </span>
  );
}
