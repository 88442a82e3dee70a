import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { tempDir } from '../../electron/history/history.fixture.ts';
import { typeOfResult } from '../../electron/history/sniff.ts';
import { findMedia } from '../../shared/media/find.ts';
import { generateHistory } from './generate.ts';

const UNTIL = Date.UTC(2026, 9, 1);
const RUNS = 300;
const FILES = 60;

async function generated(dir: string) {
  const made = await generateHistory({ dir, runs: RUNS, files: FILES, seed: 3, until: UNTIL });
  const database = new HistoryDatabase(join(dir, 'history.db'));
  const { runs } = database.page({ before: null, limit: RUNS, endpointId: null });
  const found = database.search({
    query: { terms: [], problems: [] },
    order: 'newest',
    after: null,
    limit: RUNS,
  });
  const { total } = database.facets({ terms: [], problems: [] });
  database.close();
  return { made, runs, ids: found.ids, total };
}

test('a history that is made: every row is read as a run, every file whole and what it is called', async () => {
  const dir = await tempDir();
  const { made, runs, ids, total } = await generated(dir);
  expect(made.runs).toBe(RUNS);
  // Some few are in the trash.
  expect(runs.length).toBeGreaterThan(RUNS * 0.9);
  expect(runs.map(({ id }) => id)).toEqual(ids);
  expect(total).toBe(runs.length);
  expect(new Set(runs.map(({ state }) => state.kind)).size).toBeGreaterThan(2);
  for (const { output, media, times } of runs) {
    expect(times.created).toBeLessThanOrEqual(UNTIL);
    // The rows name the files that are in the answer, and no other.
    expect(findMedia(output).map(({ url }) => url)).toEqual(
      expect.arrayContaining(media.map(({ url }) => url)),
    );
  }
  const kinds = new Map(
    runs.flatMap(({ media }) =>
      media.flatMap((item) => (item.kind === 'stored' ? [[item.sha256, item.contentType]] : [])),
    ),
  );
  const there = await readdir(join(dir, 'media'), { recursive: true, withFileTypes: true });
  const files = there.filter((entry) => entry.isFile());
  expect(files).toHaveLength(made.files);
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
    const contentType = kinds.get(name) ?? (await typeOfResult(bytes.subarray(0, 4100), null, null));
    expect(await typeOfResult(bytes.subarray(0, 4100), contentType, null)).toBe(contentType);
  }
});

test('the same seed makes the same history', async () => {
  const [one, other] = [await generated(await tempDir()), await generated(await tempDir())];
  expect(one.runs).toEqual(other.runs);
});
