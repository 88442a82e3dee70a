import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { openHistory } from '../../electron/history/history.ts';
import { parseQuery } from '../../shared/history/query.ts';
import { manyQueries } from '../history/queries.ts';

/**
 * The history as main sees it, in its worker: opened, searched, counted and written to, and each answer timed. Prints one
 * line of JSON.
 */

const { dir, now } = z.object({ dir: z.string(), now: z.int() }).parse(JSON.parse(process.argv[2] ?? ''));
const worker = new URL('../../electron/history/worker.ts', import.meta.url);
const rss = (): number => process.memoryUsage.rss();
const first = { after: null, limit: 400, order: 'newest' as const };

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}

// To the first page of what there is, as the window asks for it. Once without the clock: code that has not run yet is compiled.
const opens: number[] = [];
for (let i = 0; i < 6; i += 1) {
  const began = performance.now();
  const database = new HistoryDatabase(join(dir, 'history.db'));
  database.search({ ...first, query: parseQuery('', now) });
  if (i > 0) opens.push(performance.now() - began);
  database.close();
}

const before = rss();
const { history } = await openHistory(dir, worker);
const ask = (text: string) => history.search({ ...first, query: parseQuery(text, now) });
const queries = manyQueries();
// The first of its kind compiles, and reads pages from the disk.
await ask('');
await history.facets(parseQuery('', now));
const searches: number[] = [];
const slow: [string, number][] = [];
let ids: readonly number[] = [];
for (const text of queries) {
  const [took, found] = await timed(() => ask(text));
  searches.push(took);
  slow.push([text, took]);
  if (text === '') ids = found.ids;
}
const facets: number[] = [];
for (const text of queries.filter((_, i) => i % 5 === 0))
  facets.push((await timed(() => history.facets(parseQuery(text, now))))[0]);
const cards: number[] = [];
for (let i = 0; i + 60 <= ids.length && i < 300; i += 60)
  cards.push((await timed(() => history.cards(ids.slice(i, i + 60))))[0]);
// Runs go on while somebody types: each row is asked for behind a search and a count that are not answered yet.
const inserts: number[] = [];
const run = await history.run(ids[0] ?? 0);
for (const text of queries.slice(0, 40)) {
  if (run === null) throw new Error('There is no run to write again');
  const looking = [ask(text), history.facets(parseQuery(text, now))];
  const id = await history.newId(now + 86_400_000);
  inserts.push((await timed(() => history.putRun({ ...run, id })))[0]);
  await Promise.all(looking);
}
const memory = rss() - before;
const bytes = statSync(join(dir, 'history.db')).size;
slow.sort(([, a], [, b]) => b - a);
await history.close();
process.stdout.write(
  `${JSON.stringify({
    opens,
    searches,
    facets,
    cards,
    inserts,
    memory,
    bytes,
    slowest: slow.slice(0, 3).map(([text, took]) => `${text} ${took.toFixed(1)} ms`),
  })}\n`,
);
