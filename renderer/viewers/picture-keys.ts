import type { Point } from './zoom.ts';

export type PictureKey =
  | { readonly kind: 'step'; readonly direction: 1 | -1 }
  | { readonly kind: 'fit' }
  | { readonly kind: 'full-size' }
  | { readonly kind: 'full-view' }
  | { readonly kind: 'picture'; readonly direction: 1 | -1 }
  | { readonly kind: 'move'; readonly by: Point };

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
}

/** CSS pixels by one arrow, and by one with Shift. */
const STEP = 64;
const LEAP = 320;

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface InSight {
  /** Whether one picture is looked at closely: not all of them at once, nor one that is covered. */
  readonly zooms: boolean;
  /** Whether it is larger than its room. */
  readonly moves: boolean;
}

/**
 * What a key means while the focus is in the pictures; null where it is not theirs. The arrows look about in what is larger
 * than its room, and else lead to the next picture.
 */
export function pictureKey(pressed: Pressed, { zooms, moves }: InSight): PictureKey | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey, defaultPrevented } = pressed;
  if (defaultPrevented || ctrlKey || metaKey || altKey) return null;
  if (zooms) {
    if (key === '+' || key === '=') return { kind: 'step', direction: 1 };
    if (key === '-' || key === '_') return { kind: 'step', direction: -1 };
    if (key === '0') return { kind: 'fit' };
    if (key === '1') return { kind: 'full-size' };
  }
  if (key.toLowerCase() === 'f') return { kind: 'full-view' };
  if (key === 'PageDown') return { kind: 'picture', direction: 1 };
  if (key === 'PageUp') return { kind: 'picture', direction: -1 };
  const arrow = ARROWS[key];
  if (arrow === undefined) return null;
  const [x, y] = arrow;
  const length = shiftKey ? LEAP : STEP;
  // The window goes the way of the arrow, and so the picture the other.
  if (zooms && moves) return { kind: 'move', by: { x: 0 - x * length, y: 0 - y * length } };
  return x === 0 ? null : { kind: 'picture', direction: x > 0 ? 1 : -1 };
}
