export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How a picture lies in its window: as large as fits, or so many CSS pixels a pixel of the picture, with the point of the
 * picture (0 to 1 both ways) that is at the window's middle. It names no window, so one view serves several, and each at
 * any size.
 */
export type View =
  | { readonly kind: 'fit' }
  | { readonly kind: 'free'; readonly scale: number; readonly x: number; readonly y: number };

export const FIT: View = { kind: 'fit' };

/** CSS pixels a pixel of the picture; and where the picture's upper left corner is, in CSS pixels of the window. */
export interface Laid {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** It is larger than the window, so that it can be moved about. */
  readonly moves: boolean;
}

/** CSS pixels a pixel of the picture, at most. */
export const MOST = 32;
/** Of what fits; smaller than half of it nobody wants to see it. */
const LEAST_OF_FIT = 0.5;
const STEP = 1.25;

/** `grows`: a small picture is made larger than it is. */
export function fitScale(picture: Size, room: Size, grows: boolean): number {
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return Math.min(scale, grows ? MOST : 1);
}

/** Where a view puts the picture. What is larger than the window never leaves a gap at its edge; what is smaller is centred. */
export function lay(view: View, picture: Size, room: Size, grows = false): Laid {
  const scale = view.kind === 'fit' ? fitScale(picture, room, grows) : view.scale;
  const [width, height] = [picture.width * scale, picture.height * scale];
  const centre = view.kind === 'fit' ? { x: 0.5, y: 0.5 } : view;
  return {
    scale,
    left: offset(width, room.width, centre.x),
    top: offset(height, room.height, centre.y),
    // A rounded half pixel is not worth moving for.
    moves: width > room.width + 1 || height > room.height + 1,
  };
}

function offset(length: number, room: number, centre: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - centre * length));
}

/** Where a picture of another size lies that is to be whole within the frame, in its middle. */
export function layWithin(laid: Laid, frame: Size, own: Size): Laid {
  const share = Math.min(frame.width / own.width, frame.height / own.height);
  return {
    ...laid,
    scale: laid.scale * share,
    left: laid.left + ((frame.width - own.width * share) / 2) * laid.scale,
    top: laid.top + ((frame.height - own.height * share) / 2) * laid.scale,
  };
}

/** The view with another scale in which the picture's point at `at` (CSS pixels of the window) stays where it is. */
export function zoomTo(laid: Laid, scale: number, at: Point, picture: Size, room: Size): View {
  // Nothing lies in a room that was not measured yet.
  if (laid.scale === 0) return FIT;
  const least = Math.min(1, fitScale(picture, room, false) * LEAST_OF_FIT);
  const next = Math.min(MOST, Math.max(least, scale));
  const under = { x: (at.x - laid.left) / laid.scale, y: (at.y - laid.top) / laid.scale };
  return viewOf(
    { scale: next, left: at.x - under.x * next, top: at.y - under.y * next, moves: true },
    picture,
    room,
  );
}

/** The view moved by so many CSS pixels. */
export function moveBy(laid: Laid, by: Point, picture: Size, room: Size): View {
  return viewOf({ ...laid, left: laid.left + by.x, top: laid.top + by.y }, picture, room);
}

/** Kept within its bounds, so that a way back is as long as what was seen of the way there. */
function viewOf({ scale, left, top }: Laid, picture: Size, room: Size): View {
  const middle = (length: number, span: number, start: number): number => {
    if (length <= span) return 0.5;
    return (span / 2 - Math.min(0, Math.max(span - length, start))) / length;
  };
  return {
    kind: 'free',
    scale,
    x: middle(picture.width * scale, room.width, left),
    y: middle(picture.height * scale, room.height, top),
  };
}

/** One step of the buttons and keys: it stops at full size on the way past it, where a picture is as it was made. */
export function stepped(scale: number, direction: 1 | -1, full: number): number {
  const next = direction === 1 ? scale * STEP : scale / STEP;
  const passes = (scale - full) * (next - full) < 0 && Math.abs(scale - full) > full * 0.001;
  return passes ? full : next;
}

/** What turning a wheel by so many CSS pixels multiplies the scale with. */
export const wheelFactor = (deltaY: number): number => Math.exp(-Math.max(-200, Math.min(200, deltaY)) / 250);

/** `87 %`, `12.5 %`: of the screen's own pixels. */
export function zoomWords(scale: number, pixelRatio: number): string {
  const percent = scale * pixelRatio * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
