import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureChromium, ensureKeyring, packaged, realElectron, root, run } from './tools.ts';
import { playwrightCounts, vitestCounts } from './test-counts.ts';
import type { Counts } from './test-counts.ts';

/** Everything a change must pass, in one run: types, lint, format, unit, end to end, packaging. Ends with the counts. */

const FLOORS = [
  'tsconfig.json',
  'shared',
  'electron',
  'electron/tsconfig.preload.json',
  'renderer',
  'test',
  'test/standin',
];
const reports = mkdtempSync(join(tmpdir(), 'playground-test-'));
const all: Counts[] = [];

async function check(
  name: string,
  steps: readonly (readonly [command: string, ...args: string[]])[],
): Promise<void> {
  console.log(`\n— ${name}`);
  let failed = 0;
  for (const [command, ...args] of steps) failed += (await run(packaged(command), args)) === 0 ? 0 : 1;
  all.push({ name, passed: failed === 0 ? 1 : 0, failed: failed === 0 ? 0 : 1, skipped: [] });
}

/** A runner that writes a report; a run that left none has failed as a whole. */
async function suite(
  name: string,
  command: string,
  args: readonly string[],
  read: (name: string, report: unknown) => Counts,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  console.log(`\n— ${name}`);
  const report = join(reports, `${name}.json`);
  const code = await run(
    packaged(command),
    args.map((arg) => arg.replace('REPORT', report)),
    {
      env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    },
  );
  const counts = readReport(name, report, read);
  // Faults outside any test (a file that does not load, an unhandled rejection) show in the exit code alone.
  all.push(code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);
}

function readReport(name: string, path: string, read: (name: string, report: unknown) => Counts): Counts {
  try {
    return read(name, JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    console.error(`${name} left no report that can be read: ${String(error)}`);
    return { name, passed: 0, failed: 1, skipped: [] };
  }
}

await check(
  'types',
  FLOORS.map((floor) => ['tsc', '-p', floor] as const),
);
await check('lint', [['oxlint', '--deny-warnings']]);
await check('format', [['prettier', '--check', '--log-level', 'warn', '.']]);
await ensureBuilt();
const real = realElectron({ download: false });
if (real === null) ensureChromium();
ensureKeyring();
await suite(
  'unit',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', '--outputFile.json=REPORT'],
  vitestCounts,
);
console.log(`\nEnd to end on ${real === null ? 'the stand-in' : `Electron: ${real}`}`);
await suite('e2e', 'playwright', ['test', '--reporter=list,json'], playwrightCounts);
console.log('\n— packaging');
const packagedWell = (await run(process.execPath, [join(root, 'scripts', 'package-check.ts')])) === 0;
all.push({ name: 'packaging', passed: packagedWell ? 1 : 0, failed: packagedWell ? 0 : 1, skipped: [] });
rmSync(reports, { recursive: true, force: true });

const sum = (pick: (counts: Counts) => number): number =>
  all.reduce((total, counts) => total + pick(counts), 0);
const skipped = all.flatMap((counts) => counts.skipped.map((name) => `${counts.name}: ${name}`));
const failed = sum((counts) => counts.failed);
console.log('');
for (const counts of all)
  console.log(
    `${counts.failed === 0 ? '✓' : '✗'} ${counts.name}: ${counts.passed} passed, ${counts.failed} failed`,
  );
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${sum((counts) => counts.passed)} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
