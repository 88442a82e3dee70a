import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
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

// The thread alone, with its modules read from their sources, is no part of the opening: it opens an empty history too.
const [, empty] = await timed(() => openHistory(join(dir, 'empty'), worker));
const [emptyTakes, other] = await timed(() => openHistory(join(dir, 'empty'), worker));
await other.history.close();
await empty.history.close();

const before = rss();
const opens: number[] = [];
for (let i = 0; i < 3; i += 1) {
  const [took, { history }] = await timed(() => openHistory(dir, worker));
  opens.push(took);
  await history.close();
}
const { history } = await openHistory(dir, worker);
const ask = (text: string) => history.search({ ...first, query: parseQuery(text, now) });
const queries = manyQueries();
// Once without the clock: code that has not run yet is compiled, and pages come from the disk.
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
    opens: opens.map((took) => Math.max(0, took - emptyTakes)),
    searches,
    facets,
    cards,
    inserts,
    memory,
    bytes,
    slowest: slow.slice(0, 3).map(([text, took]) => `${text} ${took.toFixed(1)} ms`),
  })}\n`,
);
