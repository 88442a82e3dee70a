import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { RunId, RunMedia } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, everyState, tempDir, tempHistory } from './history.fixture.ts';
import { HistoryService, TRASH_DAYS } from './history-service.ts';
import { InputFiles } from './input-files.ts';
import { MediaStore } from './media-store.ts';

const DAY = 86_400_000;
const done = { state: { kind: 'succeeded' } } as const;

async function begin() {
  const { history, dir } = await tempHistory();
  const media = new MediaStore(dir);
  await media.open();
  const files = new InputFiles({ history, media });
  const changed: (readonly RunId[] | null)[] = [];
  const service = new HistoryService({
    history,
    media,
    small: { remove: () => Promise.resolve() },
    profilesNamed: () => [],
    changed: (ids) => changed.push(ids),
    purged: () => undefined,
  });
  const add = async (text: string): Promise<string> => {
    const added = await files.add({ bytes: new TextEncoder().encode(text), fileName: `${text}.txt` });
    if (!added.ok) throw new Error(added.error.title);
    return added.value.sha256;
  };
  const isThere = async (sha256: string): Promise<boolean> => {
    const kept = await readdir(join(media.pathOf(sha256), '..')).catch(() => []);
    return (await history.file(sha256)) !== null && kept.some((name) => media.pathOf(sha256).endsWith(name));
  };
  return { history, service, add, isThere, changed };
}

const stored = (sha256: string): RunMedia => ({
  kind: 'stored',
  path: ['file'],
  medium: 'file',
  sha256,
  contentType: 'text/plain',
  bytes: 3,
  width: null,
  height: null,
  fileName: 'a.txt',
  url: '',
});

test('a file goes with the last run that names it, as result or as input', async () => {
  const { history, service, add, isThere } = await begin();
  const [own, both] = [await add('own'), await add('both')];
  await history.putRun(aRun(1, { ...done, media: [stored(own), stored(both)] }));
  await history.putRun(aRun(2, { ...done, input: { nested: [{ file: `media:${both}` }] } }));
  await service.trash([1, 2]);
  expect(await service.purge([1])).toEqual({ runs: 1, bytes: 3 });
  expect([await isThere(own), await isThere(both)]).toEqual([false, true]);
  expect(await service.purge(null)).toEqual({ runs: 1, bytes: 4 });
  expect([await isThere(both), await history.run(2)]).toEqual([false, null]);
  expect(await history.kept(`file-name:${both}`)).toBeNull();
});

test.each([
  ['draft', 'draft:acme/bird', (name: string) => ({ image: name })],
  ['preset', 'presets:acme/bird', (name: string) => [{ name: 'x', input: { deep: [{ image: name }] } }]],
  ['entry of the shelf', 'shelf', (name: string) => ({ loras: [{ path: name }], seen: [] })],
])('a %s keeps the file it names', async (_, key, value) => {
  const { history, service, add, isThere } = await begin();
  const sha256 = await add('weights');
  await history.keep(key, value(`media:${sha256}`), 1);
  await history.putRun(aRun(1, { ...done, media: [stored(sha256)] }));
  await service.trash([1]);
  expect(await service.purge(null)).toEqual({ runs: 1, bytes: 0 });
  expect(await isThere(sha256)).toBe(true);
});

test('while rows of an older version have not been looked through, no file goes', async () => {
  const dir = await tempDir();
  const db = new HistoryDatabase(join(dir, 'history.db'));
  onTestFinished(() => db.close());
  const sha256 = 'c'.repeat(64);
  db.putFile({ sha256, contentType: 'text/plain', bytes: 3 });
  db.putRun(aRun(1, { ...done, media: [stored(sha256)] }));
  db.putRun(aRun(2, done));
  const raw = new DatabaseSync(join(dir, 'history.db'));
  raw.exec('UPDATE runs SET indexed = 0 WHERE id = 2');
  raw.close();
  db.trash([1], 1);
  expect(db.purge(null, 2)).toEqual({ ids: [1], files: [] });
  expect(db.file(sha256)).not.toBeNull();
});

