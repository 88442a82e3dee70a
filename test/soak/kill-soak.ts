import { killRounds } from './kill-rounds.ts';
import { counted } from './memory-probe.ts';

/** Hundreds of rounds, and what became of them. */
export async function killSoak(rounds: number, seed: number, say: (line: string) => void) {
  const began = performance.now();
  say(`${rounds} rounds of SIGKILL, seed ${seed}`);
  const reports = await killRounds({
    rounds,
    seed,
    level: 'all',
    done: ({ round, scenario, killedAs, endedAs, faults }, ms) => {
      say(
        `${faults.length === 0 ? '✓' : '✗'} ${round} ${scenario}: ${killedAs.join()} → ${endedAs.join()} (${Math.round(ms)} ms)`,
      );
      for (const fault of faults) say(`    ${fault}`);
    },
  });
  const failed = reports.filter((report) => report.faults.length > 0);
  say(`\n${reports.length - failed.length} passed, ${failed.length} failed`);
  return {
    date: new Date().toISOString().slice(0, 10),
    rounds,
    seed,
    failed: failed.length,
    seconds: Math.round((performance.now() - began) / 1000),
    scenarios: counted(reports.map((report) => report.scenario)),
    statesAtTheKill: counted(reports.flatMap((report) => report.killedAs)),
    statesAtTheEnd: counted(reports.flatMap((report) => report.endedAs)),
    faults: failed.map(({ round, scenario, faults }) => ({ round, scenario, faults })),
  };
}
