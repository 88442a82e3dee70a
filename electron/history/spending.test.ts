import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, tempDir } from './history.fixture.ts';
import { migrations } from './migrations.ts';
import { SPENDING, sentLater } from './spending.ts';
import type { Spent } from './spending.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const price = { amount: 0.1, unit: 'images', currency: 'USD' };
const estimate = { amount: 0.5, currency: 'USD' };

async function begin(): Promise<{ file: string; db: HistoryDatabase }> {
  const file = join(await tempDir(), 'history.db');
  const db = new HistoryDatabase(file);
  onTestFinished(() => db.close());
  return { file, db };
}

const byModel = (rows: readonly Spent[]) => rows.toSorted((a, b) => (a.endpointId < b.endpointId ? -1 : 1));

test('what runs cost is summed by model and currency, from a moment on', async () => {
  const { db } = await begin();
  const put = (minute: number, over: Parameters<typeof aRun>[1]): void =>
    db.putRun(aRun(db.newId(NOON + minute * 60_000), { state: { kind: 'succeeded' }, ...over }));
  put(-1, { money: { estimate, price, billableUnits: 100 } });
  put(0, { money: { estimate, price, billableUnits: 3 } });
  put(1, { money: { estimate, price, billableUnits: null } });
  put(2, { money: { estimate: null, price: null, billableUnits: null } });
  put(3, { money: { estimate, price, billableUnits: 0 } });
  put(4, {
    endpointId: 'birds/wren',
    money: { estimate, price: { ...price, currency: 'EUR' }, billableUnits: 1 },
  });
  const bird = { endpointId: 'acme/bird', profileId: 'local' };
  expect(byModel(db.spending(NOON))).toEqual([
    { ...bird, currency: null, amount: 0, runs: 1, unknown: 1 },
    { ...bird, currency: 'USD', amount: 0.8, runs: 2, unknown: 0 },
    { endpointId: 'birds/wren', profileId: 'local', currency: 'EUR', amount: 0.1, runs: 1, unknown: 0 },
  ]);
  expect(db.spending(NOON + 3_600_000)).toEqual([]);
});

test('a run counts for what it is reckoned at until fal says what it charged', async () => {
  const { db } = await begin();
  const amount = (): number | undefined => db.spending(NOON)[0]?.amount;
  const run = aRun(db.newId(NOON), { money: { estimate, price, billableUnits: null } });
  db.putRun(run);
  expect(amount()).toBe(0.5);
  db.putRun({ ...run, state: { kind: 'succeeded' }, money: { ...run.money, billableUnits: 2 } });
  expect(amount()).toBe(0.2);
  db.putRun({ ...run, state: { kind: 'cancelled', word: null } });
  expect(amount()).toBeUndefined();
});

test('what waited counts from when it is sent, and not from when it was written', async () => {
  const { db } = await begin();
  const LATER = NOON + 86_400_000;
  const run = aRun(db.newId(NOON), {
    state: { kind: 'waiting', rank: 1, held: true },
    money: { estimate, price, billableUnits: null },
  });
  const amounts = (): (number | undefined)[] => [NOON, LATER].map((since) => db.spending(since)[0]?.amount);
  db.putRun(run);
  expect(amounts()).toEqual([undefined, undefined]);
  const times = { ...run.times, submitted: LATER + 1 };
  db.putRun({ ...run, times, state: { kind: 'running', trouble: null } });
  expect(amounts()).toEqual([0.5, 0.5]);
  const released = aRun(NOON * 1000, { state: { kind: 'waiting', rank: 1, held: false } });
  expect(sentLater(released, LATER)).toBe(LATER);
});

test('what is thrown away for good was still spent', async () => {
  const { file, db } = await begin();
  const LATER = NOON + 86_400_000;
  const money = { estimate, price, billableUnits: 3 };
  const done = { state: { kind: 'succeeded' }, money } as const;
  const ids = [0, 1, 2, 3].map((minute) => db.newId(NOON + minute * 60_000));
  const [first = 0, free = 0, unknown = 0, waited = 0] = ids;
  db.putRun(aRun(first, done));
  db.putRun(aRun(free, { ...done, money: { ...money, billableUnits: 0 } }));
  db.putRun(aRun(unknown, { state: { kind: 'lost', error: appError('lost', 'Gone') } }));
  db.putRun(aRun(waited, { ...done, times: { ...aRun(1).times, submitted: LATER } }));
  const sums = (): Spent[][] => [NOON, NOON + 60_000, LATER, LATER + 1].map((since) => db.spending(since));
  const before = sums();
  expect(before.map((rows) => rows.length)).toEqual([2, 2, 1, 0]);
  db.trash(ids, NOON);
  expect(db.purge(null, NOON).ids).toHaveLength(4);
  expect(sums()).toEqual(before);
  const raw = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => raw.close());
  const left = () => raw.prepare('SELECT run_id FROM purged_spend').all();
  expect(left()).toEqual([first, unknown, waited].map((id) => ({ run_id: id })));

  // The same run come back counts once.
  db.putRun(aRun(first, done));
  expect(sums()).toEqual(before);
  db.purge([], LATER + 70 * 86_400_000);
  expect(left()).toEqual([{ run_id: waited }]);
});

test('amounts beyond all sums are of unknown cost', async () => {
  const { db } = await begin();
  const huge = { amount: 1.7e308, currency: 'USD' };
  for (const n of [0, 1])
    db.putRun(aRun(db.newId(NOON + n), { money: { estimate: huge, price: null, billableUnits: null } }));
  expect(db.spending(NOON)).toEqual([
    { endpointId: 'acme/bird', profileId: 'local', currency: 'USD', amount: 0, runs: 2, unknown: 2 },
  ]);
});

test('the sum is read from its index alone', async () => {
  const { file } = await begin();
  const raw = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => raw.close());
  const plan = raw.prepare(`EXPLAIN QUERY PLAN ${SPENDING}`).all(1, 1, 1, 1, 1);
  const steps = plan.map((row) => String(row['detail'])).join('\n');
  expect(steps).toContain('SEARCH runs USING COVERING INDEX runs_by_cost (id>?)');
  expect(steps).toContain('SEARCH runs USING COVERING INDEX runs_sent_later (sent_at>?)');
});

test('runs of the time before anything was reckoned are of unknown cost, kept frames are not', async () => {
  const file = join(await tempDir(), 'history.db');
  const raw = new DatabaseSync(file);
  raw.exec(`${migrations.slice(0, 3).join('\n')} PRAGMA user_version = 3;`);
  const insert = raw.prepare(
    `INSERT INTO runs (id, endpoint_id, profile_id, origin, state_kind, state, input, output, media, times)
     VALUES (?, 'acme/bird', 'local', ?, 'succeeded', '{"kind":"succeeded"}', '{}', 'null', '[]', '{}')`,
  );
  insert.run(NOON * 1000, 'queue');
  insert.run(NOON * 1000 + 1, 'live');
  raw.close();
  const db = new HistoryDatabase(file);
  onTestFinished(() => db.close());
  expect(db.spending(NOON)).toEqual([
    { endpointId: 'acme/bird', profileId: 'local', currency: null, amount: 0, runs: 1, unknown: 1 },
  ]);
});
