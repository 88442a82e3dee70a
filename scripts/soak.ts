import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import * as z from 'zod';
import { killSoak } from '../test/soak/kill-soak.ts';
import { liveSoak } from '../test/soak/live-soak.ts';
import { root } from './tools.ts';

/**
 * The long checks. The last result of each is in `soak-results.json`, committed with the change that moved it.
 *
 *   --only kills|live   one of them; the other's result stays
 *   --rounds N --seed N how many kills, and which
 *   --minutes N         how long the live session goes on; with the window slowed down a third of it
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
const only = z.enum(['kills', 'live']).optional().safeParse(values.only);
if (!only.success) {
  console.error(`There are no checks called ${values.only}; there are kills, live.`);
  process.exit(2);
}

const say = (line: string): void => console.log(line);
let failed = 0;

if (only.data !== 'live') {
  const killRounds = await killSoak(Number(values.rounds), Number(values.seed), say);
  failed += killRounds.failed;
  await write({ killRounds });
}
if (only.data !== 'kills') {
  const minutes = Number(values.minutes);
  say(`\n${minutes} minutes of 60 frames a second`);
  const steady = await liveSoak({ minutes, slowed: 1, sessions: SESSIONS, say });
  const third = Number((minutes / 3).toFixed(1));
  say(`\n${third} minutes with the window ${SLOWED} times slower`);
  const slowedDown = await liveSoak({ minutes: third, slowed: SLOWED, sessions: 0, say });
  for (const fault of [...steady.faults, ...slowedDown.faults]) say(`✗ ${fault}`);
  failed += steady.faults.length + slowedDown.faults.length;
  await write({ liveSession: { date: new Date().toISOString().slice(0, 10), steady, slowedDown } });
}
say(failed === 0 ? '\nall passed' : `\n${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** In place of the last result of the same check, beside those of the others. */
async function write(results: Readonly<Record<string, unknown>>): Promise<void> {
  const before: unknown = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const all = { ...z.record(z.string(), z.unknown()).parse(before), ...results };
  writeFileSync(RESULTS, await format(JSON.stringify(all), { parser: 'json', printWidth: 110 }));
}
