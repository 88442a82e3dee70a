import { useEffect, useLayoutEffect, useRef } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import type { Zoom } from './use-zoom.ts';
import { wheelFactor } from './zoom.ts';
import type { Point } from './zoom.ts';

interface ZoomPaneProps {
  readonly zoom: Zoom;
  readonly label: string;
  readonly children: ReactNode;
}

/** A room in which what is larger than it is moved about and made larger or smaller, by wheel, pointer and keys. */
export function ZoomPane({ zoom, label, children }: ZoomPaneProps): ReactNode {
  const pane = useRef<HTMLDivElement>(null);
  const dragged = useRef<Point | null>(null);
  const latest = useRef(zoom);
  useLayoutEffect(() => {
    latest.current = zoom;
  });
  const { laid, setRoom } = zoom;

  useLayoutEffect(() => {
    const { current } = pane;
    if (current === null) return;
    const measure = (): void => setRoom({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [setRoom]);

  useEffect(() => {
    const { current } = pane;
    if (current === null) return;
    const onWheel = (event: WheelEvent): void => {
      const { zoomBy, move, laid } = latest.current;
      // A pinch on a touchpad comes as a turned wheel with Ctrl.
      if (event.ctrlKey || event.metaKey) zoomBy(wheelFactor(event.deltaY), pointIn(event, current));
      else if (laid.moves) move({ x: -event.deltaX, y: -event.deltaY });
      else return;
      event.preventDefault();
    };
    // React listens to wheels passively, and the page would be made larger too.
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => current.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || !laid.moves) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (dragged.current === null) return;
    zoom.move({ x: event.clientX - dragged.current.x, y: event.clientY - dragged.current.y });
    dragged.current = { x: event.clientX, y: event.clientY };
  };
  const end = (): void => {
    dragged.current = null;
  };
  return (
    // What the pointer does here, the buttons and keys of what holds it do as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={pane}
      role="group"
      aria-label={label}
      // Its keys are those of what holds it; the focus must be somewhere for them.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={(event) => zoom.toggle(pointIn(event, event.currentTarget))}
      className={cx(
        // What lies in it would hide an outline of its own.
        'relative min-h-0 min-w-0 flex-1 touch-none overflow-hidden outline-hidden select-none after:pointer-events-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent',
        laid.moves && 'cursor-grab active:cursor-grabbing',
      )}
    >
      {children}
    </div>
  );
}

function pointIn(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  element: Element,
): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
