import { readFile, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { parseQuery } from '../../shared/history/query.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, tempDir, tempHistory } from './history.fixture.ts';
import { HistoryService } from './history-service.ts';
import { historyMethods } from './history.ts';
import { MediaStore } from './media-store.ts';

test('the methods of the database, answered by its own thread', async () => {
  const { history, setAside, dir } = await tempHistory();
  expect(setAside).toBeNull();
  const id = await history.newId(5000);
  const run = aRun(id, { input: { seed: 12345678901234567890n } });
  await history.putRun(run);
  await history.addLogs(id, [{ message: 'a', level: 'INFO', timestamp: 't' }]);
  expect(await history.run(id)).toEqual(run);
  expect(await history.logs(id)).toHaveLength(1);
  expect(await history.page({ before: null, limit: 5, endpointId: null })).toEqual({
    runs: [run],
    more: false,
    unreadable: 0,
  });
  expect(await history.unfinished()).toEqual([run]);
  expect(await readdir(dir)).toContain('history.db');
});

test('calls are answered in the order they were made, without waiting for each other', async () => {
  const { history } = await tempHistory();
  const calls = Array.from({ length: 50 }, (_, i) => history.newId(i === 0 ? 7 : 0));
  expect(await Promise.all(calls)).toEqual(Array.from({ length: 50 }, (_, i) => 7000 + i));
});

test('what the database refuses rejects the call, and the next one is answered', async () => {
  const { history } = await tempHistory();
  await expect(history.addLogs(9, [{ message: 'a', level: 'INFO', timestamp: 't' }])).rejects.toThrow(
    /FOREIGN/,
  );
  expect(await history.run(9)).toBeNull();
});

test('what was answered is on disk though nobody closed anything', async () => {
  const { history, dir } = await tempHistory();
  await history.putRun(aRun(1));
  const other = new DatabaseSync(join(dir, 'history.db'), { readOnly: true });
  expect(other.prepare('SELECT id FROM runs').all()).toEqual([{ id: 1 }]);
  other.close();
});

test('after close everything is said to be closed, and the file opens again whole', async () => {
  const { history, dir } = await tempHistory();
  await history.putRun(aRun(1));
  await history.close();
  for (const call of [() => history.run(1), () => history.close(), () => history.newId(1)])
    await expect(call()).rejects.toThrow('The history has been closed.');
  const { history: again } = await tempHistory(dir);
  expect(await again.run(1)).toEqual(aRun(1));
});

test.each([
  ['is no database', (file: string) => writeFile(file, 'a diary, and nothing of SQLite '.repeat(300))],
  [
    'is of a newer version',
    async (file: string) => {
      const raw = new DatabaseSync(file);
      raw.exec('PRAGMA user_version = 999');
      raw.close();
    },
  ],
  [
    'is damaged in the middle',
    async (file: string) => {
      const { history } = await tempHistory(join(file, '..'));
      for (let id = 1; id <= 40; id += 1)
        await history.putRun(aRun(id, { input: { text: 'x'.repeat(2000) } }));
      await history.close();
      const bytes = await readFile(file);
      // Every page but the first, which holds the tables' names.
      await writeFile(file, bytes.fill(0x55, 4096));
    },
  ],
])('a file that %s is set aside byte for byte, and a new history begins', async (_name, spoil) => {
  const dir = await tempDir();
  const file = join(dir, 'history.db');
  await spoil(file);
  const before = await readFile(file);
  const { history, setAside } = await tempHistory(dir);
  if (setAside === null) throw new Error('opened as if nothing were wrong');
  expect(setAside).toMatch(/history-\d{4}-\d\d-\d\dT[\d-]+Z\.db$/);
  expect(await readFile(setAside)).toEqual(before);
  await history.putRun(aRun(1));
  expect(await history.run(1)).toEqual(aRun(1));
});

async function spoilFirstPage(file: string, name: string): Promise<void> {
  const raw = new DatabaseSync(file);
  const root = Number(
    raw.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(name)?.['rootpage'],
  );
  raw.close();
  expect(root).toBeGreaterThan(1);
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0x55, (root - 1) * 4096, root * 4096));
}

