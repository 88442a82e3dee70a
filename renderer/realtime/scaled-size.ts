/** Pixels: what live models work at or below, and little enough to be sent again and again. */
export const LONGEST_SIDE = 1024;

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels in all: four bytes each while it is made smaller, and beyond this the window itself would fail. */
const MOST_PIXELS = 150_000_000;

export const canBeScaled = ({ width, height }: PixelSize): boolean => width * height <= MOST_PIXELS;

/** The size with its longer side at most `longest`, in the same proportion; never less than a pixel. */
export function scaledSize({ width, height }: PixelSize, longest = LONGEST_SIDE): PixelSize {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
