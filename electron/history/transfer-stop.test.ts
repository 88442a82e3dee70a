import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRuns } from './export-runs.ts';
import { tempDir } from './history.fixture.ts';
import { aNearStore, fill } from './transfer.fixture.ts';

const ALL = { kind: 'search', text: '' } as const;

test.each(['zip', 'folder'] as const)('closed, nothing is left of an export as a %s', async (form) => {
  const store = await aNearStore();
  await fill(store, 3, 1);
  const folder = await tempDir();
  const out = store.transfers.export(ALL, form, join(folder, 'all'));
  await store.transfers.close();
  expect(await readdir(folder)).toEqual([]);
  expect(await out).toMatchObject({ error: { kind: 'cancelled' } });
  // With nothing under way there is nothing to wait for.
  await store.transfers.close();
});

test('a stop does not wait for the end of a file', async () => {
  const store = await aNearStore();
  const { history, media } = store;
  await fill(store, 5, 1);
  const { ids } = await history.search({
    query: { terms: [], problems: [] },
    order: 'oldest',
    after: null,
    limit: 5,
  });
  const stop = new AbortController();
  const out = exportRuns({
    history,
    media,
    ids,
    signal: stop.signal,
    told: () => undefined,
    sink: {
      line: async () => undefined,
      file: () => {
        stop.abort(new Error('stopped'));
        return new Promise(() => undefined);
      },
      end: async () => undefined,
      drop: async () => undefined,
    },
  });
  await expect(out).rejects.toThrow('stopped');
});

test('what a kill left of exports is gone with the next one there, and what is being written is not', async () => {
  const store = await aNearStore();
  const folder = await tempDir();
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  await mkdir(join(folder, '.History 2026-01-01.part', 'media'), { recursive: true });
  await mkdir(join(folder, '.History 2026-01-02.part', 'media'), { recursive: true });
  const files = ['.History 2026-01-01.zip.part', '.History 2026-01-03.zip.part', '.other.part'];
  for (const name of files) await writeFile(join(folder, name), 'PK');
  const old = [
    '.History 2026-01-01.part/media',
    '.History 2026-01-01.part',
    '.History 2026-01-02.part',
    '.History 2026-01-01.zip.part',
    '.other.part',
  ];
  for (const name of old) await utimes(join(folder, name), yesterday, yesterday);
  expect(await store.transfers.export(ALL, 'zip', join(folder, 'new.zip'))).toMatchObject({ ok: true });
  expect((await readdir(folder)).toSorted()).toEqual([
    '.History 2026-01-02.part',
    '.History 2026-01-03.zip.part',
    '.other.part',
    'new.zip',
  ]);
});
