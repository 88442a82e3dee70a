/** Letters of what a list shows of a run. */
export const MOST_TITLE = 300;
export const MOST_NOTE = 20_000;
export const MOST_TAG = 60;
/** Runs that one command names. */
export const MOST_RUNS = 100_000;
