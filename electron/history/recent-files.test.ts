import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { FileMedium } from '../../shared/media/input.ts';
import type { RunMedia } from '../../shared/runs/run.ts';
import { aRun, tempHistory } from './history.fixture.ts';

function stored(n: number, contentType: string): RunMedia {
  return {
    kind: 'stored',
    path: ['images', n],
    medium: 'file',
    sha256: String(n).padStart(64, '0'),
    contentType,
    bytes: n,
    width: null,
    height: null,
    fileName: `${n}.bin`,
    url: `https://example.com/${n}`,
  };
}

const TYPES = ['image/png', 'video/mp4', 'image/gif', 'audio/mpeg', 'model/gltf-binary', 'text/plain'];

/** A run a type, and one of two pictures that is the newest. */
async function begin() {
  const { history } = await tempHistory();
  for (const [at, type] of TYPES.entries())
    await history.putRun(aRun(at + 1, { media: [stored(at + 1, type)] }));
  await history.putRun(aRun(10, { media: [stored(10, 'image/webp'), stored(11, 'image/jpeg')] }));
  return history;
}

const bytesOf = (files: readonly { readonly bytes: number }[]): number[] => files.map(({ bytes }) => bytes);

test.each<[FileMedium, number[]]>([
  ['image', [10, 11, 3, 1]],
  ['video', [3, 2]],
  ['audio', [4, 2]],
  ['model', [6, 5]],
  ['any', [10, 11, 6, 5, 4, 3, 2, 1]],
])('%s: the files of results that suit it, newest first', async (medium, wanted) => {
  const history = await begin();
  const { files, before } = await history.recentFiles({ medium, before: null, limit: 50 });
  expect(bytesOf(files)).toEqual(wanted);
  expect(before).toBeNull();
});

test('pages follow each other without a gap, and a run stays whole', async () => {
  const history = await begin();
  const first = await history.recentFiles({ medium: 'image', before: null, limit: 1 });
  expect(bytesOf(first.files)).toEqual([10, 11]);
  const second = await history.recentFiles({ medium: 'image', before: first.before, limit: 1 });
  expect(bytesOf(second.files)).toEqual([3]);
  const third = await history.recentFiles({ medium: 'image', before: second.before, limit: 1 });
  expect([bytesOf(third.files), third.before]).toEqual([[1], null]);
});

test('what is in the trash is not offered, and comes back with its run', async () => {
  const history = await begin();
  const first = async (): Promise<number | undefined> =>
    bytesOf((await history.recentFiles({ medium: 'image', before: null, limit: 9 })).files)[0];
  await history.putRun(aRun(20, { state: { kind: 'succeeded' }, media: [stored(20, 'image/png')] }));
  await history.trash([20], 1);
  expect(await first()).toBe(10);
  await history.restore([20]);
  expect(await first()).toBe(20);
});

test('files that are only at their address, and runs without any, are none', async () => {
  const { history } = await tempHistory();
  const error = appError('network', 'Away');
  const remote: RunMedia = { kind: 'remote', path: [], medium: 'image', url: 'https://example.com/a', error };
  await history.putRun(aRun(1, { media: [remote] }));
  await history.putRun(aRun(2));
  expect(await history.recentFiles({ medium: 'any', before: null, limit: 9 })).toEqual({
    files: [],
    before: null,
  });
});

test('a file its model marked as not for every eye says so, and its neighbours do not', async () => {
  const { history } = await tempHistory();
  const media = [stored(0, 'image/png'), stored(1, 'image/png')];
  await history.putRun(aRun(1, { media, output: { images: [], has_nsfw_concepts: [false, true] } }));
  await history.putRun(aRun(2, { media: [stored(2, 'image/png')], output: { note: 'nothing of the kind' } }));
  const { files } = await history.recentFiles({ medium: 'image', before: null, limit: 10 });
  expect(files.map(({ bytes, flagged }) => [bytes, flagged])).toEqual([
    [2, false],
    [0, false],
    [1, true],
  ]);
});