test('only what is over goes to the trash, only what is there can be deleted, and a run that comes back is as it was', async () => {
  const { history, service, changed } = await begin();
  await history.putRuns(everyState.map((state, n) => aRun(n + 1, { state })));
  const over = everyState.flatMap((state, n) => (isOver(state) ? [n + 1] : []));
  const [first = 0] = over;
  await service.star([first], true);
  await service.note(first, 'kept');
  await service.tag([first], ' "Best"  Of ', true);
  const all = everyState.map((_, n) => n + 1);
  const left = all.length - over.length;
  // One that is not there is neither gone nor left.
  expect(await service.trash([...all, 999])).toEqual({ gone: over, left });
  expect(changed.at(-1)).toEqual(over);
  expect(await service.trash(all)).toEqual({ gone: [], left });
  await service.restore([first]);
  expect(await service.marks(first)).toEqual({
    star: true,
    note: 'kept',
    tags: ['best of'],
    deletedAt: null,
  });
  expect(await service.purge([first])).toEqual({ runs: 0, bytes: 0 });
  expect(await history.run(first)).not.toBeNull();
});

test('what lay in the trash for thirty days goes at the next start, and what it cost still counts', async () => {
  const { history, service } = await begin();
  const price = { amount: 0.5, unit: 'images', currency: 'USD' };
  await history.putRuns(
    [1, 2].map((id) => aRun(id, { ...done, money: { estimate: null, price, billableUnits: 1 } })),
  );
  const now = Date.now();
  await history.trash([1], now - TRASH_DAYS * DAY - 1);
  await history.trash([2], now - TRASH_DAYS * DAY + 60_000);
  expect(await history.spending(0)).toMatchObject([{ amount: 1, runs: 2 }]);
  await service.empty();
  expect([await history.run(1), (await history.run(2))?.id]).toEqual([null, 2]);
});

test('counts are of what fits, the most frequent first, and of the trash as a whole', async () => {
  const { history, service } = await begin();
  const at = (month: number, n: number): number => new Date(2026, month - 1, 15).getTime() * 1000 + n;
  const price = { amount: 0.5, unit: 'images', currency: 'EUR' };
  await history.putRuns([
    aRun(at(1, 1), {
      ...done,
      output: 'x',
      endpointId: 'b/b',
      money: { estimate: null, price, billableUnits: 3 },
    }),
    aRun(at(3, 2), { ...done, media: [stored('d'.repeat(64))], profileId: 'work', origin: 'live' }),
    aRun(at(3, 3), { state: { kind: 'cancelled', word: null } }),
    aRun(at(3, 4), done),
  ]);
  await service.star([at(1, 1)], true);
  await service.tag([at(1, 1), at(3, 2)], 'birds', true);
  await service.tag([at(3, 2)], 'attic', true);
  await service.trash([at(3, 4)]);
  expect(await service.facets('')).toEqual({
    total: 3,
    models: [
      { value: 'acme/bird', count: 2 },
      { value: 'b/b', count: 1 },
    ],
    kinds: [
      { value: 'file', count: 1 },
      { value: 'text', count: 1 },
    ],
    standings: [
      { value: 'done', count: 2 },
      { value: 'cancelled', count: 1 },
    ],
    months: [
      { value: '2026-03', count: 2 },
      { value: '2026-01', count: 1 },
    ],
    tags: [
      { value: 'birds', count: 2 },
      { value: 'attic', count: 1 },
    ],
    profiles: [
      { value: 'local', count: 2 },
      { value: 'work', count: 1 },
    ],
    starred: 1,
    live: 1,
    cost: [{ currency: 'EUR', amount: 1.5 }],
    unpriced: 0,
    trashed: 1,
  });
  expect(await service.facets('kind:file wren')).toMatchObject({
    total: 1,
    models: [{ value: 'acme/bird', count: 1 }],
    tags: [{ count: 1 }, { count: 1 }],
    trashed: 1,
  });
  expect(await service.facets('is:trashed')).toMatchObject({ total: 1, unpriced: 1 });
});

test('the marks of many runs are counted, of those that are there, whichever of them anybody looked at', async () => {
  const { history, service } = await begin();
  await history.putRuns([1, 2, 3, 4].map((id) => aRun(id, done)));
  await service.star([1, 2, 4], true);
  await service.tag([1, 2], 'wren', true);
  await service.tag([2, 4], 'owl', true);
  expect(await service.marksOf([1, 2, 3, 99])).toEqual({
    runs: 3,
    stars: 2,
    tags: [
      { tag: 'owl', count: 1 },
      { tag: 'wren', count: 2 },
    ],
  });
  expect(await service.marksOf([99])).toEqual({ runs: 0, stars: 0, tags: [] });
});
