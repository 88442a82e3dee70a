import * as fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { historyOrders } from '../../shared/history/found.ts';
import type { HistoryOrder } from '../../shared/history/found.ts';
import { parseQuery } from '../../shared/history/query.ts';
import type { Run } from '../../shared/runs/run.ts';
import { HistoryDatabase } from './database.ts';
import { aRun, tempDir } from './history.fixture.ts';

const NOW = new Date(2026, 10, 20, 12).getTime();
const idOn = (day: number, n = 0): number => new Date(2026, 10, day, 9).getTime() * 1000 + n;

async function begin(fts = true): Promise<HistoryDatabase> {
  const db = new HistoryDatabase(join(await tempDir(), 'history.db'), 'write', fts);
  onTestFinished(() => db.close());
  return db;
}

const asked = (db: HistoryDatabase, text: string, order: HistoryOrder = 'newest') =>
  db.search({ query: parseQuery(text, NOW), order, after: null, limit: 100 });
/** The last digits of what is found. */
const found = (db: HistoryDatabase, text: string): number[] => asked(db, text).ids.map((id) => id % 1000);

const price = { amount: 0.25, unit: 'images', currency: 'USD' };
const costing = (units: number) => ({ money: { estimate: null, price, billableUnits: units } }) as const;
const stored = (contentType: string, medium: 'image' | 'video'): Run['media'][number] => ({
  kind: 'stored',
  path: ['images', 0],
  medium,
  sha256: 'a'.repeat(64),
  contentType,
  bytes: 3,
  width: null,
  height: null,
  fileName: 'a.png',
  url: '',
});

async function garden(fts: boolean): Promise<HistoryDatabase> {
  const db = await begin(fts);
  const done = { state: { kind: 'succeeded' } } as const;
  const runs = [
    aRun(idOn(3, 1), {
      ...done,
      ...costing(1),
      input: { prompt: 'a wren on a red fence' },
      output: { text: 'feathers' },
    }),
    aRun(idOn(4, 2), {
      ...done,
      ...costing(4),
      input: { prompt: 'a red paper lantern' },
      media: [stored('image/png', 'image')],
    }),
    aRun(idOn(5, 3), {
      state: { kind: 'failed', error: appError('network', 'Away') },
      input: { prompt: '猫の写真' },
      endpointId: 'fal-ai/flux/dev',
    }),
    aRun(idOn(6, 4), {
      ...done,
      origin: 'live',
      input: { prompt: 'lantern paper 🐦' },
      media: [stored('video/mp4', 'video')],
      profileId: 'work',
    }),
    aRun(idOn(19, 5), { input: { prompt: 'crème 50% off_sale' } }),
  ];
  db.putRuns(runs);
  db.star([idOn(4, 2)], true);
  db.tag([idOn(3, 1)], 'Birds', true);
  db.note(idOn(4, 2), 'for the autumn cover');
  return db;
}

describe.each([
  ['by the index of words', true],
  ['without FTS5, in the rows', false],
])('words %s', (_, fts) => {
  test.each([
    ['lantern', [4, 2]],
    ['LANT', [4, 2]],
    ['red paper', [2]],
    ['"red paper"', [2]],
    ['"paper lantern"', [2]],
    ['red -paper', [1]],
    ['-lantern -wren', [5, 3]],
    ['feathers', [1]],
    ['autumn', [2]],
    ['bird', [5, 4, 2, 1]],
    ['birds', [1]],
    ['写真', [3]],
    ['flux', [3]],
    ['🐦', [4]],
    ['red is:starred', [2]],
    ['red -is:starred', [1]],
    ['nothing-of-the-kind', []],
  ])('%s', async (text, wanted) => {
    expect(found(await garden(fts), text)).toEqual(wanted);
  });
});

test('the index knows accents, beginnings and phrases as they stand, and what is typed is never an operator', async () => {
  const db = await garden(true);
  expect(found(db, 'creme')).toEqual([5]);
  // A letter within a word begins nothing, and a whole phrase is no beginning.
  expect(found(db, 'antern')).toEqual([]);
  expect(found(db, '"red pap"')).toEqual([]);
  expect(found(db, '"red pap')).toEqual([2]);
  for (const text of [
    'NEAR(red',
    'red*',
    '^red',
    'prompt:red',
    '{red}',
    'a AND',
    "'; DROP TABLE runs; --",
    '"""',
    '(((',
    '\u202ered',
  ])
    expect(asked(db, text).ids.length).toBeLessThanOrEqual(5);
  expect(found(db, 'red*')).toEqual([2, 1]);
});

