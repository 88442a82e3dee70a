import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import { never } from '../fal/fal.fixture.ts';
import { NOTHING_SENT, uploadMedia } from './upload-media.ts';
import type { SendFile } from './upload-media.ts';

const sha = (letter: string): string => letter.repeat(64);
const input = (...letters: readonly string[]) => ({
  prompt: 'a wren',
  image_urls: letters.map((letter) => `media:${sha(letter)}`),
});
const address = (sha256: string): string => `https://v3.fal.media/${sha256[0]}`;
const quiet = (): Promise<void> => Promise.resolve();

test('each file once, four at a time, and the request with their addresses', async () => {
  const asked: string[] = [];
  let [now, most] = [0, 0];
  const send: SendFile = async (sha256) => {
    asked.push(sha256);
    now += 1;
    most = Math.max(most, now);
    await quiet();
    now -= 1;
    return ok(address(sha256));
  };
  const told: string[] = [];
  const sent = await uploadMedia(
    input('a', 'b', 'a', 'c', 'd', 'e'),
    send,
    async (done, total) => void told.push(`${done}/${total}`),
    never(),
  );
  expect(sent).toEqual(
    ok({ prompt: 'a wren', image_urls: ['a', 'b', 'a', 'c', 'd', 'e'].map((letter) => address(letter)) }),
  );
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e'].map(sha));
  expect(most).toBe(4);
  expect(told).toEqual(['0/5', '1/5', '2/5', '3/5', '4/5', '5/5']);
});

test('one that fails stops the others, and its own words are told, with what it means', async () => {
  const asked: string[] = [];
  const send: SendFile = (sha256, signal) => {
    asked.push(sha256);
    if (sha256 === sha('b')) return Promise.resolve(fail(appError('network', 'Away', { detail: 'why' })));
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(fail(appError('cancelled', 'Stopped'))));
    });
  };
  const sent = await uploadMedia(input('a', 'b', 'c', 'd', 'e', 'f'), send, quiet, never());
  expect(sent).toEqual(
    fail(appError('network', 'Away', { detail: 'why', hint: `${NOTHING_SENT} Run again in a moment.` })),
  );
  expect(asked).toEqual(['a', 'b', 'c', 'd'].map(sha));
});

test.each([
  ['auth', /nothing is paid.*Settings/],
  ['input', /nothing is paid.*Choose the file again/],
] as const)('%s: what to do is said', async (kind, hint) => {
  const send: SendFile = () => Promise.resolve(fail(appError(kind, 'No', { hint: 'other' })));
  expect(await uploadMedia(input('a'), send, quiet, never())).toMatchObject({
    error: { kind, hint: expect.stringMatching(hint) },
  });
});

test('after a stop nothing more begins', async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const send: SendFile = async (sha256) => {
    asked.push(sha256);
    stop.abort();
    return ok(address(sha256));
  };
  const told: number[] = [];
  await uploadMedia(input('a', 'b', 'c', 'd'), send, async (done) => void told.push(done), stop.signal);
  expect(asked).toEqual([sha('a')]);
  expect(told).toEqual([0]);
});
