import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Health } from '../../shared/ipc/storage.ts';
import type { Run } from '../../shared/runs/run.ts';
import { never } from '../fal/fal.fixture.ts';
import { FileHealth } from './file-health.ts';
import { keptFiles, sha } from './kept-files.fixture.ts';
import { clearLeftOver } from './left-over.ts';
import { verifyMedia } from './media-health.ts';
import { SmallPictures } from './small-pictures.ts';

const LATER = 2 * 3600_000;

async function begin() {
  const kept = await keptFiles();
  const told: Health[] = [];
  const changed: Run[] = [];
  const health = new FileHealth({
    ...kept,
    changed: (run) => changed.push(run),
    tell: (now) => told.push(now),
  });
  const verify = (signal = never()) =>
    verifyMedia({ ...kept, signal, progress: () => undefined, now: Date.now() + LATER });
  /** As if it had been there for some time. */
  const age = (path: string) => utimes(path, new Date(Date.now() - LATER), new Date(Date.now() - LATER));
  const pathOf = (bytes: string): string => kept.media.pathOf(sha(bytes));
  return { ...kept, health, told, changed, verify, age, pathOf };
}

test('what is missing, altered in length or in a byte, or named by nothing is found, and nothing is touched', async () => {
  const { dir, verify, brought, pathOf } = await begin();
  await brought(1, ['well', 'gone', 'longer', 'other']);
  await rm(pathOf('gone'));
  await writeFile(pathOf('longer'), 'longer than it was');
  await writeFile(pathOf('other'), 'rehto');
  const stray = join(dir, 'media', 'ff', 'f'.repeat(64));
  await mkdir(dirname(stray), { recursive: true });
  await writeFile(stray, 'stray');
  await writeFile(join(dir, 'media', 'ff', 'notes.txt'), 'a person’s own');
  const found = await verify();
  expect(found).toEqual({
    files: 4,
    bytes: 'wellgonelongerother'.length,
    missing: [sha('gone')],
    altered: [sha('longer'), sha('other')].toSorted(),
    orphans: [{ path: join('media', 'ff', 'f'.repeat(64)), bytes: 5 }],
    setAside: [],
  });
  expect(existsSync(stray)).toBe(true);
});

test('a file that came this hour may still be written down, and what a draft names is needed', async () => {
  const { dir, history, media, verify } = await begin();
  const [draft, left] = [await media.add(Buffer.from('draft')), await media.add(Buffer.from('left'))];
  for (const file of [draft, left]) if (file.ok) await history.putFile(file.value);
  await history.keep('draft:acme/bird', { image_url: `media:${sha('draft')}` }, 1);
  const now = await verifyMedia({
    dir,
    history,
    signal: never(),
    progress: () => undefined,
    now: Date.now(),
  });
  expect(now?.orphans).toEqual([]);
  expect((await verify())?.orphans.map(({ path }) => path.slice(-64))).toEqual([sha('left')]);
});

test('it tells how far it is, and can be stopped', async () => {
  const { dir, history, brought } = await begin();
  await brought(1, ['one', 'two', 'three']);
  const stop = new AbortController();
  const told: number[] = [];
  const found = await verifyMedia({
    dir,
    history,
    signal: stop.signal,
    now: Date.now(),
    progress: ({ files, ofFiles }) => {
      told.push(files, ofFiles);
      if (files === 2) stop.abort();
    },
  });
  expect(found).toBeNull();
  expect(told).toEqual([1, 3, 2, 3]);
});

test('a repair downloads what is missing or altered, and puts aside what nothing names', async () => {
  const { dir, history, health, told, brought, pathOf, age } = await begin();
  await brought(1, ['gone', 'other', 'lost']);
  await rm(pathOf('gone'));
  await writeFile(pathOf('other'), 'rehto');
  const small = new SmallPictures({ dir, history });
  const strays = [join(dir, 'media', 'ff', 'f'.repeat(64)), small.pathOf('e'.repeat(64))];
  for (const stray of strays) {
    await mkdir(dirname(stray), { recursive: true });
    await writeFile(stray, 'stray');
    await age(stray);
  }
  await health.verify();
  expect(told.at(-1)).toMatchObject({ kind: 'verified', missing: 1, altered: 1, orphans: { files: 2 } });
  await health.repair();
  expect(told.at(-1)).toEqual({
    kind: 'repaired',
    mended: 2,
    other: 0,
    left: 0,
    error: null,
    removed: { files: 2, bytes: 10 },
  });
  expect(strays.map((stray) => existsSync(stray))).toEqual([false, false]);
  const aside = join(dir, 'media', `left-over-${new Date().toISOString().slice(0, 10)}`);
  expect((await readdir(aside)).toSorted()).toEqual([`${'e'.repeat(64)}.webp`, 'f'.repeat(64)]);
  await health.verify();
  expect(told.at(-1)).toMatchObject({ kind: 'verified', missing: 0, altered: 0, orphans: { files: 0 } });
});

