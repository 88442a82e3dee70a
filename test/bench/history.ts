import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { generateHistory } from '../history/generate.ts';
import { inHistoryWindow } from './history-window.ts';
import type { Bench, Row } from './row.ts';
import { median, quantile, rounded } from './statistics.ts';

const SIZES = [1000, 10_000, 100_000] as const;
const LARGEST = 100_000;
/** Milliseconds since 1970: the dates that the searches name lie before it. */
const NOW = Date.UTC(2026, 9, 1);
/** Seconds to make the largest of them. */
const GENERATE_GOAL = 120;

const figuresSchema = z.object({
  opens: z.array(z.number()),
  searches: z.array(z.number()),
  facets: z.array(z.number()),
  cards: z.array(z.number()),
  inserts: z.array(z.number()),
  memory: z.number(),
  bytes: z.number(),
  slowest: z.array(z.string()),
});
type Figures = z.infer<typeof figuresSchema>;

/** The history at three sizes: opened, searched two hundred ways, counted, written to; and the largest in the window. */
export const history: Bench = {
  name: 'history',
  run: async (say) => {
    const place = mkdtempSync(join(tmpdir(), 'history-'));
    try {
      const rows: Row[] = [];
      const p95s = new Map<number, number>();
      for (const size of SIZES) {
        const dir = join(place, String(size));
        const began = performance.now();
        await generateHistory({ dir, runs: size, until: NOW });
        const seconds = (performance.now() - began) / 1000;
        say(`history: ${size} runs made in ${seconds.toFixed(0)} s`);
        if (size === LARGEST) rows.push(row('history-generate-100000', 's', seconds, GENERATE_GOAL));
        const figures = await measured(dir);
        say(`history: ${size} runs measured; slowest: ${figures.slowest.join(', ')}`);
        p95s.set(size, quantile(figures.searches, 0.95));
        rows.push(...rowsOf(size, figures));
      }
      const [small = 0, large = 0] = [p95s.get(1000), p95s.get(LARGEST)];
      // The slope over two decades. The log of the rows itself grows so.
      const slope = Math.log10(large / small) / 2;
      rows.push({
        ...row('history-search-growth', 'log-log slope', slope, 1),
        limit: rounded(Math.log10(Math.log(LARGEST) / Math.log(1000)) / 2),
      });
      say('history: now the window');
      return [...rows, ...(await inHistoryWindow(join(place, String(LARGEST)), say))];
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
};

async function measured(dir: string): Promise<Figures> {
  const child = fileURLToPath(new URL('./history-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    child,
    JSON.stringify({ dir, now: NOW }),
  ]);
  return figuresSchema.parse(JSON.parse(stdout));
}

function rowsOf(size: number, figures: Figures): readonly Row[] {
  const name = (what: string): string => `history-${what}-${size}`;
  return [
    row(name('open'), 'ms', median(figures.opens), 150),
    row(name('search'), 'ms p95', quantile(figures.searches, 0.95), 20),
    row(name('facets'), 'ms p95', quantile(figures.facets, 0.95), 60),
    row(name('cards'), 'ms p95 of 60', quantile(figures.cards, 0.95), 20),
    row(name('insert'), 'ms p95 while searching', quantile(figures.inserts, 0.95), 100),
    row(name('size'), 'KB a row', figures.bytes / size / 1000, 8),
    row(name('memory'), 'MB', figures.memory / 1e6, 200),
  ];
}

function row(name: string, unit: string, ours: number, goal: number): Row {
  return {
    name,
    unit,
    ours: rounded(ours),
    official: null,
    limit: null,
    goal: `<= ${goal}`,
    met: ours <= goal,
  };
}
