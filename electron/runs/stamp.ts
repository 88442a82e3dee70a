import type { RunTimes } from '../../shared/runs/run.ts';

/** Of what was begun now, in milliseconds since 1970, and of which nothing has happened yet. */
export const justCreated = (now: number): RunTimes => ({
  created: now,
  submitted: null,
  queued: null,
  started: null,
  ended: null,
  inferenceSeconds: null,
});

/** Now, but never before what is written already: a clock set back must not make a step last less than no time. */
export function stampAfter({ created, queued, started }: RunTimes): number {
  return Math.max(Date.now(), created, queued ?? 0, started ?? 0);
}
