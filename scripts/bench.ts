import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import * as z from 'zod';
import { benches } from '../test/bench/benches.ts';
import { rowSchema } from '../test/bench/row.ts';
import type { Row } from '../test/bench/row.ts';
import { tableOf } from '../test/bench/table.ts';
import { root } from './tools.ts';

/**
 * Measures ours, fal's own client and the bare limit in one run, so that the ratio counts and not the machine. The last
 * result is `bench-results.json`, committed with the change that moved it. `--only NAME` measures one, and keeps the rest.
 */

const RESULTS = join(root, 'bench-results.json');

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = benches.filter(({ name }) => values.only === undefined || name === values.only);
if (wanted.length === 0) {
  console.error(
    `There is no bench called ${values.only}; there are ${benches.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const measured: Row[] = [];
for (const { run } of wanted) measured.push(...(await run((line) => process.stderr.write(`${line}\n`))));

const before =
  values.only !== undefined && existsSync(RESULTS)
    ? z.array(rowSchema).parse(JSON.parse(readFileSync(RESULTS, 'utf8')))
    : [];
const isNew = ({ name }: Row): boolean => !before.some((row) => row.name === name);
const rows = [
  ...before.map((row) => measured.find(({ name }) => name === row.name) ?? row),
  ...measured.filter(isNew),
];
writeFileSync(RESULTS, await format(JSON.stringify(rows), { parser: 'json', printWidth: 110 }));
console.log(tableOf(measured));
console.log(`\nThe machine's load was ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores.`);
