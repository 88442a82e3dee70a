import type { RunTimes } from '../../shared/runs/run.ts';

/** Now, but never before what is written already: a clock set back must not make a step last less than no time. */
export function stampAfter({ created, queued, started }: RunTimes): number {
  return Math.max(Date.now(), created, queued ?? 0, started ?? 0);
}
