import { planOf } from './kill-plan.ts';
import type { Level } from './kill-plan.ts';
import { killRound } from './kill-round.ts';
import type { RoundReport } from './kill-round.ts';

export interface KillRoundsOptions {
  readonly rounds: number;
  /** The same seed gives the same plans. */
  readonly seed: number;
  readonly level: Level;
  /** How many rounds go on side by side. */
  readonly width?: number;
  /** `ms`: how long the round took. */
  readonly done?: (report: RoundReport, ms: number) => void;
}

/** Rounds of start, SIGKILL, recovery and check, each in a folder and with a server of its own. */
export async function killRounds(options: KillRoundsOptions): Promise<RoundReport[]> {
  const { rounds, seed, level, width = 2, done } = options;
  const reports: RoundReport[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < rounds) {
      const plan = planOf(next, seed, level);
      next += 1;
      const began = performance.now();
      const report = await killRound(plan);
      reports.push(report);
      done?.(report, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return reports.toSorted((a, b) => a.round - b.round);
}
