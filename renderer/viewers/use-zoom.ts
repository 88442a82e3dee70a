import { useCallback, useState } from 'react';
import { FIT, lay, moveBy, stepped, zoomTo } from './zoom.ts';
import type { Laid, Point, Size, View } from './zoom.ts';

export interface Zoom {
  readonly laid: Laid;
  readonly fits: boolean;
  /** CSS pixels a pixel of the picture at which it is as it was made: one of the screen's own pixels each. */
  readonly full: number;
  readonly setRoom: (room: Size) => void;
  /** By this factor, round a point of the room. */
  readonly zoomBy: (factor: number, at: Point) => void;
  /** One step, round the middle. */
  readonly step: (direction: 1 | -1) => void;
  readonly fit: () => void;
  /** To full size, round a point of the room or its middle. */
  readonly toFull: (at?: Point) => void;
  /** Between what fits and full size, as a double click does. */
  readonly toggle: (at: Point) => void;
  readonly move: (by: Point) => void;
}

const NO_ROOM: Size = { width: 0, height: 0 };

/** Where one picture lies in a room, and the ways to move it. `grows`: what fits may be larger than full size. */
export function useZoom(picture: Size, grows: boolean): Zoom {
  const [room, setKnownRoom] = useState(NO_ROOM);
  const [view, setView] = useState<View>(FIT);
  const [seen, setSeen] = useState(picture);
  const full = 1 / window.devicePixelRatio;
  // What was looked at in one picture is looked at in the next of its size, and nowhere in one of another.
  if (seen.width !== picture.width || seen.height !== picture.height) {
    setSeen(picture);
    setView(FIT);
  }
  const laid = lay(view, picture, room, grows);
  const change = (next: (laid: Laid) => View): void =>
    setView((before) => next(lay(before, picture, room, grows)));
  const setRoom = useCallback(
    (next: Size) =>
      setKnownRoom((before) =>
        before.width === next.width && before.height === next.height ? before : next,
      ),
    [],
  );
  const middle = { x: room.width / 2, y: room.height / 2 };
  const to = (scale: number, at: Point): void => change((laid) => zoomTo(laid, scale, at, picture, room));
  return {
    laid,
    fits: view.kind === 'fit',
    full,
    setRoom,
    zoomBy: (factor, at) => change((laid) => zoomTo(laid, laid.scale * factor, at, picture, room)),
    step: (direction) =>
      change((laid) => zoomTo(laid, stepped(laid.scale, direction, full), middle, picture, room)),
    fit: () => setView(FIT),
    toFull: (at = middle) => to(full, at),
    toggle: (at) => {
      const fitting = lay(FIT, picture, room, grows).scale;
      const near = Math.abs(fitting - full) < full * 0.01;
      if (view.kind === 'fit') to(near ? full * 2 : full, at);
      else setView(FIT);
    },
    move: (by) => change((laid) => moveBy(laid, by, picture, room)),
  };
}
