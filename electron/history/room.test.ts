import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keptFiles, sha } from './kept-files.fixture.ts';
import { RoomKeeper } from './room.ts';

const GB = 1_000_000_000;

async function begin(free = 50 * GB) {
  const kept = await keptFiles();
  const notices: string[] = [];
  let changes = 0;
  const disk = { free };
  const room = new RoomKeeper({
    ...kept,
    notice: (sentence) => notices.push(sentence),
    changed: () => (changes += 1),
    freeBytes: () => Promise.resolve(disk.free),
  });
  const isHere = (bytes: string): boolean => existsSync(kept.media.pathOf(sha(bytes)));
  return { ...kept, room, disk, notices, isHere, changes: () => changes };
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
