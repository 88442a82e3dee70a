import { describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { isJson, isJsonObject } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { connectionTo, model, startFal, value } from '../fal/fal.fixture.ts';
import { aRun, tempDir } from '../history/history.fixture.ts';
import type { Wanted } from './new-run.ts';
import type { RunMoney } from './run-money.ts';
import { stage } from './runs.fixture.ts';
import type { Stage } from './runs.fixture.ts';
import { keptMost } from './waiting-line.ts';

const ALL = { before: null, limit: 50, endpointId: null } as const;
const axis = (index: number) => ({ index, label: `seed ${index}` });

/** A batch of so many, told apart by their seed. */
const seeds = (count: number, over: Partial<Wanted> = {}) =>
  Array.from({ length: count }, (_, i) => ({
    endpointId: 'acme/bird',
    input: { seed: i + 1 },
    method: 'queue' as const,
    options: {},
    column: axis(i),
    row: axis(0),
    ...over,
  }));

async function hall(faults: readonly string[], over: Parameters<typeof stage>[1] = {}) {
  const sent: unknown[] = [];
  const fal = await startFal({
    faults,
    extraModels: [
      model('acme/bird', (input) => {
        if (isJson(input) && isJsonObject(input)) sent.push(input['seed']);
        return { ok: true };
      }),
    ],
  });
  const on = await stage(fal.hosts, { most: 2, ...over });
  const submits = (): number =>
    fal.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/queue/')).length;
  const batch = async (count: number): Promise<readonly Run[]> =>
    value(await on.service.startMany('seeds', seeds(count), false));
  return { fal, on, sent, submits, batch };
}

const kinds = async (on: Stage): Promise<string[]> =>
  (await on.history.page(ALL)).runs.map(({ state }) => state.kind).toReversed();
/** fal has it. */
const taken = (on: Stage, id: RunId): Promise<Run> => on.until(id, ({ requestId }) => requestId !== null);
const running = (on: Stage, id: RunId): Promise<Run> => on.until(id, ({ state }) => state.kind === 'running');
const idAt = (runs: readonly Run[], at: number): RunId => runs[at]?.id ?? 0;

describe('places', () => {
  test('runs that go into a batch take their cells of it', async () => {
    const { on, batch } = await hall([]);
    const [first] = await batch(2);
    const into = { id: first?.batch?.id ?? 0, size: 2 };
    const [again] = value(await on.service.startMany('seeds', seeds(1), false, into));
    expect(again?.batch).toEqual(first?.batch);
    expect((await on.history.batch(into.id)).map(({ id }) => id)).toContain(again?.id);
  });

  test('so many runs are at fal at once, the others wait as rows and are sent in their order, each once', async () => {
    const { fal, on, sent, submits, batch } = await hall(['hold:running']);
    const runs = await batch(5);
    expect(runs.map(({ state }) => state)).toMatchObject([
      { kind: 'submitting' },
      { kind: 'submitting' },
      { kind: 'waiting', rank: 3, held: false },
      { kind: 'waiting', rank: 4, held: false },
      { kind: 'waiting', rank: 5, held: false },
    ]);
    const [one] = runs;
    expect(runs.map(({ batch: place }) => place)).toEqual(
      runs.map((_, i) => ({
        id: one?.batch?.id,
        kind: 'seeds',
        size: 5,
        column: axis(i),
        row: axis(0),
      })),
    );
    // One of its own waits behind them.
    const single = value(await on.service.start('acme/bird', { seed: 6 }));
    expect(single.state).toEqual({ kind: 'waiting', rank: 6, held: false });
    await Promise.all([taken(on, idAt(runs, 0)), taken(on, idAt(runs, 1))]);
    expect(submits()).toBe(2);
    expect(on.service.live()).toHaveLength(6);
    fal.setFaults([]);
    for (const { id } of [...runs, single]) expect((await on.over(id)).state.kind).toBe('succeeded');
    expect(sent.slice(2)).toEqual([3, 4, 5, 6]);
    expect(submits()).toBe(6);
    expect(on.story(single.id)).toEqual([
      'waiting',
      'submitting',
      ...on.story(single.id).slice(2, -1),
      'succeeded',
    ]);
    for (const { run, onDisk } of on.told) expect(onDisk).toBe(run.state.kind);
  });

  test('more places send more, and their number is kept', async () => {
    const { on, batch } = await hall(['hold:running']);
    const runs = await batch(4);
    await taken(on, idAt(runs, 1));
    expect(await keptMost(on.history)).toBe(8);
    expect(await on.service.setMost(3)).toEqual(ok(null));
    await taken(on, idAt(runs, 2));
    expect((await kinds(on)).indexOf('waiting')).toBe(3);
    expect([on.service.most, await keptMost(on.history)]).toEqual([3, 3]);
  });

  test('a run put before others is sent before them', async () => {
    const { fal, on, sent, batch } = await hall(['hold:running'], { most: 1 });
    const runs = await batch(4);
    await running(on, idAt(runs, 0));
    expect(await on.service.reorder(idAt(runs, 3), idAt(runs, 1))).toEqual(ok(null));
    expect(await on.service.reorder(idAt(runs, 1), null)).toEqual(ok(null));
    expect(await on.service.reorder(idAt(runs, 0), null)).toMatchObject({ error: { kind: 'input' } });
    fal.setFaults([]);
    for (const { id } of runs) await on.over(id);
    expect(sent).toEqual([1, 4, 3, 2]);
  });
});

describe('nothing is sent', () => {
  test('of a run that is cancelled while it waits, and it is over at once', async () => {
    const { fal, on, sent, batch } = await hall(['hold:running'], { most: 1 });
    const runs = await batch(3);
    await running(on, idAt(runs, 0));
    // Twice at once, and all the same.
    const twice = await Promise.all([1, 1].map((at) => on.service.cancel(idAt(runs, at))));
    expect(twice).toEqual([ok(null), ok(null)]);
    expect(await on.history.run(idAt(runs, 1))).toMatchObject({
      state: { kind: 'cancelled', word: null },
      times: { ended: expect.any(Number) },
    });
    fal.setFaults([]);
    await on.over(idAt(runs, 2));
    expect(sent).toEqual([1, 3]);
  });

  test('of one that is cancelled while the row of its sending is being written', async () => {
    const { promise: written, resolve } = Promise.withResolvers<void>();
    const { fal, on, sent, batch } = await hall(['hold:running'], {
      most: 1,
      wrap: (history) => ({
        ...history,
        putRun: async (run) => {
          await history.putRun(run);
          if (run.state.kind === 'submitting') await written;
        },
      }),
    });
    const runs = await batch(2);
    await running(on, idAt(runs, 0));
    fal.setFaults([]);
    await vi.waitUntil(async () => (await on.history.run(idAt(runs, 1)))?.state.kind === 'submitting');
    await on.service.cancel(idAt(runs, 1));
    resolve();
    expect((await on.over(idAt(runs, 1))).state.kind).toBe('cancelled');
    await vi.waitUntil(() => on.service.live().length === 0);
    expect(sent).toEqual([1]);
  });

  test('where one row of a batch cannot be written, of all of them', async () => {
    const { on, submits } = await hall([], {
      wrap: (history) => ({
        ...history,
        // The third names the id of the first, which no row of a batch may.
        putRuns: async (runs) => {
          const [first] = runs;
          if (first === undefined) throw new Error('no runs');
          await history.putRuns([...runs, { ...first, id: -1.5 }]);
        },
      }),
    });
    const refused = await on.service.startMany('seeds', seeds(3), false);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'storage' } });
    expect((await on.history.page(ALL)).runs).toEqual([]);
    expect([submits(), on.told, on.service.live()]).toEqual([0, [], []]);
    // The places are free again.
    expect(value(await on.service.start('acme/bird', {})).state.kind).toBe('submitting');
  });

  test.each([
    [{ endpointId: 'bird' }, 'input'],
    [{ options: { startTimeout: 0.5 } }, 'input'],
    [{ method: 'direct', options: { webhookUrl: 'https://acme.test/hook' } }, 'input'],
  ] as const)('where one of a batch is wrong: %o', async (over, kind) => {
    const { on, submits } = await hall([]);
    const wanted = [...seeds(2), ...seeds(1, over)];
    expect(await on.service.startMany('seeds', wanted, false)).toMatchObject({ error: { kind } });
    expect((await on.history.page(ALL)).runs).toEqual([]);
    expect(submits()).toBe(0);
  });

  test('where the disk refuses the row that says so: it waits until it is told to go, and is sent once', async () => {
    let full = false;
    const { fal, on, sent, batch } = await hall(['hold:running'], {
      most: 1,
      wrap: (history) => ({
        ...history,
        putRun: (run) =>
          full && run.state.kind === 'submitting'
            ? Promise.reject(new Error('database or disk is full'))
            : history.putRun(run),
      }),
    });
    const runs = await batch(3);
    await running(on, idAt(runs, 0));
    full = true;
    fal.setFaults([]);
    const held = { kind: 'waiting', held: true };
    for (const at of [1, 2]) {
      const id = idAt(runs, at);
      await on.until(id, ({ state }) => state.kind === 'waiting' && state.held);
      expect(on.service.live().find((run) => run.id === id)?.state).toMatchObject(held);
    }
    expect(on.notices).toEqual([expect.stringContaining('disk is full')]);
    expect(sent).toEqual([1]);
    full = false;
    await on.service.release(runs.map(({ id }) => id));
    for (const { id } of runs) expect((await on.over(id)).state.kind).toBe('succeeded');
    expect(sent).toEqual([1, 2, 3]);
  });

  test('where the key has gone meanwhile: it fails and says so', async () => {
    let asked = 0;
    const { fal, on, sent } = await hall(['hold:running'], {
      most: 1,
      connection: () => {
        // Once a start; then for the one whose turn it is.
        asked += 1;
        const key = asked > 2 ? null : 'demo:demo';
        return Promise.resolve(ok({ ...connectionTo(fal.hosts), credentials: () => key }));
      },
    });
    const first = value(await on.service.start('acme/bird', { seed: 1 }));
    const second = value(await on.service.start('acme/bird', { seed: 2 }));
    await running(on, first.id);
    fal.setFaults([]);
    expect((await on.over(second.id)).state).toMatchObject({
      kind: 'failed',
      error: { kind: 'auth', hint: expect.stringContaining('Nothing was sent') },
    });
    expect(sent).toEqual([1]);
  });
});

