/** Pixels: how wide the pane of one run beside the history may be, and is at first. */
export const LEAST_WIDTH = 360;
export const MOST_WIDTH = 1600;
export const USUAL_WIDTH = 560;

/** A width within its limits, in whole pixels. */
export const paneWidth = (width: number): number =>
  Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
