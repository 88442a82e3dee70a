import { existsSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keptFiles, sha } from './kept-files.fixture.ts';
import { RoomKeeper } from './room.ts';

const GB = 1_000_000_000;

async function begin(free = 50 * GB) {
  const kept = await keptFiles();
  const notices: string[] = [];
  let changes = 0;
  const disk = { free };
  const given = {
    ...kept,
    notice: (sentence: string) => notices.push(sentence),
    changed: () => (changes += 1),
    freeBytes: () => Promise.resolve(disk.free),
  };
  const room = new RoomKeeper(given);
  const isHere = (bytes: string): boolean => existsSync(kept.media.pathOf(sha(bytes)));
  return { ...kept, given, room, disk, notices, isHere, changes: () => changes };
}

test('what the files take, and what is free', async () => {
  const { room, brought } = await begin();
  await brought(1, ['four', 'fives']);
  expect(await room.room()).toEqual({
    files: { files: 2, bytes: 9 },
    small: { files: 0, bytes: 0 },
    database: expect.any(Number),
    free: 50 * GB,
    quota: null,
    takenAway: { files: 0, bytes: 0 },
  });
  expect((await room.room()).database).toBeGreaterThan(10_000);
});

test('beyond the quota the oldest go first, and their rows say so', async () => {
  const { room, history, brought, isHere, changes } = await begin();
  await brought(1, ['oldest', 'shared']);
  await brought(2, ['second']);
  await brought(3, ['third', 'shared']);
  const now = await room.setQuota('thirdshared'.length);
  expect(['oldest', 'second', 'third', 'shared'].map((name) => [name, isHere(name)])).toEqual([
    ['oldest', false],
    ['second', false],
    ['third', true],
    ['shared', true],
  ]);
  expect(now.takenAway).toEqual({ files: 2, bytes: 12 });
  expect((await history.fileRow(sha('oldest')))?.removedAt).toBeGreaterThan(0);
  expect(await history.run(1)).not.toBeNull();
  expect(changes()).toBe(1);
});

test('never those of starred runs, of runs under way, of drafts, nor what came within the hour', async () => {
  const { room, history, brought, isHere } = await begin();
  await brought(1, ['starred']);
  await brought(2, ['under-way'], { state: { kind: 'saving', done: 1, total: 2 } });
  await brought(3, ['drafted']);
  await brought(Date.now() * 1000, ['new']);
  await brought(4, ['other']);
  await history.star([1], true);
  await history.keep('draft:acme/bird', { image_url: [`media:${sha('drafted')}`] }, 1);
  await room.setQuota(1);
  const left = ['starred', 'under-way', 'drafted', 'new', 'other'].filter(isHere);
  expect(left).toEqual(['starred', 'under-way', 'drafted', 'new']);
});

test('never what still waits to be copied into the person’s own folder', async () => {
  const { room, history, brought, isHere } = await begin();
  await brought(1, ['waits']);
  await brought(2, ['other']);
  await history.keep('saving:waiting', [1], 1);
  await room.setQuota(1);
  expect(['waits', 'other'].filter(isHere)).toEqual(['waits']);
  await history.keep('saving:waiting', [], 2);
  await room.setQuota(1);
  expect(isHere('waits')).toBe(false);
});

test('what is in the trash goes first, unless another run needs it', async () => {
  const { room, history, brought, isHere } = await begin();
  await brought(1, ['old1', 'both']);
  await brought(2, ['bin2', 'both']);
  await history.trash([2], 1);
  await room.setQuota('old1both'.length);
  expect(['old1', 'both', 'bin2'].filter(isHere)).toEqual(['old1', 'both']);
});

