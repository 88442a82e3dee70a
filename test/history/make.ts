import { parseArgs } from 'node:util';
import { generateHistory } from './generate.ts';

const USAGE = `usage: node test/history/make.ts --dir DIR [--runs N] [--files N] [--seed N] [--side PIXELS]

  Writes a history as of a year and a half of daily use: history.db and the media beside it, as in the app's own folder.

  --runs N    100,000
  --files N   a fifth of the runs, at most 20,000
  --side N    the longer side of a picture, 64
`;

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    runs: { type: 'string', default: '100000' },
    files: { type: 'string' },
    seed: { type: 'string', default: '1' },
    side: { type: 'string', default: '64' },
  },
});
if (values.dir === undefined) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const began = performance.now();
const made = await generateHistory({
  dir: values.dir,
  runs: Number(values.runs),
  ...(values.files === undefined ? {} : { files: Number(values.files) }),
  seed: Number(values.seed),
  side: Number(values.side),
  until: Date.now(),
  say: (line) => process.stderr.write(`${line}, ${((performance.now() - began) / 1000).toFixed(1)} s\n`),
});
process.stdout.write(`${JSON.stringify(made)}\n`);