describe('what was waiting when the program stopped', () => {
  test('is held, and sent in its turn when a person says so', async () => {
    const dir = await tempDir();
    const { fal, on: before, batch, submits } = await hall(['hold:running'], { most: 1, dir });
    const runs = await batch(3);
    await running(before, idAt(runs, 0));
    before.service.close();
    const on = await stage(fal.hosts, { most: 1, dir });
    await on.service.recover();
    for (const at of [1, 2])
      expect(await on.history.run(idAt(runs, at))).toMatchObject({ state: { kind: 'waiting', held: true } });
    fal.setFaults([]);
    await on.over(idAt(runs, 0));
    // It goes past what is held.
    const fresh = value(await on.service.start('acme/bird', { seed: 9 }));
    await on.over(fresh.id);
    await on.service.recheck();
    expect(submits()).toBe(2);
    expect(await kinds(on)).toEqual(['succeeded', 'waiting', 'waiting', 'succeeded']);
    await on.service.release([idAt(runs, 1)]);
    expect((await on.over(idAt(runs, 1))).state.kind).toBe('succeeded');
    expect(submits()).toBe(3);
    expect(await on.service.cancel(idAt(runs, 2))).toEqual(ok(null));
    expect(await kinds(on)).toEqual(['succeeded', 'succeeded', 'cancelled', 'succeeded']);
  });

  test('is not what was begun since, whatever became of it while the rows were being read', async () => {
    const read = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    const { fal, on, sent, batch } = await hall(['hold:running'], {
      most: 1,
      wrap: (history) => ({
        ...history,
        unfinished: async () => {
          const rows = await history.unfinished();
          read.resolve();
          await told.promise;
          return rows;
        },
      }),
    });
    const runs = await batch(2);
    const recovered = on.service.recover();
    await read.promise;
    fal.setFaults([]);
    for (const { id } of runs) await on.over(id);
    told.resolve();
    await recovered;
    expect(await kinds(on)).toEqual(['succeeded', 'succeeded']);
    expect(on.service.live()).toEqual([]);
    expect(sent).toEqual([1, 2]);
  });

  test('a profile that leads nowhere fails what is released, and sends nothing', async () => {
    const { fal } = await hall([]);
    const on = await stage(fal.hosts, {
      connection: () => Promise.resolve(fail(appError('network', 'Away'))),
    });
    await on.history.putRun(aRun(1, { state: { kind: 'waiting', rank: 1, held: false } }));
    await on.service.recover();
    await on.service.release([1]);
    expect((await on.over(1)).state).toMatchObject({
      kind: 'failed',
      error: { title: 'Away', hint: expect.stringContaining('Nothing was sent') },
    });
  });
});

