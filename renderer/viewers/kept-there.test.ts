import { expect, test } from 'vitest';
import { filesKeptWords, recordKeptWords } from './kept-there.ts';

const DAY = 86_400_000;
const ended = Date.UTC(2026, 10, 1);
const times = { created: 1, submitted: 1, queued: 1, started: 1, ended, inferenceSeconds: null };
const run = { options: {}, times, method: 'queue', requestId: 'r' } as const;

test('files are kept as long as was asked for, and nothing is said of what was not', () => {
  const week = { ...run, options: { lifecycle: { expiresIn: '7d' } } } as const;
  expect(filesKeptWords(week, ended + 6 * DAY)).toMatch(/^fal keeps its files until .*2026/);
  expect(filesKeptWords(week, ended + 8 * DAY)).toMatch(/^fal kept its files until .*2026.*no longer/);
  expect(filesKeptWords({ ...run, options: { lifecycle: { expiresIn: 90 } } }, ended + 91_000)).toMatch(
    /^fal kept/,
  );
  for (const options of [{}, { lifecycle: {} }, { lifecycle: { expiresIn: 'never' } }] as const)
    expect(filesKeptWords({ ...run, options }, ended)).toBeNull();
  expect(filesKeptWords({ ...week, times: { ...times, ended: null } }, ended)).toBeNull();
});

test('fal’s own record goes after 30 days, or is not kept at all', () => {
  expect(recordKeptWords(run, ended)).toMatch(/^until .*2026/);
  expect(recordKeptWords(run, ended + 31 * DAY)).toMatch(/^gone/);
  expect(recordKeptWords({ ...run, options: { storeIo: false } }, ended)).toMatch(/^not kept/);
  expect(recordKeptWords({ ...run, method: 'direct' }, ended)).toBeNull();
  expect(recordKeptWords({ ...run, requestId: null }, ended)).toBeNull();
  expect(recordKeptWords({ ...run, times: { ...times, ended: null } }, ended)).toBeNull();
});
