import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { aRun, tempDir, tempHistory } from '../../electron/history/history.fixture.ts';
import { migrations } from '../../electron/history/migrations.ts';
import { PreparingDatabase } from '../../electron/history/statements.ts';

const STARTS = [1, 2, 3];

/** A history as the first version of the program left it, with one run. */
function writeOldest(dir: string): void {
  const db = new DatabaseSync(join(dir, 'history.db'));
  db.exec(`PRAGMA journal_mode = WAL; ${migrations[0] ?? ''} PRAGMA user_version = 1;`);
  db.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    1000,
    'acme/bird',
    'local',
    null,
    'succeeded',
    '{"kind":"succeeded"}',
    '{"prompt":"a wren"}',
    'null',
    '[]',
    '{"created":1,"queued":null,"started":null,"ended":null,"inferenceSeconds":null}',
  );
  db.close();
}

test('a program that looks at an old file while another brings it up finds nothing left to do', async () => {
  const dir = await tempDir();
  writeOldest(dir);
  const file = join(dir, 'history.db');
  const exec = PreparingDatabase.prototype.exec;
  const spy = vi.spyOn(PreparingDatabase.prototype, 'exec').mockImplementationOnce(function (
    this: PreparingDatabase,
    sql: string,
  ) {
    // It has read the file's version and done nothing yet: here the other one opens and closes.
    new HistoryDatabase(file).close();
    exec.call(this, sql);
  });
  onTestFinished(() => spy.mockRestore());
  const database = new HistoryDatabase(file);
  expect(spy.mock.calls.length).toBeGreaterThan(1);
  expect(database.run(1000)).toMatchObject({ id: 1000, input: { prompt: 'a wren' } });
  database.close();
});

test.each([
  ['there is nothing yet', () => undefined, 0],
  ['the file is of the oldest version', writeOldest, 1],
])(
  'several programs that open one history at once, when %s: each has it, and each writes',
  async (_when, prepare, before) => {
    const dir = await tempDir();
    prepare(dir);
    const opened = await Promise.all(STARTS.map(() => tempHistory(dir)));
    expect(opened.map(({ setAside, unwritable }) => [setAside, unwritable])).toEqual(
      STARTS.map(() => [null, null]),
    );
    await Promise.all(
      opened.map(async ({ history }, at) => {
        // Ids of their own, as of programs that were begun at different times.
        const ids = [1, 2, 3].map((n) => (at + 1) * 1_000_000 + n);
        for (const id of ids) await history.putRun(aRun(id, { state: { kind: 'succeeded' } }));
        await history.star(ids, true);
      }),
    );
    for (const { history } of opened) {
      const { runs, unreadable } = await history.page({ before: null, limit: 500, endpointId: null });
      expect([runs.length, unreadable]).toEqual([STARTS.length * 3 + before, 0]);
      const query = { terms: [], problems: [] };
      expect(await history.facets(query)).toMatchObject({ total: runs.length, starred: STARTS.length * 3 });
    }
  },
);
