import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { parseQuery } from '../../shared/history/query.ts';
import { PLAIN } from '../../shared/runs/asked.ts';
import type { Run } from '../../shared/runs/run.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, tempDir } from './history.fixture.ts';
import { migrations } from './migrations.ts';

const SHA = 'b'.repeat(64);
const DAY = 1_790_000_000_000_000;

/** What the first versions knew of a run is what every version since has kept. */
const RUNS: readonly Run[] = [
  aRun(DAY + 1, {
    requestId: 'r-1',
    state: { kind: 'succeeded' },
    input: { prompt: 'a wren', image: `media:${SHA}` },
    output: { seed: 12345678901234567890n },
  }),
  aRun(DAY + 2, { state: { kind: 'cancelled', word: null }, input: { prompt: 'a heron' } }),
  aRun(DAY + 3, {
    input: { prompt: 'an owl' },
    requestId: 'r-3',
    state: { kind: 'queued', position: 2, trouble: null },
  }),
];
const PLACE = {
  id: DAY + 1,
  kind: 'seeds',
  size: 1,
  column: { index: 0, label: 'seed 1' },
  row: { index: 0, label: '' },
} as const;

/** A closed file of the version that took so many of the steps, with rows in every table it had. */
async function fileOf(version: number): Promise<string> {
  const file = join(await tempDir(), 'history.db');
  const raw = new DatabaseSync(file);
  for (const step of migrations.slice(0, version)) raw.exec(step);
  raw.exec(`PRAGMA user_version = ${version}`);
  const insert = raw.prepare(
    `INSERT INTO runs (id, endpoint_id, profile_id, request_id, state_kind, state, input, output, media, times)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?)`,
  );
  const output = ['{"seed":12345678901234567890}', 'null', 'null'];
  for (const [n, run] of RUNS.entries())
    insert.run(
      run.id,
      run.endpointId,
      run.profileId,
      run.requestId,
      run.state.kind,
      JSON.stringify(run.state),
      JSON.stringify(run.input),
      output[n] ?? '',
      JSON.stringify(run.times),
    );
  if (version >= 3) raw.prepare('UPDATE runs SET batch = ? WHERE id = ?').run(JSON.stringify(PLACE), DAY + 1);
  if (version >= 7) raw.exec(`UPDATE runs SET batch_id = ${DAY + 1} WHERE id = ${DAY + 1}`);
  if (version >= 5) raw.exec(`UPDATE runs SET cost = 0.5, currency = 'USD' WHERE id = ${DAY + 1}`);
  raw.exec(`INSERT INTO run_logs VALUES (${DAY + 1}, 1, 'INFO', 'a line', 't');
    INSERT INTO media (sha256, content_type, bytes) VALUES ('${SHA}', 'image/png', 3);
    INSERT INTO kept VALUES ('theme', '"dark"', 5);`);
  raw.close();
  return file;
}

test.each(migrations.map((_, n) => n + 1))(
  'a file of version %i keeps every row, and is found and added to',
  async (version) => {
    const db = new HistoryDatabase(await fileOf(version));
    onTestFinished(() => db.close());
    const [first, ...others] = RUNS;
    expect(db.run(DAY + 1)).toEqual({ ...first, batch: version >= 3 ? PLACE : null });
    for (const run of others) expect(db.run(run.id)).toEqual({ ...run, ...PLAIN });
    expect(db.unfinished().map(({ id }) => id)).toEqual([DAY + 3]);
    expect(db.logs(DAY + 1)).toEqual([{ level: 'INFO', message: 'a line', timestamp: 't' }]);
    expect(db.file(SHA)).toEqual({ sha256: SHA, contentType: 'image/png', bytes: 3 });
    expect(db.kept('theme')).toEqual({ value: 'dark', at: 5 });
    expect(db.batch(DAY + 1).map(({ id }) => id)).toEqual(version >= 3 ? [DAY + 1] : []);
    while (db.due) db.work(5);
    const found = (text: string): number[] =>
      db.search({ query: parseQuery(text, 0), order: 'newest', after: null, limit: 9 }).ids;
    expect([found('wren'), found('kind:text'), found('cost:0.5')]).toEqual([
      [DAY + 1],
      [DAY + 1],
      version >= 5 ? [DAY + 1] : [],
    ]);
    expect(db.runsOfFile(SHA, 9)).toEqual([DAY + 1]);
    db.putRun(aRun(db.newId(0), { input: {} }));
    db.star([DAY + 2], true);
    expect([found('').length, found('is:starred')]).toEqual([4, [DAY + 2]]);
  },
);

test('a step that fails leaves the file as it was', async () => {
  const file = await fileOf(migrations.length - 1);
  const raw = new DatabaseSync(file);
  raw.exec('CREATE TABLE purged_spend (x)');
  raw.close();
  expect(() => new HistoryDatabase(file)).toThrow(/purged_spend/);
  const after = new DatabaseSync(file);
  onTestFinished(() => after.close());
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length - 1 });
  expect(after.prepare('SELECT count(*) AS n FROM runs').get()).toEqual({ n: 3 });
});
