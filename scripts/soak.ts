import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { killRounds } from '../test/soak/kill-rounds.ts';
import { root } from './tools.ts';

/** The long checks. Their last result is `soak-results.json`, committed with the change that moved it. */

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const began = performance.now();

console.log(`${rounds} rounds of SIGKILL, seed ${seed}`);
const reports = await killRounds({
  rounds,
  seed,
  level: 'all',
  done: ({ round, scenario, killedAs, endedAs, faults }, ms) => {
    console.log(
      `${faults.length === 0 ? '✓' : '✗'} ${round} ${scenario}: ${killedAs.join()} → ${endedAs.join()} (${Math.round(ms)} ms)`,
    );
    for (const fault of faults) console.log(`    ${fault}`);
  },
});

/** How often each word stands in the list. */
const counted = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(words)].toSorted().map((word) => [word, words.filter((other) => other === word).length]),
  );
const failed = reports.filter((report) => report.faults.length > 0);
const result = {
  killRounds: {
    date: new Date().toISOString().slice(0, 10),
    rounds,
    seed,
    failed: failed.length,
    seconds: Math.round((performance.now() - began) / 1000),
    scenarios: counted(reports.map((report) => report.scenario)),
    statesAtTheKill: counted(reports.flatMap((report) => report.killedAs)),
    statesAtTheEnd: counted(reports.flatMap((report) => report.endedAs)),
    faults: failed.map(({ round, scenario, faults }) => ({ round, scenario, faults })),
  },
};
writeFileSync(
  join(root, 'soak-results.json'),
  await format(JSON.stringify(result), { parser: 'json', printWidth: 110 }),
);
console.log(`\n${reports.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
