/** Runs that one press may begin. */
export const MOST_IN_A_BATCH = 100;
