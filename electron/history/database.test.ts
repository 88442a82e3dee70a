import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isOver } from '../../shared/runs/transitions.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, everyState, tempDir } from './history.fixture.ts';
import { migrations } from './migrations.ts';
import { RUNS_OF_A_BATCH } from './runs-table.ts';

async function begin(): Promise<{ file: string; db: HistoryDatabase; reopen: () => HistoryDatabase }> {
  const file = join(await tempDir(), 'history.db');
  let db = new HistoryDatabase(file);
  onTestFinished(() => db.close());
  return {
    file,
    db,
    reopen: () => {
      db.close();
      db = new HistoryDatabase(file);
      return db;
    },
  };
}

describe('opening', () => {
  test('an empty file is brought to the newest version, durable and in WAL, and opens again as it is', async () => {
    const { file, db, reopen } = await begin();
    db.putRun(aRun(1));
    expect(reopen().run(1)).toEqual(aRun(1));
    const raw = new DatabaseSync(file);
    onTestFinished(() => raw.close());
    expect(raw.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    expect(raw.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  test('a file of a newer version is refused and left as it is', async () => {
    const file = join(await tempDir(), 'history.db');
    const raw = new DatabaseSync(file);
    raw.exec(`PRAGMA user_version = ${migrations.length + 1}; CREATE TABLE later (x);`);
    raw.close();
    expect(() => new HistoryDatabase(file)).toThrow(/newer version/);
    const again = new DatabaseSync(file);
    onTestFinished(() => again.close());
    expect(again.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toEqual([
      { name: 'later' },
    ]);
  });

  test('a file of the first version keeps its rows and learns what is new', async () => {
    const file = join(await tempDir(), 'history.db');
    const raw = new DatabaseSync(file);
    raw.exec(`${migrations[0] ?? ''} PRAGMA user_version = 1;`);
    const { endpointId, profileId, state, input, times } = aRun(5);
    raw
      .prepare('INSERT INTO runs VALUES (5, ?, ?, NULL, ?, ?, ?, ?, ?, ?)')
      .run(
        endpointId,
        profileId,
        state.kind,
        JSON.stringify(state),
        JSON.stringify(input),
        'null',
        '[]',
        JSON.stringify(times),
      );
    raw.close();
    const db = new HistoryDatabase(file);
    onTestFinished(() => db.close());
    expect(db.run(5)).toEqual(aRun(5));
    db.putRun(aRun(6, { origin: 'live' }));
    expect(db.run(6)?.origin).toBe('live');
  });

  test('a migration that fails takes nothing of itself along', async () => {
    const file = join(await tempDir(), 'history.db');
    const raw = new DatabaseSync(file);
    // A stranger's table in the way of the last of the step's tables.
    raw.exec('CREATE TABLE kept (x)');
    raw.close();
    expect(() => new HistoryDatabase(file)).toThrow(/kept/);
    const again = new DatabaseSync(file);
    onTestFinished(() => again.close());
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
    expect(again.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toEqual([
      { name: 'kept' },
    ]);
  });
});

describe('runs', () => {
  test.each(everyState.map((state) => [state.kind, state] as const))(
    '%s comes back as it was',
    async (_, state) => {
      const { db } = await begin();
      const run = aRun(7, {
        state,
        requestId: 'r-1',
        output: { seed: 12345678901234567890n, list: [null, 1.5, 'ü'] },
        input: { seed: -9007199254740993n },
        media: [
          {
            kind: 'stored',
            path: ['images', 0],
            medium: 'image',
            sha256: 'a'.repeat(64),
            contentType: 'image/png',
            bytes: 3,
            width: 64,
            height: null,
            fileName: 'a.png',
            url: '',
          },
        ],
      });
      db.putRun(run);
      expect(db.run(7)).toEqual(run);
    },
  );

  test('writing again changes what moves and nothing of what was sent', async () => {
    const { db } = await begin();
    db.putRun(aRun(7));
    const times = { created: 1000, submitted: 4, queued: 5, started: 6, ended: 7, inferenceSeconds: 0.5 };
    const later = { requestId: 'r-1', state: { kind: 'succeeded' }, output: { a: 1 }, times } as const;
    db.putRun(aRun(7, { ...later, input: { prompt: 'other' }, endpointId: 'x/y', profileId: 'fal' }));
    expect(db.run(7)).toEqual(aRun(7, later));
    expect(db.run(8)).toBeNull();
  });

  test('ids tell the time, and grow even when the clock is set back or the program starts again', async () => {
    const { db, reopen } = await begin();
    const first = db.newId(1_000_000);
    expect(first).toBe(1_000_000_000);
    expect(db.newId(1_000_000)).toBe(first + 1);
    expect(db.newId(5)).toBe(first + 2);
    expect(db.newId(1_000_001)).toBe(1_000_001_000);
    db.putRun(aRun(2_000_000_000));
    expect(reopen().newId(5)).toBe(2_000_000_001);
  });

  test('pages are newest first, by key, and by endpoint', async () => {
    const { db } = await begin();
    for (let id = 1; id <= 7; id += 1) db.putRun(aRun(id, { endpointId: id % 2 ? 'acme/odd' : 'acme/even' }));
    const ids = (before: number | null, limit: number, endpointId: string | null = null) => {
      const page = db.page({ before, limit, endpointId });
      return [page.runs.map((run) => run.id), page.more];
    };
    expect(ids(null, 3)).toEqual([[7, 6, 5], true]);
    db.putRun(aRun(8));
    // A new row does not move the pages that follow.
    expect(ids(5, 3)).toEqual([[4, 3, 2], true]);
    expect(ids(2, 3)).toEqual([[1], false]);
    expect(ids(null, 4, 'acme/odd')).toEqual([[7, 5, 3, 1], false]);
    expect(ids(5, 1, 'acme/odd')).toEqual([[3], true]);
    expect(ids(null, 5, 'acme/nobody')).toEqual([[], false]);
  });

  test('a batch is the runs that say so, oldest first, found without reading the others', async () => {
    const { db, file } = await begin();
    const place = (id: number, index: number) =>
      ({
        batch: {
          id,
          kind: 'seeds',
          size: 2,
          column: { index, label: `seed ${index}` },
          row: { index: 0, label: '' },
        },
      }) as const;
    db.putRun(aRun(1));
    db.putRun(aRun(2, place(2, 0)));
    db.putRun(aRun(4, place(2, 1)));
    db.putRun(aRun(3, place(3, 0)));
    // What is no JSON belongs to nothing, and is in nobody's way.
    const raw = new DatabaseSync(file);
    raw.exec("UPDATE runs SET batch = 'spoilt' WHERE id = 1");
    expect(db.batch(2).map((run) => run.id)).toEqual([2, 4]);
    expect(db.batch(1)).toEqual([]);
    const plan = raw.prepare(`EXPLAIN QUERY PLAN ${RUNS_OF_A_BATCH}`).all(2);
    expect(JSON.stringify(plan)).toContain('runs_by_batch');
    raw.close();
  });

  test('unfinished are exactly those that are not over, oldest first', async () => {
    const { db } = await begin();
    everyState.forEach((state, i) => db.putRun(aRun(100 - i, { state })));
    const expected = everyState.filter((state) => !isOver(state)).map((state) => state.kind);
    expect(db.unfinished().map((run) => run.state.kind)).toEqual(expected.toReversed());
  });
});

describe('logs', () => {
  const entry = (message: string) => ({ level: 'INFO', message, timestamp: 't' });

  test('in the order they came, over several calls, each run its own', async () => {
    const { db } = await begin();
    db.putRun(aRun(1));
    db.putRun(aRun(2));
    db.addLogs(1, [entry('a'), entry('b')]);
    db.addLogs(2, [entry('other')]);
    db.addLogs(1, [entry('c')]);
    expect(db.logs(1).map((line) => line.message)).toEqual(['a', 'b', 'c']);
    expect(db.logs(3)).toEqual([]);
  });

  test('lines that cannot be written leave nothing behind and nothing half open', async () => {
    const { db, reopen } = await begin();
    expect(() => db.addLogs(404, [entry('of nobody')])).toThrow();
    db.putRun(aRun(1));
    db.addLogs(1, [entry('a')]);
    // A transaction left open would have swallowed both at the next start.
    const again = reopen();
    expect(again.run(1)).toEqual(aRun(1));
    expect(again.logs(1)).toEqual([entry('a')]);
    expect(again.logs(404)).toEqual([]);
  });
});

test('small documents are kept by name, replaced, and forgotten', async () => {
  const { db, reopen } = await begin();
  db.keep('draft:acme/bird', { seed: 12345678901234567890n }, 5);
  db.keep('draft:acme/bird', { seed: 12345678901234567891n }, 6);
  expect(reopen().kept('draft:acme/bird')).toEqual({ value: { seed: 12345678901234567891n }, at: 6 });
  const again = reopen();
  again.forget('draft:acme/bird');
  expect(again.kept('draft:acme/bird')).toBeNull();
});

test('a file is written down once', async () => {
  const { db } = await begin();
  const sha256 = 'b'.repeat(64);
  db.putFile({ sha256, contentType: 'image/png', bytes: 3 });
  db.putFile({ sha256, contentType: 'text/plain', bytes: 3 });
  expect(db.file(sha256)).toEqual({ sha256, contentType: 'image/png', bytes: 3 });
  expect(db.file('c'.repeat(64))).toBeNull();
});

test('a row that another program spoilt is refused, not shown as something else', async () => {
  const { file, db } = await begin();
  db.putRun(aRun(1));
  const raw = new DatabaseSync(file);
  raw.exec(`UPDATE runs SET state = '{"kind":"dancing"}'`);
  raw.close();
  expect(() => db.run(1)).toThrow();
});