test('a quota that cannot be met is said once, and looked into again only after something changed', async () => {
  const { history, media, dir, notices, brought, isHere } = await begin();
  let looks = 0;
  const room = new RoomKeeper({
    dir,
    history: { ...history, spareFiles: (wish) => ((looks += 1), history.spareFiles(wish)) },
    media,
    notice: (sentence) => notices.push(sentence),
    changed: () => undefined,
  });
  onTestFinished(() => room.close());
  await brought(1, ['starred']);
  await history.star([1], true);
  await room.setQuota(1);
  await room.keepWithin();
  expect([looks, notices]).toEqual([1, [expect.stringContaining('take 7 bytes, and they may take 1 byte')]]);
  await brought(2, ['more']);
  await room.keepWithin();
  expect([looks, isHere('more')]).toEqual([2, false]);
  await room.keepWithin();
  expect(looks).toBe(2);
  await history.star([1], false);
  room.marked();
  await room.keepWithin();
  expect([looks, isHere('starred'), notices.length]).toEqual([3, false, 1]);
});

test('the quota holds over a start, and without one nothing goes', async () => {
  const { room, dir, history, media, brought, isHere } = await begin();
  await room.setQuota(GB);
  await brought(1, ['here']);
  const next = new RoomKeeper({ dir, history, media, notice: () => undefined, changed: () => undefined });
  await next.open();
  next.close();
  expect((await next.room()).quota).toBe(GB);
  expect((await next.room()).free).toBeGreaterThan(0);
  await next.setQuota(null);
  await next.keepWithin();
  expect(isHere('here')).toBe(true);
});

test('a file that comes again is no longer one that was taken away', async () => {
  const { room, history, brought, isHere } = await begin();
  const run = await brought(1, ['again']);
  await room.setQuota(1);
  expect(isHere('again')).toBe(false);
  await brought(2, ['again']);
  expect(isHere('again')).toBe(true);
  expect((await history.fileRow(sha('again')))?.removedAt).toBeNull();
  expect(run.media).toHaveLength(1);
});

test('a file that the disk does not let go is said to be there, and the others go', async () => {
  const { room, history, media, brought, isHere } = await begin();
  await brought(1, ['stuck']);
  await brought(2, ['loose']);
  // A folder of that name is not removed as a file is.
  await rm(media.pathOf(sha('stuck')));
  await mkdir(join(media.pathOf(sha('stuck')), 'inner'), { recursive: true });
  const { takenAway } = await room.setQuota(1);
  expect(takenAway).toEqual({ files: 1, bytes: 5 });
  expect((await history.fileRow(sha('stuck')))?.removedAt).toBeNull();
  expect(isHere('loose')).toBe(false);
});

test('a file that comes again while others go stays', async () => {
  const { given, history, brought, isHere } = await begin();
  await brought(1, ['one', 'two']);
  const two = await history.file(sha('two'));
  const racing: typeof history = {
    ...history,
    setRemoved: async (sha256s, at) => {
      await history.setRemoved(sha256s, at);
      if (two !== null) await history.putFile(two);
    },
  };
  await new RoomKeeper({ ...given, history: racing }).setQuota(1);
  expect(['one', 'two'].filter(isHere)).toEqual(['two']);
});

test('what a kill left of files that were to go goes at the next start, but none that has just come', async () => {
  const { room, history, media, brought, isHere } = await begin();
  await brought(1, ['old', 'new']);
  await history.setRemoved([sha('old'), sha('new')], 5000);
  await writeFile(media.pathOf(sha('new')), 'new');
  await utimes(media.pathOf(sha('old')), 1000, 1000);
  await room.open();
  room.close();
  await room.keepWithin();
  expect(['old', 'new'].filter(isHere)).toEqual(['new']);
});

test('that the disk is nearly full is said once, and not while there is enough', async () => {
  const { room, disk, notices, brought } = await begin();
  await room.warn();
  expect(notices).toEqual([]);
  await brought(Date.now() * 1000, ['today']);
  disk.free = 0.6 * GB;
  await room.warn();
  await room.warn();
  expect(notices).toEqual([
    'Only 600.0 MB are free on the disk of the history, and the files of the last day took 5 bytes. Make room before it is full: Settings, “Storage”, shows what takes how much.',
  ]);
});
