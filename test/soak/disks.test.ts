import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionTo, directly, model, startFal, value } from '../../electron/fal/fal.fixture.ts';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { aRun, smallDisk, tempDir, tempHistory } from '../../electron/history/history.fixture.ts';
import { InputFiles } from '../../electron/history/input-files.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import { UNRECKONED } from '../../electron/runs/run-money.fixture.ts';
import { RunService } from '../../electron/runs/run-service.ts';
import { stage } from '../../electron/runs/runs.fixture.ts';
import { ok } from '../../shared/result.ts';
import { Random } from './random.ts';

const ALL = { before: null, limit: 1000, endpointId: null };
const ROWS = 60;
const WIDE = { text: 'x'.repeat(700) };

/** A history with rows and logs, closed. */
async function written(dir: string): Promise<string> {
  const { history } = await tempHistory(dir);
  for (let id = 1; id <= ROWS; id += 1) {
    await history.putRun(aRun(id, { input: WIDE, state: { kind: 'succeeded' } }));
    await history.addLogs(id, [{ level: 'INFO', message: `line ${id}`, timestamp: 't' }]);
  }
  await history.close();
  return join(dir, 'history.db');
}

/** How a damaged file is met: refused before anything is done (the worker then sets it aside), or of use. */
function outcomeOf(file: string): string {
  let database: HistoryDatabase;
  try {
    database = new HistoryDatabase(file);
  } catch {
    return 'refused';
  }
  try {
    const page = database.page(ALL);
    const id = database.newId(Date.now());
    database.putRun(aRun(id));
    if (database.run(id) === null) return 'takes nothing';
    if (page.runs.length + page.unreadable !== ROWS)
      return `${page.runs.length} rows, ${page.unreadable} passed over`;
    return page.unreadable > 0 ? 'rows passed over' : 'whole';
  } finally {
    database.close();
  }
}

