import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useChosen } from './chosen.ts';
import { useFound } from './found.ts';
import { aRun } from './run.fixture.ts';

interface Asked {
  readonly text: string;
  readonly order: string;
  readonly after: string | null;
}

/** What main has of each text, in order. */
let there: Record<string, number[]> = {};
let asked: Asked[] = [];
/** How the list was shown, as it was told to main. */
let kept: unknown[] = [];
/** The batch of a run, for those that have one. */
let batchOf: Record<number, number> = {};
/** Held back answers, the first asked first. */
let waiting: (() => void)[] | null = null;
let leave: () => void = () => undefined;

const { setText, setOrder, setGrouping, setSize, setView, takeUp, show, hear, changed, leaveOut } =
  useFound.getState();
const ids = (): readonly number[] | null => useFound.getState().ids;
const settle = (): Promise<unknown> => vi.runAllTimersAsync();

const pageBatches = (page: readonly number[]): { id: number; batch: number | null }[] =>
  page
    .filter((id, n) => batchOf[id] !== batchOf[page[n - 1] ?? 0])
    .map((id) => ({ id, batch: batchOf[id] ?? null }));

beforeEach(async () => {
  vi.useFakeTimers();
  const search = async ({ limit, ...what }: Asked & { limit: number }): Promise<unknown> => {
    asked.push(what);
    if (waiting !== null) await new Promise<void>((resolve) => waiting?.push(resolve));
    const all = there[what.text] ?? [];
    const from = Number(what.after ?? 0);
    const to = from + limit;
    const next = to < all.length ? String(to) : null;
    return {
      ok: true,
      value: { ids: all.slice(from, to), batches: pageBatches(all.slice(from, to)), next, problems: [] },
    };
  };
  const models = [
    { value: 'b/two', count: 3 },
    { value: 'a/one', count: 2 },
  ];
  const facets = (): Promise<unknown> => Promise.resolve({ ok: true, value: { models } });
  const keep = async ({ look }: { look: unknown }): Promise<unknown> => {
    kept.push(look);
    await Promise.resolve();
    return { ok: true, value: null };
  };
  vi.stubGlobal('window', {
    playground: {
      commands: { 'history.search': search, 'history.facets': facets, 'app.setHistoryLook': keep },
    },
  });
  there = { '': [50, 40, 30] };
  asked = [];
  batchOf = {};
  kept = [];
  waiting = null;
  useFound.setState({ text: '', order: 'newest', grouping: 'day', ids: null, complete: false });
  useChosen.getState().clear();
  leave = show();
  await settle();
});
afterEach(() => {
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('reads the first page at once and goes on to the end', async () => {
  there['many'] = Array.from({ length: 25_000 }, (_, index) => 100_000 - index);
  const sizes: (number | undefined)[] = [];
  const stop = useFound.subscribe((state, before) => {
    if (state.ids !== before.ids) sizes.push(state.ids?.length);
  });
  setText('many');
  await settle();
  stop();
  expect(sizes).toEqual([400, 20_400, 25_000]);
  expect(useFound.getState().complete).toBe(true);
});

it('searches one text at a time, and of those typed meanwhile only the last', async () => {
  there['abc'] = [30];
  waiting = [];
  asked = [];
  for (const text of ['a', 'ab', 'abc']) setText(text);
  expect(asked).toHaveLength(1);
  const first = waiting;
  waiting = null;
  for (const answer of first) answer();
  await settle();
  expect(asked.map(({ text }) => text)).toEqual(['a', 'abc']);
  expect(ids()).toEqual([30]);
});

it('knows the batches of all pages, of what comes and without what goes', async () => {
  const batches = (): unknown => [...useFound.getState().batches];
  there['many'] = Array.from({ length: 1000 }, (_, index) => 1000 - index);
  batchOf = { 602: 7, 601: 7, 600: 7, 599: 7, 10: 8 };
  setText('many');
  await settle();
  // The batch lies across the end of the first page.
  const all = [
    [602, 7],
    [598, null],
    [10, 8],
    [9, null],
  ];
  expect(batches()).toEqual(all);
  leaveOut([602, 10]);
  expect(batches()).toEqual([
    [601, 7],
    [598, null],
  ]);
  setText('');
  await settle();
  const axis = { index: 0, label: 'x' };
  const batch = { id: 9, kind: 'seeds', size: 2, column: axis, row: axis } as const;
  for (const id of [60, 61]) hear({ ...aRun(id), batch });
  expect(batches()).toEqual([
    [61, 9],
    [50, null],
  ]);
  setOrder('cost');
  await settle();
  expect(batches()).toEqual([]);
  setOrder('newest');
  await settle();
});

it('puts a new run at the top without asking, where nothing is searched', () => {
  asked = [];
  hear(aRun(60));
  hear(aRun(60));
  hear(aRun(40));
  expect(ids()).toEqual([60, 50, 40, 30]);
  expect(asked).toEqual([]);
});

it('asks again, once for many changes, where words decide what fits', async () => {
  there['wren'] = [40];
  setText('wren');
  await settle();
  const { asked: begun } = useFound.getState();
  asked = [];
  there['wren'] = [60, 40];
  hear(aRun(60));
  hear(aRun(61));
  changed([40], 'runs');
  await settle();
  expect(asked).toHaveLength(1);
  expect(ids()).toEqual([60, 40]);
  // In the background: nobody is taken to the top for it.
  expect(useFound.getState().asked).toBe(begun);
});

it('does not ask again for what says only how far a run is', async () => {
  const queued = (position: number): Run => ({
    ...aRun(70),
    state: { kind: 'queued', position, trouble: null },
  });
  const searches = async (...told: Run[]): Promise<number> => {
    asked = [];
    for (const one of told) hear(one);
    await settle();
    return asked.length;
  };
  setText('wren');
  await settle();
  expect(await searches(queued(3))).toBe(1);
  expect(await searches(queued(2), queued(1))).toBe(0);
  expect(await searches({ ...aRun(70), state: { kind: 'running', trouble: null } })).toBe(1);
  setText('');
  setOrder('oldest');
  await settle();
  expect(await searches(aRun(70))).toBe(0);
  expect(await searches(aRun(71))).toBe(1);
  setOrder('cost');
  await settle();
  expect(await searches({ ...aRun(71), state: { kind: 'failed', error: appError('model', 'No') } })).toBe(1);
  const price = { amount: 1, unit: 'images', currency: 'USD' };
  const money = { ...aRun(71).money, price, billableUnits: 1 };
  expect(await searches({ ...aRun(71), money })).toBe(1);
});

it('waits with changes until somebody looks', async () => {
  leave();
  asked = [];
  there[''] = [50, 40];
  changed([30], 'runs');
  await settle();
  expect(asked).toEqual([]);
  leave = show();
  await settle();
  expect(ids()).toEqual([50, 40]);
});

it('reads the list again for marks only where its words ask for them', async () => {
  const searches = async (text: string): Promise<string> => {
    setText(text);
    await settle();
    const read: string[] = [];
    for (const about of ['star', 'note', 'tag', 'runs'] as const) {
      asked = [];
      changed([40], about);
      await settle();
      if (asked.length > 0) read.push(about);
    }
    return read.join(' ');
  };
  expect(await searches('kind:image')).toBe('runs');
  expect(await searches('-is:starred')).toBe('star runs');
  expect(await searches('is:noted')).toBe('note runs');
  expect(await searches('tag:owl')).toBe('tag runs');
  expect(await searches('wren')).toBe('note tag runs');
  expect(await searches('')).toBe('runs');
});

it('keeps the same list where a change left it as it was', async () => {
  const before = ids();
  changed(null, 'runs');
  await settle();
  expect(ids()).toBe(before);
});

it('lets go of the selection of what is found no more, and the keys go to the next run', async () => {
  useChosen.getState().choose([40, 30]);
  useChosen.getState().setAt(40);
  leaveOut([40]);
  expect(ids()).toEqual([50, 30]);
  expect(useChosen.getState().at).toBe(30);
  leaveOut([30]);
  expect(useChosen.getState().at).toBe(50);
  expect([...useChosen.getState().ids]).toEqual([]);
  useChosen.getState().choose([50]);
  there['x'] = [40];
  setText('x');
  await settle();
  expect([...useChosen.getState().ids]).toEqual([]);
});

it('moves the keys to the next run where a change took the one they were at out of what is found', async () => {
  useChosen.getState().setAt(40);
  there[''] = [50, 30];
  changed([40], 'runs');
  await settle();
  expect(useChosen.getState().at).toBe(30);
  // What is not in the list at all is where it was.
  useChosen.getState().setAt(7);
  there[''] = [50];
  changed([30], 'runs');
  await settle();
  expect(useChosen.getState().at).toBe(7);
});

it('has only orders and groups that go together, and goes back to the groups there were', async () => {
  const now = (): string => `${useFound.getState().order} ${useFound.getState().grouping}`;
  setGrouping('session');
  setOrder('oldest');
  expect(now()).toBe('oldest session');
  setOrder('cost');
  expect(now()).toBe('cost none');
  setOrder('newest');
  expect(now()).toBe('newest session');
  there[''] = [5, 4, 3, 2, 1];
  setGrouping('model');
  expect(now()).toBe('model model');
  await settle();
  expect([...useFound.getState().models]).toEqual([
    [5, 'a/one'],
    [3, 'b/two'],
  ]);
  setGrouping('day');
  expect(now()).toBe('newest day');
  await settle();
});

it('is shown as it was last, and of many changes the last is kept', async () => {
  setGrouping('batch');
  setView('list');
  for (const size of [112, 128, 144]) setSize(size);
  await settle();
  expect(kept).toEqual([
    { view: 'grid', size: 176, order: 'newest', grouping: 'batch' },
    { view: 'list', size: 144, order: 'newest', grouping: 'batch' },
  ]);
  const now = (): unknown => {
    const { view, size, order, grouping } = useFound.getState();
    return { view, size, order, grouping };
  };
  asked = [];
  const look = { view: 'grid', size: 96, order: 'oldest', grouping: 'session' } as const;
  takeUp(look);
  await settle();
  expect(now()).toEqual(look);
  expect(asked.map(({ order }) => order)).toEqual(['oldest']);
  // What does not go together is shown as the order is by itself.
  takeUp({ ...look, order: 'cost' });
  expect(now()).toEqual({ ...look, order: 'cost', grouping: 'none' });
  expect(kept).toHaveLength(2);
  setOrder('newest');
  expect(useFound.getState().grouping).toBe('session');
  await settle();
});
