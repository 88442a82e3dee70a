import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import * as z from 'zod';
import { historySoak } from '../test/soak/history-soak.ts';
import { killSoak } from '../test/soak/kill-soak.ts';
import { liveSoak } from '../test/soak/live-soak.ts';
import { packaged, root, run } from './tools.ts';

/**
 * The long checks. The last result of each is in `soak-results.json`, committed with the change that moved it.
 *
 *   --only kills|history|live|slow|e2e      one of them; the others' results stay
 *   --rounds N --seed N      how many kills, and which; of the runs under way, and of a history of 100,000 rows
 *   --minutes N              how long the live session goes on, and another with the window slowed down
 */

const RESULTS = join(root, 'soak-results.json');
const SLOWED = 10;
const SESSIONS = 20;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
  },
});
const only = z.enum(['kills', 'history', 'live', 'slow', 'e2e']).optional().safeParse(values.only);
if (!only.success) {
  console.error(`There are no checks called ${values.only}; there are kills, history, live, slow, e2e.`);
  process.exit(2);
}

const say = (line: string): void => console.log(line);
let failed = 0;

const date = new Date().toISOString().slice(0, 10);
const minutes = Number(values.minutes);
const wants = (name: 'kills' | 'history' | 'live' | 'slow' | 'e2e'): boolean => (only.data ?? name) === name;

if (wants('kills')) {
  const killRounds = await killSoak(Number(values.rounds), Number(values.seed), say);
  failed += killRounds.failed;
  await write({ killRounds });
}
if (wants('history')) {
  const historyKills = await historySoak(Number(values.rounds), Number(values.seed), say);
  failed += historyKills.failed;
  await write({ historyKills });
}
if (wants('live')) {
  say(`\n${minutes} minutes of 60 frames a second`);
  const report = await liveSoak({ minutes, slowed: 1, sessions: SESSIONS, say });
  failed += report.faults.length;
  await write({ liveSession: { date, ...report } });
}
if (wants('slow')) {
  say(`\n${minutes} minutes with the window ${SLOWED} times slower`);
  const report = await liveSoak({ minutes, slowed: SLOWED, sessions: 0, say });
  failed += report.faults.length;
  await write({ slowWindow: { date, ...report } });
}
if (wants('e2e')) {
  say('\nThe end-to-end tests that take too long for every change');
  const code = await run(packaged('playwright'), ['test'], { env: { ...process.env, SOAK: '1' } });
  failed += code === 0 ? 0 : 1;
}
say(failed === 0 ? '\nall passed' : `\n${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** In place of the last result of the same check, beside those of the others. */
async function write(results: Readonly<Record<string, unknown>>): Promise<void> {
  const before: unknown = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const all = { ...z.record(z.string(), z.unknown()).parse(before), ...results };
  writeFileSync(RESULTS, await format(JSON.stringify(all), { parser: 'json', printWidth: 110 }));
}