test('what cannot be searched for is said, and so is what is too long', async () => {
  const db = await garden(true);
  expect(asked(db, '!!! red')).toMatchObject({ problems: ['Nothing in “!!!” can be searched for.'] });
  expect(found(db, '!!! red')).toEqual([2, 1]);
  const long = asked(db, 'red '.repeat(500));
  expect([long.ids.length, long.problems]).toEqual([2, ['Only the first 40 words are searched for.']]);
  expect(found(db, `"${'red '.repeat(500)}"`)).toEqual([]);
});

test.each([
  ['', [5, 4, 3, 2, 1]],
  ['model:flux', [3]],
  ['model:=acme/bird', [5, 4, 2, 1]],
  ['model:=acme', []],
  ['kind:image', [2]],
  ['kind:video', [4]],
  ['kind:text', [1]],
  ['-kind:image', [5, 4, 3, 1]],
  ['is:failed', [3]],
  ['is:running', [5]],
  ['is:live', [4]],
  ['is:noted', [2]],
  ['tag:birds', [1]],
  ['-tag:birds is:done', [4, 2]],
  ['tag:nobody', []],
  ['key:work', [4]],
  ['cost:>0.5', [2]],
  ['cost:0.25', [1]],
  ['-cost:>0.5', [5, 4, 3, 1]],
  ['date:2026-11-04', [2]],
  ['before:2026-11-05', [2, 1]],
  ['after:2026-11-05', [5, 4]],
  ['date:yesterday', [5]],
  ['is:trashed', []],
])('conditions: %s', async (text, wanted) => {
  expect(found(await garden(true), text)).toEqual(wanted);
});

test('a key is found by all ids of its name', async () => {
  const db = await garden(true);
  const query = parseQuery('key:Studio', NOW);
  const terms = query.terms.map((term) => ({
    ...term,
    condition: { kind: 'key', key: 'studio', ids: ['work', 'local'] } as const,
  }));
  expect(db.facets({ ...query, terms }).total).toBe(5);
  expect(db.facets(query).total).toBe(0);
});

test('what changes is found as it is now', async () => {
  const db = await garden(true);
  const id = idOn(19, 5);
  expect(found(db, 'sparrow')).toEqual([]);
  db.putRun(aRun(id, { state: { kind: 'succeeded' }, output: { caption: 'a sparrow' } }));
  expect([found(db, 'sparrow'), found(db, 'kind:text')]).toEqual([[5], [5, 1]]);
  db.note(id, 'owl');
  db.tag([id], 'grey', true);
  expect([found(db, 'owl'), found(db, 'grey sparrow'), found(db, 'tag:grey')]).toEqual([[5], [5], [5]]);
  db.note(id, '');
  db.tag([id], 'grey', false);
  expect([found(db, 'owl'), found(db, 'grey'), found(db, 'is:noted')]).toEqual([[], [], [2]]);
  db.trash([id], 1);
  expect([found(db, 'sparrow'), found(db, 'sparrow is:trashed')]).toEqual([[], [5]]);
  db.restore([id]);
  expect(found(db, 'sparrow')).toEqual([5]);
  db.trash([id], 1);
  db.purge([id], 2);
  expect(found(db, 'is:trashed')).toEqual([]);
  // An import brings rows of any time.
  db.putRun(aRun(idOn(3, 0), { input: { prompt: 'a sparrow of before' } }));
  expect([found(db, 'sparrow'), found(db, '')]).toEqual([[0], [4, 3, 2, 1, 0]]);
});

test('a purge of many, and what another program wrote, are no riddle', async () => {
  const dir = await tempDir();
  const db = new HistoryDatabase(join(dir, 'history.db'));
  onTestFinished(() => db.close());
  db.putRuns(Array.from({ length: 300 }, (_, n) => aRun(1000 + n, { state: { kind: 'succeeded' } })));
  expect(asked(db, '').ids).toHaveLength(100);
  const odd = Array.from({ length: 150 }, (_, n) => 1001 + n * 2);
  db.trash(odd, 1);
  db.purge(odd, 2);
  expect(db.facets(parseQuery('', NOW)).total).toBe(150);
  const other = new HistoryDatabase(join(dir, 'history.db'));
  other.putRun(aRun(5000));
  other.star([1000], true);
  other.close();
  expect(asked(db, '').ids[0]).toBe(5000);
  expect(asked(db, 'is:starred').ids).toEqual([1000]);
});

