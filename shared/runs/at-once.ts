/** Runs that may be at fal at once, at most. */
export const MOST_AT_ONCE = 100;
