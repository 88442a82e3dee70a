import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tempDir, tempHistory } from '../../electron/history/history.fixture.ts';
import { aStore, everything, fill } from '../../electron/history/transfer.fixture.ts';
import { command } from '../fal/command.fixture.ts';
import type { Told } from '../fal/command.fixture.ts';
import { defaultDir, readArguments } from './arguments.ts';

const SCRIPT = fileURLToPath(new URL('../history.ts', import.meta.url));
const history = (...args: string[]): Promise<Told> => command(SCRIPT, args);

test('out, in, found, reckoned and verified beside the app that has the same history open', async () => {
  const open = await aStore();
  await fill(open, 12, 7);
  const [first] = (await everything(open)).runs;
  const id = first?.run?.id ?? 0;
  await open.history.tag([id], 'chosen', true);
  const out = await tempDir();
  const zip = join(out, 'all.zip');
  const other = join(out, 'other computer');

  const [exported, found, costs] = await Promise.all([
    history('export', zip, '--dir', open.dir),
    history('search', 'tag:chosen', '--dir', open.dir),
    history('csv', join(out, 'costs.csv'), '--month', '2023-11', '--dir', open.dir),
  ]);
  expect(exported.lines.at(-1)).toMatchObject({ type: 'result', data: { path: zip, runs: 12 } });
  expect(found).toMatchObject({
    code: 0,
    lines: [
      { type: 'run', id, tags: expect.arrayContaining(['chosen']), made: expect.stringMatching(/^2023-11/) },
      { type: 'result', data: { runs: 1, more: false } },
    ],
  });
  expect(costs.lines.at(-1)).toMatchObject({ type: 'result', data: { runs: 12 } });
  expect((await readFile(join(out, 'costs.csv'), 'utf8')).split('\r\n')).toHaveLength(14);

  const imported = await history('import', zip, '--dir', other);
  expect(imported).toMatchObject({ code: 0, errors: [] });
  expect(imported.lines.at(-1)).toMatchObject({ data: { added: 12, here: 0 } });

  // Into the history that is open: all of it is there, and the app goes on writing.
  const again = await history('import', zip, '--dir', open.dir);
  expect(again.lines.at(-1)).toMatchObject({ data: { added: 0, here: 12 } });
  await open.history.star([id], true);
  expect(await history('verify', '--dir', open.dir)).toMatchObject({ code: 0, errors: [] });

  const [file] = (await everything(open)).files;
  await rm(open.media.pathOf(file?.name ?? ''));
  expect(await history('verify', '--dir', open.dir)).toMatchObject({
    code: 1,
    lines: [{ problem: 'missing', sha256: file?.name }, { data: { missing: 1 } }],
    errors: [{ error: { kind: 'storage' } }],
  });
});

test('an import that is killed on its way leaves whole runs, and again takes in the rest', async () => {
  const before = await aStore();
  await fill(before, 60, 5);
  const folder = join(await tempDir(), 'all');
  await before.transfers.export({ kind: 'search', text: '' }, 'folder', folder);
  const was = await everything(before);
  const dir = await tempDir();
  const child = spawn(process.execPath, [SCRIPT, 'import', folder, '--dir', dir]);
  for await (const line of createInterface(child.stdout)) if (line.includes('status')) child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const { history: half } = await tempHistory(dir);
  const part = await everything({ history: half, dir });
  expect(part.runs).toEqual(was.runs.slice(0, part.runs.length));
  expect(part.runs.length).toBeGreaterThan(0);
  await half.close();
  expect(await history('import', folder, '--dir', dir)).toMatchObject({ code: 0 });
  const { history: whole } = await tempHistory(dir);
  expect((await everything({ history: whole, dir })).runs).toEqual(was.runs);
});

test('an error is one line, and nothing is changed', async () => {
  const dir = await tempDir();
  const nowhere = await history('search', 'wren', '--dir', dir);
  expect(nowhere).toMatchObject({ code: 1, lines: [], errors: [{ error: { kind: 'not_found' } }] });
  const newer = join(dir, 'history.db');
  const db = new DatabaseSync(newer);
  db.exec('PRAGMA user_version = 999; CREATE TABLE t (a)');
  db.close();
  const before = await readFile(newer);
  await writeFile(join(dir, 'x.zip'), 'no zip');
  expect(await history('import', join(dir, 'x.zip'), '--dir', dir)).toMatchObject({
    code: 1,
    errors: [{ error: { kind: 'storage', detail: expect.stringContaining('999') } }],
  });
  expect(await readFile(newer)).toEqual(before);
});

describe('arguments', () => {
  test.each([
    [[], 'A command is one of'],
    [['find'], 'A command is one of'],
    [['export'], 'export needs one path'],
    [['import', 'a', 'b'], 'import needs one path'],
    [['csv', 'a', '--month', '2026-13'], '--month is a month'],
    [['csv', 'a', '--month', '2026-11', '--search', 'x'], 'Only one of'],
    [['export', 'a', '--ids', '1,x'], '--ids are numbers'],
    [['search', '--order', 'best'], '--order is one of'],
    [['search', '--limit', '0'], '--limit is a number'],
    [['search', '--nonsense'], 'nonsense'],
  ])('%j is refused', (args, words) => {
    expect(readArguments(args)).toMatchObject({
      ok: false,
      error: { kind: 'input', detail: expect.stringContaining(words) },
    });
  });

  test('the app’s own folder on each system', () => {
    expect(defaultDir('linux', { XDG_CONFIG_HOME: '/c' })).toBe('/c/fal Playground');
    expect(defaultDir('linux', {})).toMatch(/\.config\/fal Playground$/);
    expect(defaultDir('darwin', {})).toMatch(/Library\/Application Support\/fal Playground$/);
    expect(defaultDir('win32', { APPDATA: '/roaming' })).toBe('/roaming/fal Playground');
  });
});
