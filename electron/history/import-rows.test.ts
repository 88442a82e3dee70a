import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { parseQuery } from '../../shared/history/query.ts';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Run, RunMedia } from '../../shared/runs/run.ts';
import { HistoryDatabase } from './database.ts';
import { runAsJson } from './export-format.ts';
import { aRun, tempDir } from './history.fixture.ts';

const AT = 1_700_000_000_000_000;
const NOW = AT / 1000 + 1_000_000;
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];
const succeeded = { state: { kind: 'succeeded' } } as const;

async function begin() {
  const db = new HistoryDatabase(join(await tempDir(), 'history.db'));
  onTestFinished(() => db.close());
  const take = (run: Run, over: Record<string, JsonValue> = {}) => db.takeLines([lineOf(run, over)], NOW);
  return { db, take };
}

const lineOf = (run: Run, over: Record<string, JsonValue> = {}): string =>
  stringifyJson({
    run: runAsJson(run),
    marks: { star: false, note: '', tags: [] },
    logs: [],
    files: [],
    ...over,
  });
const stored = (sha256: string): RunMedia => ({
  kind: 'stored',
  path: ['file'],
  medium: 'file',
  sha256,
  contentType: 'text/plain',
  bytes: 3,
  width: null,
  height: null,
  fileName: 'a.txt',
  url: '',
});
const log = (message: string) => ({ level: 'INFO', message, timestamp: '' });

test('what became of a run that was under way at the first export comes with the next, and marks stay', async () => {
  const { db, take } = await begin();
  const running = aRun(AT, { requestId: 'r', state: { kind: 'running', trouble: null } });
  expect(take(running, { logs: [log('one')] })).toEqual(['new']);
  db.note(AT, 'mine');
  const later = {
    ...running,
    ...succeeded,
    output: { n: 1 },
    media: [stored(NEW)],
    money: { ...running.money, estimate: { amount: 1, currency: 'USD' } },
  };
  const whole = { logs: [log('one'), log('two')], files: [{ sha256: NEW, contentType: '', bytes: 3 }] };
  expect(db.seeLines([lineOf(later, whole)], NOW)).toEqual([{ ok: true, files: whole.files }]);
  expect(take(later, whole)).toEqual(['here']);
  expect(db.run(AT)).toEqual(later);
  expect(db.marks(AT)?.note).toBe('mine');
  expect(db.logs(AT).map(({ message }) => message)).toEqual(['one', 'two']);
  expect(db.runsOfFile(NEW, 9)).toEqual([AT]);
  // The older export again takes nothing back.
  expect(take(running)).toEqual(['here']);
  expect(db.run(AT)).toEqual(later);
});

test.each<[string, Partial<Run>, Partial<Run>, boolean]>([
  [
    'a run that waited and was sent',
    { state: { kind: 'waiting', rank: 1, held: true } },
    { ...succeeded, requestId: 'r' },
    true,
  ],
  [
    'one that was being saved',
    { state: { kind: 'saving', done: 0, total: 1 }, output: 1 },
    { ...succeeded, output: 1, media: [stored(NEW)] },
    true,
  ],
  [
    'one that was cancelled there',
    { state: { kind: 'queued', position: 1, trouble: null } },
    { state: { kind: 'cancelled', word: 'OK' } },
    true,
  ],
  [
    'one that was cancelled here',
    { state: { kind: 'cancelled', word: 'OK' } },
    { state: { kind: 'lost', error: appError('lost', 'Gone') } },
    false,
  ],
  [
    'one whose result is here',
    { ...succeeded, output: 1, media: [stored(OLD)] },
    { ...succeeded, output: 2 },
    false,
  ],
])('%s', async (_name, first, then, comes) => {
  const { db, take } = await begin();
  take(aRun(AT, first));
  const before = db.run(AT);
  const later = aRun(AT, then);
  expect(take(later)).toEqual(['here']);
  expect(db.run(AT)).toEqual(comes ? later : before);
});

test('of a run that is here and stays as it is, only the files it names come along', async () => {
  const { db, take } = await begin();
  take(aRun(AT, { ...succeeded, output: 1, media: [stored(OLD)] }));
  const files = [OLD, NEW].map((sha256) => ({ sha256, contentType: '', bytes: 3 }));
  const line = lineOf(aRun(AT, { ...succeeded, output: 2, media: [stored(NEW)] }), { files });
  expect(db.seeLines([line], NOW)).toEqual([{ ok: true, files: files.slice(0, 1) }]);
});

test('marks that come with a run that is here are found', async () => {
  const { db, take } = await begin();
  const work = (): void => {
    while (db.due) db.work(5);
  };
  const found = (text: string): number[] =>
    db.search({ query: parseQuery(text, 0), order: 'newest', after: null, limit: 9 }).ids;
  take(aRun(AT, succeeded));
  work();
  take(aRun(AT, succeeded));
  expect(db.due).toBe(false);
  take(aRun(AT, succeeded), { marks: { star: false, note: 'kingfisher', tags: ['riverside'] } });
  work();
  expect([found('kingfisher'), found('riverside')]).toEqual([[AT], [AT]]);
});

test('amounts beyond all reason come in as unknown', async () => {
  const { db, take } = await begin();
  const huge = { amount: 1.7e308, currency: 'USD' };
  for (const n of [0, 1])
    take(
      aRun(AT + n, {
        ...succeeded,
        requestId: `r-${n}`,
        money: {
          estimate: huge,
          price: { amount: 1e8, unit: 'images', currency: 'USD' },
          billableUnits: 1e8,
        },
      }),
    );
  expect(db.run(AT)?.money).toMatchObject({ estimate: null, billableUnits: null });
  expect(db.spending(0)).toMatchObject([{ amount: 0, runs: 2, unknown: 2 }]);
});

test('of many runs of one id the last are no runs, and a gap between is used', async () => {
  const { db } = await begin();
  const lines = Array.from({ length: 1002 }, (_, n) => lineOf(aRun(AT, { ...succeeded, input: { n } })));
  const taken = db.takeLines(lines, NOW);
  expect(taken.slice(0, 1001).every((one) => one === 'new')).toBe(true);
  expect(taken[1001]).toBe('unreadable');
  expect(db.seeLines(lines.slice(-2), NOW)).toMatchObject([{ ok: true }, { ok: false }]);
  db.trash([AT + 500], 1);
  db.purge([AT + 500], 1);
  expect(db.takeLines(lines.slice(-2), NOW)).toEqual(['here', 'new']);
  expect(db.run(AT + 500)?.input).toEqual({ n: 1001 });
});
