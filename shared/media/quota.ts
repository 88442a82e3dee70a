/** What the files of the history may be limited to, in bytes. */
export const LEAST_QUOTA = 100_000_000;
export const LARGEST_QUOTA = 1_000_000_000_000_000;