describe('SIGKILL during a thousand writes', () => {
  test.each([1, 150, 600])('after %i acknowledged rows: each of them is there', async (enough) => {
    const dir = await tempDir();
    const program = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        fileURLToPath(new URL('./write-child.ts', import.meta.url)),
        dir,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void program.kill('SIGKILL'));
    const acknowledged: number[] = [];
    const lines = createInterface({ input: program.stdout });
    const end = Promise.withResolvers<void>();
    lines.on('close', () => end.resolve());
    lines.on('line', (line) => {
      acknowledged.push(Number(line));
      if (acknowledged.length === enough) program.kill('SIGKILL');
    });
    await end.promise;
    expect(program.signalCode ?? 'SIGKILL').toBe('SIGKILL');
    const { history, setAside, unwritable } = await tempHistory(dir);
    expect([setAside, unwritable]).toEqual([null, null]);
    const page = await history.page({ ...ALL, limit: 2000 });
    const kept = new Set(page.runs.map((run) => run.id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
    for (const id of acknowledged)
      expect(await history.logs(id)).toMatchObject([{ message: `line of ${id}` }]);
  });
});

describe('a damaged database at start', () => {
  test.each([0.25, 0.6, 0.95])(
    'cut to %f of its length: set aside as it is, and a new one begins',
    async (part) => {
      const dir = await tempDir();
      const file = await written(dir);
      await truncate(file, Math.floor((await stat(file)).size * part));
      const before = await readFile(file);
      const { history, setAside } = await tempHistory(dir);
      expect(setAside).not.toBeNull();
      expect(await readFile(setAside ?? '')).toEqual(before);
      await history.putRun(aRun(1));
      expect((await history.page(ALL)).runs).toHaveLength(1);
    },
  );

  test('any single bit flipped: it is refused, or opens with every row counted and takes new ones', async () => {
    const dir = await tempDir();
    const clean = await readFile(await written(dir));
    const random = new Random(5);
    const outcomes = Array.from({ length: 150 }, (_, n) => {
      const bytes = Buffer.from(clean);
      // The first page, which says what the file is, as often as all the others together.
      const at = random.below(random.chance(0.5) ? 4096 : bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
      const file = join(dir, `flipped-${n}.db`);
      writeFileSync(file, bytes);
      return outcomeOf(file);
    });
    expect([...new Set(outcomes)].toSorted()).toEqual(['refused', 'rows passed over', 'whole']);
  }, 60_000);

  test('rows of a newer version, many in a row, do not stop the paging and stay as they are', async () => {
    const dir = await tempDir();
    const file = await written(dir);
    const raw = new DatabaseSync(file);
    raw.exec(
      `UPDATE runs SET state_kind = 'dreaming', state = '{"kind":"dreaming"}' WHERE id BETWEEN 11 AND 50`,
    );
    raw.close();
    const { history } = await tempHistory(dir);
    const first = await history.page({ ...ALL, limit: 10 });
    expect([first.runs.map((run) => run.id), first.more]).toEqual([
      [60, 59, 58, 57, 56, 55, 54, 53, 52, 51],
      true,
    ]);
    const second = await history.page({ ...ALL, limit: 10, before: 51 });
    expect([second.runs.map((run) => run.id), second.more, second.unreadable]).toEqual([
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
      false,
      40,
    ]);
    expect(await history.unfinished()).toEqual([]);
    await history.close();
    const again = new DatabaseSync(file);
    onTestFinished(() => again.close());
    expect(again.prepare(`SELECT count(*) AS n FROM runs WHERE state_kind = 'dreaming'`).get()).toEqual({
      n: 40,
    });
  });
});

describe('a disk that refuses (needs the right to mount a tmpfs)', () => {
  test('full while rows are written: the refusal is said, what was acknowledged stays, room brings it back', async ({
    skip,
  }) => {
    const disk = await smallDisk('1m');
    if (disk === null) return skip('no right to mount a small disk');
    const { dir } = disk;
    const { history } = await tempHistory(dir);
    const acknowledged: number[] = [];
    let refusal = '';
    try {
      for (let id = 1; id < 5000; id += 1) {
        await history.putRun(aRun(id, { input: WIDE }));
        acknowledged.push(id);
      }
    } catch (error) {
      refusal = String(error);
    }
    expect(refusal).toMatch(/full|disk I\/O/);
    const ids = async (from: typeof history) =>
      (await from.page({ ...ALL, limit: 5000 })).runs.map(({ id }) => id);
    expect((await ids(history)).toReversed()).toEqual(acknowledged);
    // Full at the next start, too: whatever can be opened shows all that was acknowledged.
    await history.close();
    const second = await tempHistory(dir);
    expect((await ids(second.history)).toReversed()).toEqual(acknowledged);
    expect(second.setAside).toBeNull();
  });

  test('full while a run is under way: nothing is sent unwritten, and how a run ended is written when there is room', async ({
    skip,
  }) => {
    const disk = await smallDisk('1m');
    if (disk === null) return skip('no right to mount a small disk');
    const fal = await startFal({
      faults: ['hold:running'],
      extraModels: [model('acme/bird', () => ({ ok: true }))],
    });
    const on = await stage(fal.hosts, { dir: disk.dir });
    const { id } = value(await on.service.start('acme/bird', {}));
    await on.until(id, (run) => run.state.kind === 'running');
    const ballast = join(disk.dir, 'ballast');
    await writeFile(ballast, Buffer.alloc(2 ** 20)).catch(() => undefined);
    // What is left of the last page is used up.
    let refused = await on.service.start('acme/bird', WIDE);
    for (let n = 0; refused.ok && n < 200; n += 1) refused = await on.service.start('acme/bird', WIDE);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'storage' } });
    const submits = fal.requests().filter(({ method }) => method === 'POST').length;
    expect((await on.history.page(ALL)).runs.length).toBeGreaterThanOrEqual(submits);
    fal.setFaults([]);
    expect((await on.over(id)).state.kind).toBe('succeeded');
    await writeFile(ballast, '');
    await on.service.recheck();
    expect(await on.history.run(id)).toMatchObject({ state: { kind: 'succeeded' }, output: { ok: true } });
  });

  test('read-only at start: what is there can be looked at, and nothing is sent', async ({ skip }) => {
    const disk = await smallDisk('4m');
    if (disk === null) return skip('no right to mount a small disk');
    await written(disk.dir);
    disk.remount('ro');
    onTestFinished(() => disk.remount('rw'));
    const { history, setAside, unwritable } = await tempHistory(disk.dir);
    expect([setAside, unwritable]).toEqual([null, expect.stringMatching(/readonly|unable to open/)]);
    expect((await history.page(ALL)).runs).toHaveLength(60);
    await expect(history.putRun(aRun(99))).rejects.toThrow(/readonly/);
    const media = new MediaStore(disk.dir);
    await media.open();
    const fal = await startFal({ extraModels: [model('acme/bird')] });
    const service = new RunService({
      history,
      media,
      fetch: directly,
      files: new InputFiles({ history, media }),
      activeProfile: () => 'local',
      connection: () => Promise.resolve(ok(connectionTo(fal.hosts))),
      isOwnAddress: () => true,
      money: UNRECKONED,
      most: 8,
      changed: () => undefined,
      partial: () => undefined,
      logged: () => undefined,
      notice: () => undefined,
    });
    expect(await service.start('acme/bird', {})).toMatchObject({ ok: false, error: { kind: 'storage' } });
    expect(fal.requests()).toEqual([]);
    expect(await readdir(disk.dir)).toEqual(['history.db']);
  });
});