test('files of a history that was set aside are no orphans, and stay', async () => {
  const { dir, health, told, age, pathOf, history } = await begin();
  const stray = pathOf('of the other history');
  await mkdir(dirname(stray), { recursive: true });
  await writeFile(stray, 'stray');
  await age(stray);
  const other = join(dir, 'history-2026-01-02T03-04-05-678Z.db');
  await writeFile(other, '');
  await health.verify();
  expect(told.at(-1)).toMatchObject({ orphans: { files: 0 }, setAside: { files: 1, bytes: 5 } });
  await health.repair();
  expect([told.at(-1), existsSync(stray)]).toMatchObject([{ removed: { files: 0 } }, true]);
  await rm(other);
  await health.verify();
  expect(told.at(-1)).toMatchObject({ orphans: { files: 1 }, setAside: { files: 0 } });
  // It was set aside by another start meanwhile.
  await writeFile(other, '');
  await health.repair();
  expect([told.at(-1), existsSync(stray)]).toMatchObject([{ removed: { files: 0 } }, true]);
  await rm(other);
  const looked = await verifyMedia({
    dir,
    history,
    look: true,
    signal: never(),
    progress: () => undefined,
    now: Date.now(),
  });
  expect(looked?.orphans).toEqual([]);
});

test('what has come into use since the look is not put aside', async () => {
  const { history, media, health, told, age, pathOf } = await begin();
  for (const bytes of ['drafted', 'left', 'again']) {
    const file = await media.add(Buffer.from(bytes));
    if (file.ok) await history.putFile(file.value);
    await age(pathOf(bytes));
  }
  await health.verify();
  expect(told.at(-1)).toMatchObject({ orphans: { files: 3 } });
  await media.add(Buffer.from('again'));
  const asked = history.unnamedFiles;
  const unnamedFiles = async () => {
    const unnamed = await asked();
    await history.keep('draft:acme/bird', { image_url: `media:${sha('drafted')}` }, 1);
    return unnamed;
  };
  Object.assign(history, { unnamedFiles });
  await health.repair();
  expect(told.at(-1)).toMatchObject({ removed: { files: 1 } });
  expect(['drafted', 'left', 'again'].filter((bytes) => existsSync(pathOf(bytes)))).toEqual([
    'drafted',
    'again',
  ]);
  expect(await history.file(sha('drafted'))).not.toBeNull();
});

test('what was put aside goes after thirty days, and not while a history is set aside', async () => {
  const { dir } = await begin();
  for (const day of ['2026-01-01', '2026-01-20'])
    await mkdir(join(dir, 'media', `left-over-${day}`), { recursive: true });
  const left = async () => (await readdir(join(dir, 'media'))).filter((name) => name.startsWith('left'));
  const later = Date.parse('2026-02-05');
  await writeFile(join(dir, 'history-1.db'), '');
  await clearLeftOver(dir, later);
  expect(await left()).toHaveLength(2);
  await rm(join(dir, 'history-1.db'));
  await clearLeftOver(dir, later);
  expect(await left()).toEqual(['left-over-2026-01-20']);
});

test('what lies at the address now is kept as another file of the run; what is not there any more is left and said', async () => {
  const { history, health, told, served, changed, brought, pathOf } = await begin();
  await brought(1, ['gone', 'moved']);
  await rm(pathOf('gone'));
  await rm(pathOf('moved'));
  served.delete('gone');
  served.set('moved', 'moved on');
  await health.verify();
  await health.repair();
  expect(told.at(-1)).toMatchObject({ kind: 'repaired', mended: 0, other: 1, left: 1 });
  expect(told.at(-1)).toMatchObject({ error: { kind: 'network', detail: expect.stringContaining('404') } });
  const run = await history.run(1);
  expect(run?.media.map((item) => item.kind === 'stored' && item.sha256)).toEqual([
    sha('gone'),
    sha('moved on'),
  ]);
  expect(changed).toEqual([run]);
  expect(await history.file(sha('moved'))).toBeNull();
});

test('of one file it is said what is the matter, and it comes again', async () => {
  const { history, health, brought, pathOf } = await begin();
  await brought(1, ['well', 'gone', 'spared']);
  await rm(pathOf('gone'));
  await history.setRemoved([sha('spared')], 5000);
  await rm(pathOf('spared'));
  const trouble = (bytes: string) => health.troubleOf(sha(bytes));
  expect(await trouble('well')).toBeNull();
  expect(await trouble('nobody’s')).toBeNull();
  expect(await trouble('gone')).toEqual({ kind: 'missing', at: null });
  expect(await trouble('spared')).toEqual({ kind: 'taken_away', at: 5000 });
  for (const bytes of ['gone', 'spared'])
    expect([bytes, (await health.fetchAgain(sha(bytes))).ok, await trouble(bytes)]).toEqual([
      bytes,
      true,
      null,
    ]);
  expect(await history.fileSums()).toMatchObject({ files: 3, removedFiles: 0 });
});

test('a file that came within the answer cannot be downloaded, and why is said', async () => {
  const { history, health, brought, pathOf } = await begin();
  const { media, ...run } = await brought(1, ['inline']);
  await history.putRun({ ...run, media: media.map((item) => ({ ...item, url: '' })) });
  await rm(pathOf('inline'));
  expect(await health.fetchAgain(sha('inline'))).toMatchObject({
    ok: false,
    error: { kind: 'not_found', detail: 'No run holds an address of it.' },
  });
});
