import { setImmediate as turn } from 'node:timers/promises';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { value } from '../fal.fixture.ts';
import { openDiskFile } from './disk-file.ts';
import { PIECE } from './readable.ts';
import type { Readable } from './readable.ts';
import { folder } from './storage.fixture.ts';

/** A file that holds at each place the number of that place. */
async function numbered(count: number): Promise<Readable> {
  const path = join(await folder(), 'numbers');
  await writeFile(path, new Uint8Array(Uint32Array.from({ length: count }, (_, i) => i).buffer));
  const file = value(await openDiskFile(path));
  onTestFinished(() => file.close());
  return file;
}

const isFrom = (piece: Uint8Array, at: number): boolean =>
  new Uint32Array(piece.buffer, piece.byteOffset, piece.byteLength / 4).every(
    (number, i) => number === at / 4 + i,
  );

test('several readers at once, some of which leave early, never see another’s bytes', async () => {
  const file = await numbered(3 * 2 ** 20);
  const wrong: string[] = [];
  const read = async (from: number, to: number, most: number): Promise<number> => {
    let [at, pieces] = [from, 0];
    for await (const piece of file.pieces(from, to)) {
      // A piece is good until the next is asked for, whatever else goes on meanwhile.
      for (let i = 0; i < 5; i += 1) await turn();
      if (!isFrom(piece, at)) wrong.push(`${from}: ${at}`);
      at += piece.byteLength;
      pieces += 1;
      if (pieces === most) break;
    }
    return at - from;
  };
  const rounds = Array.from({ length: 24 }, (_, i) => i);
  const lengths = await Promise.all(
    [0, 1, 2, 3].map(async (reader) => {
      const sizes: number[] = [];
      for (const i of rounds.filter((round) => round % 4 === reader)) {
        const from = i * 4 * 1001;
        sizes.push(await read(from, from + 3 * PIECE + 400, i % 3 === 0 ? 2 : 99));
      }
      return sizes;
    }),
  );
  expect(wrong).toEqual([]);
  expect(new Set(lengths.flat())).toEqual(new Set([2 * PIECE, 3 * PIECE + 400]));
});

test('a reader reads one piece ahead and no further', async () => {
  const file = await numbered(2 ** 20);
  const reader = file.pieces(0, file.size)[Symbol.asyncIterator]();
  const first = await reader.next();
  const second = await reader.next();
  expect([first.value, second.value].map((piece) => piece?.byteLength)).toEqual([PIECE, PIECE]);
  const third = await reader.next();
  // Two places, used in turns.
  const [one, two, three] = [first, second, third].map((read) => read.value?.buffer);
  expect([three === one, three === two]).toEqual([true, false]);
  await reader.return?.();
});
