import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import type { Saving } from '../../shared/ipc/saving.ts';
import type { Run, RunMedia } from '../../shared/runs/run.ts';
import { aRun, smallDisk, tempDir, tempHistory } from '../history/history.fixture.ts';
import { MediaStore } from '../history/media-store.ts';
import { PictureRequests } from './picture-requests.ts';
import { readText } from './png-text.ts';
import { SavingService } from './saving-service.ts';

/** The real database and media store; `again` is the next start of the program. */
async function setUp(folder?: string) {
  const { history, dir } = await tempHistory();
  const media = new MediaStore(dir);
  await media.open();
  const results = folder ?? join(await tempDir(), 'results');
  await mkdir(results, { recursive: true });
  const told: Saving[] = [];
  const noticed: string[] = [];
  const start = async (): Promise<SavingService> => {
    const service: SavingService = new SavingService({
      history,
      media,
      requests: new PictureRequests({ history, on: () => service.get().requests, program: 'test 0' }),
      changed: (saving) => told.push(saving),
      notice: (sentence) => noticed.push(sentence),
    });
    await service.open();
    return service;
  };
  const store = async (text: string | Uint8Array, fileName = 'out.txt'): Promise<RunMedia> => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const added = await media.add(bytes);
    if (!added.ok) throw new Error(added.error.title);
    const { sha256, contentType } = added.value;
    const facts = { path: [], medium: 'file', width: null, height: null, url: '' } as const;
    return { kind: 'stored', sha256, contentType, bytes: bytes.length, fileName, ...facts, path: [] };
  };
  /** A run that ended just now, in the history. */
  const ended = async (id: number, files: RunMedia[], over: Partial<Run> = {}): Promise<Run> => {
    const times = { ...aRun(id).times, ended: Date.now() };
    const run = aRun(id, { media: files, times, state: { kind: 'succeeded' }, ...over });
    await history.putRun(run);
    return run;
  };
  const service = await start();
  const names = async (): Promise<string[]> => (await readdir(results, { recursive: true })).toSorted();
  return { service, start, store, ended, results, names, told, noticed, media };
}

test('each file of a result is copied under a readable name, and once', async () => {
  const { service, store, ended, results, names } = await setUp();
  await service.setFolder(results);
  await service.setPattern('{model}/{prompt}_{n}');
  const run = await ended(1, [await store('one'), await store('two', 'b.json')]);
  service.hear(run);
  service.hear(run);
  expect((await service.retry()).trouble).toBeNull();
  expect(await names()).toEqual(['acme-bird', 'acme-bird/a-wren_1.txt', 'acme-bird/a-wren_2.json']);
  expect(await readFile(join(results, 'acme-bird/a-wren_2.json'), 'utf8')).toBe('two');
});

test('what has the name already is never written over: the other gets a number, the same is left alone', async () => {
  const { service, store, ended, results, names } = await setUp();
  await writeFile(join(results, 'a-wren.txt'), 'somebody’s own');
  await service.setFolder(results);
  await service.setPattern('{prompt}');
  service.hear(await ended(1, [await store('one')]));
  service.hear(await ended(2, [await store('two')]));
  service.hear(await ended(3, [await store('two')]));
  await service.retry();
  expect(await names()).toEqual(['a-wren (2).txt', 'a-wren (3).txt', 'a-wren.txt']);
  expect(await readFile(join(results, 'a-wren.txt'), 'utf8')).toBe('somebody’s own');
});

test('a picture takes its request along, once and until that is switched off', async () => {
  const { service, store, ended, results, names } = await setUp();
  await service.setFolder(results);
  await service.setPattern('{prompt}');
  const picture = Buffer.from(encode({ width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) }));
  const copy = async (name: string): Promise<Buffer> => readFile(join(results, name));
  const file = await store(picture, 'a.png');
  service.hear(await ended(1, [file]));
  // The very same is there already.
  service.hear(await ended(2, [file]));
  await service.retry();
  expect(await names()).toEqual(['a-wren.png']);
  const text = readText(await copy('a-wren.png'), 'fal');
  expect(JSON.parse(text ?? '')).toMatchObject({ endpoint: 'acme/bird', input: { prompt: 'a wren' } });
  await service.setRequests(false);
  service.hear(await ended(3, [file]));
  await service.retry();
  expect(await copy('a-wren (2).png')).toEqual(picture);
});