test('a page tells where batches begin and end in it, in the orders of time alone', async () => {
  const db = await begin();
  const axis = { index: 0, label: 'x' };
  const of = (id: number | null) => ({
    state: { kind: 'succeeded' } as const,
    batch: id === null ? null : { id, kind: 'seeds' as const, size: 3, column: axis, row: axis },
  });
  db.putRuns([7, 7, null, null, 7, 9, 9, null].map((batch, n) => aRun(101 + n, of(batch))));
  const pages = (order: HistoryOrder, limit: number) => {
    const first = db.search({ query: parseQuery('', NOW), order, after: null, limit });
    const { next: after } = first;
    return [first, db.search({ query: parseQuery('', NOW), order, after, limit })].map(({ batches }) =>
      batches.map(({ id, batch }) => [id, batch]),
    );
  };
  expect(pages('oldest', 3)).toEqual([
    [
      [101, 7],
      [103, null],
    ],
    [
      [105, 7],
      [106, 9],
    ],
  ]);
  expect(pages('newest', 6)).toEqual([
    [
      [107, 9],
      [105, 7],
      [104, null],
    ],
    [[102, 7]],
  ]);
  for (const order of ['model', 'cost'] as const) expect(asked(db, '', order).batches).toEqual([]);
  expect(asked(db, '-is:batch').batches).toEqual([]);
});

const MODELS = ['b/x', 'a/y', 'c/z'];

test.each(historyOrders)('%s: pages hold each row once and in order, ties and all', async (order) => {
  const db = await begin();
  fc.assert(
    fc.property(
      fc.array(fc.record({ model: fc.nat(2), units: fc.option(fc.nat(2)) }), { maxLength: 25 }),
      fc.integer({ min: 1, max: 7 }),
      (rows, limit) => {
        const ids = db.search({ query: parseQuery('', NOW), order, after: null, limit: 100 }).ids;
        db.trash(ids, 1);
        db.purge(ids, 1);
        db.putRuns(
          rows.map(({ model, units }, n) =>
            aRun(100 + n, {
              endpointId: MODELS[model] ?? '',
              state: { kind: 'succeeded' },
              ...(units === null ? {} : costing(units)),
            }),
          ),
        );
        const costOf = (n: number): number =>
          (rows[n]?.units ?? null) === null ? -1 : (rows[n]?.units ?? 0) * 0.25;
        const sorted = rows
          .map((_, n) => n)
          .toSorted((a, b) => {
            if (order === 'oldest') return a - b;
            if (order === 'cost' && costOf(a) !== costOf(b)) return costOf(b) - costOf(a);
            const [x, y] = [MODELS[rows[a]?.model ?? 0] ?? '', MODELS[rows[b]?.model ?? 0] ?? ''];
            if (order === 'model' && x !== y) return x < y ? -1 : 1;
            return b - a;
          });
        const seen: number[] = [];
        let after: string | null = null;
        do {
          const page = db.search({ query: parseQuery('', NOW), order, after, limit });
          seen.push(...page.ids);
          after = page.next;
        } while (after !== null);
        expect(seen).toEqual(sorted.map((n) => 100 + n));
      },
    ),
    { numRuns: 15 },
  );
});

test('rows that come and go between two pages move none of the others', async () => {
  const db = await begin();
  const done = { state: { kind: 'succeeded' } } as const;
  db.putRuns(Array.from({ length: 9 }, (_, n) => aRun(101 + n, { ...done, ...costing(n % 3) })));
  for (const order of historyOrders) {
    const whole = asked(db, '', order).ids;
    const first = db.search({ query: parseQuery('', NOW), order, after: null, limit: 4 });
    // The last row of the first page itself goes, and another comes at either end.
    const [last] = first.ids.slice(-1);
    db.trash([last ?? 0], 1);
    db.putRuns([aRun(90, done), aRun(190, done)]);
    const rest = db.search({ query: parseQuery('', NOW), order, after: first.next, limit: 100 });
    expect(rest.ids.filter((id) => id !== 90 && id !== 190)).toEqual(
      whole.slice(4).filter((id) => id !== 90 && id !== 190),
    );
    db.restore([last ?? 0]);
  }
});

test('the first page of a history that was just opened is the page that it is later', async () => {
  const db = await begin();
  const axis = { index: 0, label: '' };
  for (let id = 1; id <= 9; id += 1) {
    const batch =
      id % 4 < 2
        ? null
        : { id: id < 5 ? 100 : 200, kind: 'seeds' as const, size: 3, column: axis, row: axis };
    db.putRun(aRun(id, { batch, state: { kind: 'succeeded' } }));
  }
  expect(db.trash([7], NOW)).toMatchObject({ gone: [7] });
  const ask = (limit: number) =>
    db.search({ query: parseQuery('', NOW), order: 'newest', after: null, limit });
  const early = [ask(4), ask(9)];
  db.facets(parseQuery('', NOW));
  expect([ask(4), ask(9)]).toEqual(early);
});
