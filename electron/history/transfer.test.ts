import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempDir } from './history.fixture.ts';
import { aStore, everything, fill } from './transfer.fixture.ts';

const ALL = { kind: 'search', text: '' } as const;

describe('a history out and in again', () => {
  test.each([
    ['zip', 1],
    ['folder', 2],
  ] as const)('as a %s is the same in rows, logs, marks and files (seed %i)', async (form, seed) => {
    const before = await aStore();
    await fill(before, 60, seed);
    const path = join(await tempDir(), 'all.zip');
    const out = await before.transfers.export(ALL, form, path);
    expect(out).toMatchObject({ ok: true, value: { path, runs: 60, missing: 0, unreadable: 0 } });

    const after = await aStore();
    const into = await after.transfers.import(path);
    const files = (await everything(after)).files.length;
    expect(into).toEqual({
      ok: true,
      value: { added: 60, here: 0, files, missing: 0, altered: 0, unreadable: 0, problems: [], lacking: 0 },
    });
    // Files that no run names do not go along.
    const was = await everything(before);
    const named = new Set((await everything(after)).files.map(({ name }) => name));
    expect(await everything(after)).toEqual({
      ...was,
      files: was.files.filter(({ name }) => named.has(name)),
    });
    expect(await readdir(join(path, '..'))).toEqual(['all.zip']);

    expect(await after.transfers.import(path)).toMatchObject({ value: { added: 0, here: 60, files: 0 } });
    expect((await everything(after)).runs).toEqual(was.runs);
  });
});