test.each([
  'run_words_data',
  'run_words_idx',
  'run_words_docsize',
  'runs_facts',
  'runs_unindexed',
  'files_of_run',
])(
  'a file of which the first page of %s is damaged opens with all its runs, and finds them',
  async (name) => {
    const first = await tempHistory();
    const runs = Array.from({ length: 200 }, (_, n) => aRun(n + 1));
    await first.history.putRuns(runs);
    await first.history.star([7], true);
    await first.history.close();
    const file = join(first.dir, 'history.db');
    await spoilFirstPage(file, name);
    const done = Promise.withResolvers<void>();
    const { history, setAside, unwritable } = await tempHistory(first.dir, done.resolve);
    expect([setAside, unwritable]).toEqual([null, null]);
    expect((await history.page({ before: null, limit: 500, endpointId: null })).runs).toHaveLength(200);
    await done.promise;
    const search = (text: string) =>
      history.search({ query: parseQuery(text, 0), order: 'newest', after: null, limit: 500 });
    expect((await search('wren')).ids).toHaveLength(200);
    expect((await search('is:starred')).ids).toEqual([7]);
    await history.close();
    const well = new DatabaseSync(file, { readOnly: true });
    onTestFinished(() => well.close());
    expect(well.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  },
);

test('a file that only cannot be reached now is not set aside: it may be well, and nothing is taken meanwhile', async () => {
  const dir = await tempDir();
  const file = join(dir, 'history.db');
  await symlink(join(dir, 'drive-that-is-not-plugged-in', 'history.db'), file);
  const { history, setAside, unwritable } = await tempHistory(dir);
  expect([setAside, unwritable]).toEqual([null, expect.stringContaining('unable to open')]);
  expect((await history.page({ before: null, limit: 5, endpointId: null })).runs).toEqual([]);
  await expect(history.putRun(aRun(1))).rejects.toThrow(/readonly/);
  expect(await readdir(dir)).toEqual(['history.db']);
  expect(await readlink(file)).toContain('not-plugged-in');
});

test('a large file opens before it is looked through; damage is said while it is used, and the next opening sets it aside', async () => {
  const dir = await tempDir();
  const file = join(dir, 'history.db');
  const first = await tempHistory(dir);
  const wide = { text: 'x '.repeat(300_000) };
  await first.history.putRuns(Array.from({ length: 30 }, (_, n) => aRun(n + 1, { input: wide })));
  await first.history.close();
  const said: string[] = [];
  const well = await tempHistory(dir);
  await well.check((sentence) => said.push(sentence));
  expect([well.checked, said]).toEqual([false, []]);
  await well.history.close();
  const bytes = await readFile(file);
  // The page in which a row begins; its own long text lies in pages that no check can tell from any other.
  const root = bytes.indexOf('acme/bird');
  await writeFile(file, bytes.fill(0x55, root - (root % 4096), root - (root % 4096) + 4096));
  const hurt = await tempHistory(dir);
  expect(hurt.setAside).toBeNull();
  await hurt.check((sentence) => said.push(sentence));
  expect(said).toEqual([expect.stringContaining('damaged')]);
  await hurt.history.close();
  const { setAside, checked, history } = await tempHistory(dir);
  expect([setAside === null, checked]).toEqual([false, true]);
  expect(await history.run(1)).toBeNull();
  await history.close();
  expect((await tempHistory(dir)).setAside).toBeNull();
});

test('a large file whose index is damaged goes on while it can, and is whole again at the next opening', async () => {
  const { history, dir } = await tempHistory();
  await history.putRuns(Array.from({ length: 200 }, (_, n) => aRun(n + 1)));
  await history.keep('much', 'x'.repeat(17 * 2 ** 20), 0);
  await history.close();
  await spoilFirstPage(join(dir, 'history.db'), 'runs_unindexed');
  const hurt = await tempHistory(dir);
  const said: string[] = [];
  await hurt.check((sentence) => said.push(sentence));
  expect([hurt.setAside, said]).toEqual([null, [expect.stringContaining('damaged')]]);
  expect(await hurt.history.run(7)).toEqual(aRun(7));
  await hurt.history.close();
  const well = await tempHistory(dir);
  expect([well.setAside, well.checked]).toEqual([null, true]);
  expect(await well.history.run(7)).toEqual(aRun(7));
});

test('every method that callers have is one the worker answers', async () => {
  const { history } = await tempHistory();
  expect(Object.keys(history)).toEqual([...historyMethods]);
});

test('what another program wrote is noticed once, and what was written here is not', async () => {
  const { history, dir } = await tempHistory();
  const told: unknown[] = [];
  const service = new HistoryService({
    history,
    media: new MediaStore(dir),
    small: { remove: () => Promise.resolve() },
    profilesNamed: () => [],
    purged: () => undefined,
    changed: (ids) => told.push(ids),
  });
  await history.putRun(aRun(1));
  expect(await service.hearOthers()).toBe(false);
  const other = new HistoryDatabase(join(dir, 'history.db'));
  other.putRun(aRun(2));
  other.close();
  expect([await service.hearOthers(), await service.hearOthers()]).toEqual([true, false]);
  expect(told).toEqual([null]);
  expect(await history.run(2)).toMatchObject({ id: 2 });
});
