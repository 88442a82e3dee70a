import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { parseQuery } from '../../shared/history/query.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, tempDir, tempHistory } from './history.fixture.ts';

const SHA = 'a'.repeat(64);
const query = (text: string) =>
  ({ query: parseQuery(text, 0), order: 'newest', after: null, limit: 100 }) as const;
const wren = (id: number) =>
  aRun(id, {
    state: { kind: 'succeeded' },
    output: { text: 'feathers' },
    input: { file: `media:${SHA}`, prompt: 'a wren' },
  });

/** A closed history of so many runs, as an older version left it: nothing of them worked out. */
async function older(count: number): Promise<{ dir: string; file: string }> {
  const dir = await tempDir();
  const file = join(dir, 'history.db');
  const db = new HistoryDatabase(file);
  db.putRuns(Array.from({ length: count }, (_, n) => wren(n + 1)));
  db.close();
  const raw = new DatabaseSync(file);
  raw.exec('DROP TABLE run_words; DELETE FROM run_files; UPDATE runs SET indexed = 0, kinds = 0');
  raw.close();
  return { dir, file };
}

function open(file: string): HistoryDatabase {
  const db = new HistoryDatabase(file);
  onTestFinished(() => db.close());
  return db;
}

test('rows of an older version are worked out a little at a time, the newest first, and searches say so meanwhile', async () => {
  const { file } = await older(30);
  const db = new HistoryDatabase(file);
  expect(db.search(query('wren'))).toMatchObject({
    ids: [],
    problems: ['Some older runs are still being indexed; more may be found in a moment.'],
  });
  db.work(0);
  expect(db.search(query('wren')).ids).toEqual([30]);
  // A kill loses none of it: the next start goes on.
  db.close();
  const again = open(file);
  while (again.due) again.work(0);
  const { ids, problems } = again.search(query('wren kind:text'));
  expect([ids.length, problems]).toEqual([30, []]);
  expect(again.runsOfFile(SHA, 100)).toHaveLength(30);
});

test('the worker does it between the calls, and says when it is done', async () => {
  const { dir } = await older(200);
  const done = Promise.withResolvers<void>();
  const { history } = await tempHistory(dir, done.resolve);
  await history.putRun(wren(500));
  await done.promise;
  expect((await history.search({ ...query('feathers'), limit: 1000 })).ids).toHaveLength(201);
});

test('a row that cannot be read is passed over, and the others are found', async () => {
  const { file } = await older(3);
  const raw = new DatabaseSync(file);
  raw.exec(`UPDATE runs SET state = '{"kind":"dreaming"}' WHERE id = 2`);
  raw.close();
  const db = open(file);
  while (db.due) db.work(0);
  expect(db.search(query('wren')).ids).toEqual([3, 1]);
  // It still holds on to its files.
  expect(db.runsOfFile(SHA, 100)).toEqual([3, 2, 1]);
});

test('marks of many at once are read into the index later, and nothing that was found is lost meanwhile', async () => {
  const { file } = await older(0);
  const db = open(file);
  const ids = Array.from({ length: 120 }, (_, n) => n + 1);
  db.putRuns(ids.map(wren));
  db.tag(ids, 'birds', true);
  expect([db.due, db.search(query('wren')).ids.length, db.search(query('tag:birds')).ids.length]).toEqual([
    true,
    100,
    100,
  ]);
  while (db.due) db.work(5);
  expect(db.search({ ...query('birds'), limit: 200 }).ids).toHaveLength(120);
});

test.each([
  ['its pages', `UPDATE run_words_data SET block = x'0102'`],
  [
    'its words for itself',
    `PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'unicode61', 'unicodf61') WHERE name = 'run_words'`,
  ],
])(
  'an index of which %s are spoilt keeps no run from being written, and is made anew out of the rows',
  async (_, spoil) => {
    const { file } = await older(0);
    const before = new HistoryDatabase(file);
    before.putRuns([wren(1), wren(2)]);
    before.close();
    const raw = new DatabaseSync(file, { defensive: false });
    raw.exec(spoil);
    raw.close();
    const db = open(file);
    db.putRun(wren(3));
    expect(db.run(3)).toEqual(wren(3));
    while (db.due) db.work(5);
    expect(db.search(query('wren')).ids).toEqual([3, 2, 1]);
    db.putRun(wren(4));
    expect(db.search(query('wren')).ids).toEqual([4, 3, 2, 1]);
  },
);

test('an index that is spoilt while it is used is made anew too', async () => {
  const { file } = await older(0);
  const db = open(file);
  db.putRuns([wren(1), wren(2)]);
  const raw = new DatabaseSync(file, { defensive: false });
  raw.exec(`UPDATE run_words_data SET block = x'0102'`);
  raw.close();
  db.putRun(wren(3));
  expect(db.run(3)).toEqual(wren(3));
  expect(db.search(query('wren')).ids.length).toBeLessThan(4);
  while (db.due) db.work(5);
  expect(db.search(query('wren')).ids).toEqual([3, 2, 1]);
});
