import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Health } from '../../shared/ipc/storage.ts';
import { checkWords } from './check-words.ts';

const verified = {
  kind: 'verified',
  at: 1,
  files: 1200,
  bytes: 3_400_000,
  missing: 0,
  altered: 0,
  orphans: { files: 0, bytes: 0 },
  setAside: { files: 0, bytes: 0 },
  troubles: [],
} as const satisfies Health;
const repaired = {
  kind: 'repaired',
  mended: 0,
  other: 0,
  left: 0,
  error: null,
  removed: { files: 0, bytes: 0 },
} as const satisfies Health;

test.each<[Health, readonly string[]]>([
  [{ kind: 'unknown' }, []],
  [{ kind: 'verifying', files: 0, ofFiles: 0, bytes: 0, ofBytes: 0 }, ['Looking…']],
  [
    { kind: 'verifying', files: 3, ofFiles: 1200, bytes: 900, ofBytes: 3_400_000 },
    ['3 of 1,200 files, 900 bytes of 3.4 MB.'],
  ],
  [verified, ['All is well: 1,200 files, 3.4 MB.']],
  [
    { ...verified, missing: 1, altered: 2, orphans: { files: 1, bytes: 5000 } },
    ['1 file is missing.', '2 files are not what was kept.', '1 file of 5 KB that nothing needs.'],
  ],
  [
    { ...verified, setAside: { files: 2, bytes: 5000 } },
    ['2 files of 5 KB kept for the history that was set aside.'],
  ],
  [{ kind: 'repairing', done: 1, of: 4 }, ['Downloading again: 1 of 4.']],
  [
    { ...repaired, mended: 2, other: 1, removed: { files: 3, bytes: 10 } },
    [
      '2 files are as before.',
      'At the address of 1 file lies another now, which was taken in its place.',
      '3 files of 10 bytes put aside, to be removed after 30 days.',
    ],
  ],
  [
    { ...repaired, left: 1, error: appError('network', 'A file could not be copied') },
    ['1 file could not be had again. A file could not be copied'],
  ],
  [repaired, ['Nothing was changed.']],
  [{ kind: 'failed', error: appError('storage', 'No', { hint: 'Try again.' }) }, ['No. Try again.']],
])('%j', (health, words) => expect(checkWords(health)).toEqual(words));