test('after a restart nothing is copied twice, though the copy was moved, and what was left is taken up', async () => {
  const { service, start, store, ended, results, names } = await setUp();
  await service.setFolder(results);
  await service.setPattern('{n}-{seed}');
  service.hear(await ended(1, [await store('one')], { input: { seed: 1 } }));
  await service.retry();
  await rm(join(results, '1-1.txt'));
  // Ended, and the program with it before it could be told here.
  await ended(2, [await store('two')], { input: { seed: 2 } });
  const next = await start();
  await next.retry();
  // What is found in the history comes after what waits.
  await next.retry();
  expect(await names()).toEqual(['1-2.txt']);
  expect(next.get()).toMatchObject({ on: true, folder: results, pattern: '{n}-{seed}', trouble: null });
});

test('what ended before it was asked for is not copied, nor anything once it is off', async () => {
  const { service, store, ended, results, names } = await setUp();
  const before = await ended(1, [await store('one')], { times: { ...aRun(1).times, ended: 5000 } });
  service.hear(before);
  await service.setFolder(results);
  service.hear(before);
  await service.setOn(false);
  service.hear(await ended(2, [await store('two')]));
  await service.retry();
  expect(await names()).toEqual([]);
});

test('a folder that is gone is said once, nothing is made in its place, and what waited is copied when it is back', async () => {
  const { service, start, store, ended, results, names, told, noticed } = await setUp();
  await service.setFolder(results);
  await service.setPattern('{prompt}-{seed}');
  await rename(results, `${results}-away`);
  service.hear(await ended(1, [await store('one')], { input: { prompt: 'a', seed: 1 } }));
  service.hear(await ended(2, [await store('two')], { input: { prompt: 'a', seed: 2 } }));
  const { trouble } = await service.retry();
  expect(trouble).toMatchObject({ waiting: 2, error: { kind: 'storage' } });
  expect(trouble?.error.title).toBe('The folder for results is not there');
  expect(noticed).toHaveLength(1);
  expect(told.at(-1)?.trouble?.waiting).toBe(2);
  await expect(names()).rejects.toThrow('ENOENT');

  await rename(`${results}-away`, results);
  const next = await start();
  expect((await next.retry()).trouble).toBeNull();
  expect(await names()).toEqual(['a-1.txt', 'a-2.txt']);
});

test('a full disk is said, leaves nothing half written, and another folder takes what waited', async ({
  skip,
}) => {
  const disk = await smallDisk('64k');
  skip(disk === null, 'only the system’s owner may make a disk');
  const { service, store, ended, names } = await setUp(disk?.dir);
  await service.setFolder(disk?.dir ?? '');
  await service.setPattern('{prompt}');
  service.hear(await ended(1, [await store(new Uint8Array(200_000))]));
  const { trouble } = await service.retry();
  expect(trouble?.error.title).toBe('The disk of the folder for results is full');
  expect(await names()).toEqual([]);
  const roomy = await tempDir();
  expect((await service.setFolder(roomy)).trouble).toBeNull();
  expect(await readdir(roomy)).toEqual(['a-wren.txt']);
});

test('a result whose own file is no longer here keeps no other waiting', async () => {
  const { service, store, ended, results, names, media } = await setUp();
  await service.setFolder(results);
  await service.setPattern('{prompt}-{n}');
  const [lost, kept] = [await store('lost'), await store('kept')];
  if (lost.kind === 'stored') await rm(media.pathOf(lost.sha256));
  service.hear(await ended(1, [lost, kept]));
  expect((await service.retry()).trouble).toBeNull();
  expect(await names()).toEqual(['a-wren-2.txt']);
});

test('a setting that cannot be read copies nothing', async () => {
  const { history } = await tempHistory();
  await history.keep('setting:saving', { on: true, folder: 5, pattern: '{what}', since: 0 }, 1);
  const media = new MediaStore(await tempDir());
  const service = new SavingService({
    history,
    media,
    requests: { textOf: () => null },
    changed: () => undefined,
    notice: () => undefined,
  });
  await service.open();
  expect(service.get()).toMatchObject({ on: false, folder: null });
});
