import { historyKills } from './history-kills.ts';

const ROWS = 100_000;
/** SQLite's own check of a file this large takes seconds. */
const WHOLE_EVERY = 20;

/** Hundreds of kills of one history of a hundred thousand rows, and what became of them. */
export async function historySoak(rounds: number, seed: number, say: (line: string) => void) {
  const began = performance.now();
  say(`\n${rounds} rounds of SIGKILL while a history of ${ROWS} rows is written to, seed ${seed}`);
  const reports = await historyKills({
    rounds,
    rows: ROWS,
    seed,
    most: 400,
    wholeEvery: WHOLE_EVERY,
    done: ({ round, answered, begun, faults }, ms) => {
      say(
        `${faults.length === 0 ? '✓' : '✗'} ${round}: ${answered} answered, ${begun - answered} under way (${Math.round(ms)} ms)`,
      );
      for (const fault of faults) say(`    ${fault}`);
    },
  });
  const failed = reports.filter(({ faults }) => faults.length > 0);
  say(`\n${reports.length - failed.length} passed, ${failed.length} failed`);
  return {
    date: new Date().toISOString().slice(0, 10),
    rounds,
    seed,
    rows: ROWS,
    failed: failed.length,
    seconds: Math.round((performance.now() - began) / 1000),
    answered: reports.reduce((sum, { answered }) => sum + answered, 0),
    underWayAtTheKill: reports.reduce((sum, { answered, begun }) => sum + begun - answered, 0),
    faults: failed.map(({ round, faults }) => ({ round, faults })),
  };
}