describe('money', () => {
  const price = { amount: 0.5, unit: 'images', currency: 'USD' };
  const money = { estimate: { amount: 0.5, currency: 'USD' }, price, billableUnits: null };

  test('is reckoned for all of a press together, asked about once, and stands in the rows', async () => {
    const allow = vi.fn<RunMoney['allow']>(() => Promise.resolve(ok(null)));
    const { on } = await hall([], {
      money: { reckon: (requests) => Promise.resolve(requests.map(() => money)), allow },
    });
    const runs = value(await on.service.startMany('seeds', seeds(3), true));
    expect(allow).toHaveBeenCalledExactlyOnceWith(
      [1, 2, 3].map(() => ({ money, profileId: 'local' })),
      true,
    );
    expect(runs.map((run) => run.money)).toEqual([money, money, money]);
    for (const { id } of runs) expect((await on.over(id)).money).toEqual({ ...money, billableUnits: 1 });
  });

  test('past a limit nothing is written or sent', async () => {
    const { on, submits } = await hall([], {
      money: {
        reckon: (requests) => Promise.resolve(requests.map(() => money)),
        allow: (_money, over) => Promise.resolve(over ? ok(null) : fail(appError('limit', 'Too much'))),
      },
    });
    const refused = await on.service.startMany('seeds', seeds(2), false);
    expect(refused).toMatchObject({ error: { kind: 'limit' } });
    expect([(await on.history.page(ALL)).runs, submits()]).toEqual([[], 0]);
    const { id } = value(await on.service.start('acme/bird', {}, { overLimit: true }));
    expect((await on.over(id)).state.kind).toBe('succeeded');
  });

  test('what was held is asked about when it is released, and stays held past a limit', async () => {
    const allow = vi.fn<RunMoney['allow']>((_money, over) =>
      Promise.resolve(over ? ok(null) : fail(appError('limit', 'Too much'))),
    );
    const { on, submits } = await hall([], {
      money: { reckon: (requests) => Promise.resolve(requests.map(() => money)), allow },
    });
    for (const id of [1, 2])
      await on.history.putRun(
        aRun(id, {
          endpointId: 'acme/bird',
          profileId: `key:${id}`,
          money,
          state: { kind: 'waiting', rank: id, held: true },
        }),
      );
    await on.service.recover();
    expect(await on.service.release([1, 2, 3])).toMatchObject({ error: { kind: 'limit' } });
    expect(allow).toHaveBeenLastCalledWith(
      ['key:1', 'key:2'].map((profileId): unknown => expect.objectContaining({ money, profileId })),
      false,
    );
    expect([await kinds(on), submits()]).toEqual([['waiting', 'waiting'], 0]);
    expect(value(await on.service.release([1, 2], true)).map(({ id }) => id)).toEqual([1, 2]);
    for (const id of [1, 2]) expect((await on.over(id)).state.kind).toBe('succeeded');
  });
});
