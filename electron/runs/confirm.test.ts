import { describe, expect, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { SYSTEM_CLOCK } from '../fal/clock.ts';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from '../fal/fal.fixture.ts';
import { submit } from '../fal/queue.ts';
import type { TestFal } from '../../test/local-fal/index.ts';
import { aRun } from '../history/history.fixture.ts';
import { stage } from './runs.fixture.ts';

const BIRD = idOf('acme/bird');
const WREN = { prompt: 'a wren' };
const extraModels = [model('acme/bird', (input) => ({ echo: input }))];

const posts = (fal: TestFal): number => fal.requests().filter(({ method }) => method === 'POST').length;
const lookups = (fal: TestFal): number =>
  fal.requests().filter(({ path }) => path.endsWith('/requests/by-endpoint')).length;
const send = async (fal: TestFal, input = WREN): Promise<string> =>
  value(await submit(connectionTo(fal.hosts), BIRD, input, never())).requestId;

/** A run as it lies there when the program died before fal answered, `over` being what is different. */
const unanswered = (over: Partial<Run> = {}): Run =>
  aRun(Date.now() * 1000, {
    input: WREN,
    times: {
      created: Date.now(),
      submitted: null,
      queued: null,
      started: null,
      ended: null,
      inferenceSeconds: null,
    },
    ...over,
  });

/** The first recovery's answer to a run that was being sent when the program stopped. */
async function recovered(fal: TestFal, run: Run) {
  const on = await stage(fal.hosts);
  await on.history.putRun(run);
  await on.service.recover();
  return { on, run: await on.over(run.id) };
}

describe('a submit whose answer was lost', () => {
  test('is found at fal and followed to its end, sent once', async () => {
    const fal = await startFal({ faults: ['drop-submit'], extraModels });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', WREN));
    const run = await on.over(id);
    expect(run).toMatchObject({ state: { kind: 'succeeded' }, output: { echo: WREN } });
    expect(on.story(id).slice(0, 3)).toEqual(['submitting', 'confirming', 'queued']);
    expect(run.times.queued).toBeGreaterThanOrEqual(run.times.created);
    expect([posts(fal), lookups(fal)]).toEqual([1, 1]);
    expect(await on.history.run(id)).toEqual(run);
  });

  test('was not taken as far as fal’s list goes', async () => {
    const fal = await startFal({ extraModels });
    const { run } = await recovered(fal, unanswered());
    expect(run.state).toMatchObject({ kind: 'unconfirmed', lookup: { kind: 'none_found' } });
    expect(run.times.ended).not.toBeNull();
    expect(posts(fal)).toBe(0);
  });

  test.each([
    ['behind', -3_600_000],
    ['ahead', 3_600_000],
  ])('is found by a clock that is an hour %s', async (_name, off) => {
    const fal = await startFal({ extraModels });
    const requestId = await send(fal);
    const wrong = (): number => Date.now() + off;
    const clock = { ...SYSTEM_CLOCK, now: wrong };
    const on = await stage(fal.hosts, {
      connection: () => Promise.resolve(ok(connectionTo(fal.hosts, { clock }))),
    });
    const run = unanswered({ times: { ...unanswered().times, created: wrong(), submitted: wrong() } });
    await on.history.putRun(run);
    await on.service.recover();
    expect(await on.over(run.id)).toMatchObject({ requestId, state: { kind: 'succeeded' } });
    expect([posts(fal), lookups(fal)]).toEqual([1, 2]);
  });

  test('could not be looked up with this key, and says so in fal’s words', async () => {
    const fal = await startFal({ faults: ['drop-submit', 'requests-403'], extraModels });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', WREN));
    expect((await on.over(id)).state).toMatchObject({
      kind: 'unconfirmed',
      error: { title: 'The answer was lost on the way' },
      lookup: {
        kind: 'impossible',
        error: { title: 'This key may not list requests', detail: expect.stringContaining('admin scope') },
      },
    });
    expect([posts(fal), lookups(fal)]).toEqual([1, 1]);
  });

  test('of a profile that is away could not be looked up, and is at the next recheck', async () => {
    const fal = await startFal({ extraModels });
    const requestId = await send(fal);
    const net = { there: false };
    const on = await stage(fal.hosts, {
      connection: () =>
        Promise.resolve(net.there ? ok(connectionTo(fal.hosts)) : fail(appError('input', 'Key removed'))),
    });
    const { id } = unanswered();
    await on.history.putRun(unanswered({ id }));
    await on.service.recover();
    expect((await on.over(id)).state).toMatchObject({
      lookup: { kind: 'impossible', error: { title: 'Key removed' } },
    });
    net.there = true;
    await Promise.all([on.service.recheck(), on.service.recheck()]);
    expect(await on.until(id, ({ state }) => state.kind === 'succeeded')).toMatchObject({ requestId });
    expect([posts(fal), lookups(fal)]).toEqual([1, 1]);
  });

  test('is asked for again at the next start, and at a recheck when fal’s list was late', async () => {
    let listed = false;
    const items = [{ request_id: 'r-1', json_input: WREN }];
    const server = await serve((response, { url }) => {
      if (url.includes('by-endpoint')) json(response, 200, { items: listed ? items : [] });
      else if (url.includes('/status')) json(response, 200, { status: 'COMPLETED' });
      else json(response, 200, { late: true });
    });
    const on = await stage(server.hosts);
    const before = unanswered({
      state: {
        kind: 'unconfirmed',
        error: appError('unconfirmed', 'Lost'),
        lookup: { kind: 'found', count: 3 },
      },
      times: { ...unanswered().times, ended: Date.now() + 7 },
    });
    await on.history.putRun(before);
    await on.service.recover();
    const asked = await on.over(before.id);
    expect(asked.state).toMatchObject({ error: { title: 'Lost' }, lookup: { kind: 'none_found' } });
    expect(asked.times).toEqual(before.times);
    listed = true;
    // The line may still be closing behind its last event; any later recheck does it.
    await vi.waitUntil(async () => {
      await on.service.recheck();
      return on.told.some(({ run }) => run.state.kind === 'queued');
    });
    const run = await on.until(before.id, ({ state }) => state.kind === 'succeeded');
    expect(run).toMatchObject({ requestId: 'r-1', output: { late: true } });
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('is found though a recheck cuts the asking short at its last moment', async () => {
    const fal = await startFal({ extraModels });
    const requestId = await send(fal);
    let cuts = 1;
    const on = await stage(fal.hosts, {
      wrap: (history) => ({
        ...history,
        page: async (query) => {
          if (query.endpointId !== null && cuts > 0) {
            cuts -= 1;
            await on.service.recheck();
          }
          return history.page(query);
        },
      }),
    });
    const { id } = unanswered();
    await on.history.putRun(unanswered({ id }));
    await on.service.recover();
    expect(await on.over(id)).toMatchObject({ state: { kind: 'succeeded' }, requestId });
    expect([cuts, lookups(fal)]).toEqual([0, 2]);
  });

  test('that was to be cancelled is cancelled when it is found', async () => {
    const fal = await startFal({ faults: ['hold:queued'], extraModels });
    const requestId = await send(fal);
    const { on, run } = await recovered(fal, unanswered({ state: { kind: 'cancelling' } }));
    expect(run).toMatchObject({ state: { kind: 'cancelled', word: 'OK' }, requestId });
    expect(on.story(run.id)).toEqual(['confirming', 'cancelling', 'cancelled']);
  });

  test('can be cancelled while fal is asked', async () => {
    const fal = await startFal({ faults: ['hold:queued', 'slow:40'], extraModels });
    await send(fal);
    const on = await stage(fal.hosts);
    const { id } = unanswered();
    await on.history.putRun(unanswered({ id }));
    await on.service.recover();
    await on.service.cancel(id);
    expect((await on.over(id)).state.kind).toBe('cancelled');
    expect(on.told.map(({ run }) => run.state)).toContainEqual(
      expect.objectContaining({ kind: 'confirming', cancelWish: true }),
    );
  });
});

describe('only what is certain is taken up:', () => {
  test.each([
    ['another payload', [{ prompt: 'an owl' }], 1],
    ['the same payload twice', [WREN, WREN], 2],
  ])('%s is said and not followed', async (_name, inputs, count) => {
    const fal = await startFal({ extraModels });
    for (const input of inputs) await send(fal, input);
    const { run } = await recovered(fal, unanswered());
    expect(run).toMatchObject({
      state: { kind: 'unconfirmed', lookup: { kind: 'found', count } },
      requestId: null,
    });
  });

  test('its own payload among others', async () => {
    const fal = await startFal({ extraModels });
    await send(fal, { prompt: 'an owl' });
    const requestId = await send(fal);
    expect((await recovered(fal, unanswered())).run).toMatchObject({
      state: { kind: 'succeeded' },
      requestId,
    });
  });

  test('not what another run here has already, whose key it may be', async () => {
    const fal = await startFal({ extraModels });
    const requestId = await send(fal);
    const on = await stage(fal.hosts);
    const other = unanswered({ requestId, state: { kind: 'succeeded' }, profileId: 'other' });
    await on.history.putRun(other);
    const run = unanswered({ id: other.id + 1 });
    await on.history.putRun(run);
    await on.service.recover();
    expect((await on.over(run.id)).state).toMatchObject({ lookup: { kind: 'none_found' } });
  });

  test('one request is given to one run', async () => {
    const fal = await startFal({ extraModels });
    await send(fal);
    const on = await stage(fal.hosts);
    const first = unanswered();
    for (const id of [first.id, first.id + 1]) await on.history.putRun(unanswered({ id }));
    await on.service.recover();
    const ends = [await on.over(first.id), await on.over(first.id + 1)].map(({ state }) => state);
    expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['succeeded', 'unconfirmed']);
    expect(ends).toContainEqual(expect.objectContaining({ lookup: { kind: 'none_found' } }));
  });

  test('nothing while another submit of the model is not answered: it may be that one’s', async () => {
    const fal = await startFal({ faults: ['hold:submit'], extraModels });
    const on = await stage(fal.hosts);
    const { id: other } = value(await on.service.start('acme/bird', WREN));
    await vi.waitUntil(() => posts(fal) === 1);
    const run = unanswered({ id: other + 1 });
    await on.history.putRun(run);
    await on.service.recover();
    expect((await on.over(run.id)).state).toMatchObject({ lookup: { kind: 'found', count: 1 } });
    fal.setFaults([]);
    expect((await on.over(other)).state.kind).toBe('succeeded');
  });

  test('not what a run that waited hours for its files has already', async () => {
    const fal = await startFal({ extraModels });
    const requestId = await send(fal);
    const on = await stage(fal.hosts, {
      wrap: (history) => ({ ...history, page: (query) => history.page({ ...query, limit: 1 }) }),
    });
    const created = Date.now() - 3 * 3_600_000;
    await on.history.putRun(
      aRun((created + 3_600_000) * 1000, { requestId: 'r-0', state: { kind: 'succeeded' } }),
    );
    await on.history.putRun(
      aRun(created * 1000, {
        requestId,
        times: { ...unanswered().times, created, submitted: Date.now() },
        state: { kind: 'succeeded' },
      }),
    );
    const run = unanswered();
    await on.history.putRun(run);
    await on.service.recover();
    expect((await on.over(run.id)).state).toMatchObject({ lookup: { kind: 'none_found' } });
  });

  test.each([
    ['when it was submitted', 0, 'succeeded'],
    ['when it was written down, hours before', -3 * 3_600_000, 'found'],
  ])('of a run that first waited for its files: sent %s', async (_name, apart, expected) => {
    const now = Date.now();
    const sent_at = new Date(now + apart).toISOString();
    const server = await serve((response, { url }) =>
      url.includes('by-endpoint')
        ? json(response, 200, { items: [{ request_id: 'r-1', sent_at, json_input: WREN }] })
        : json(response, 200, { status: 'COMPLETED' }),
    );
    const on = await stage(server.hosts);
    const run = unanswered({
      times: { ...unanswered().times, created: now - 3 * 3_600_000, submitted: now },
    });
    await on.history.putRun(run);
    await on.service.recover();
    const { state } = await on.over(run.id);
    expect(state.kind === 'unconfirmed' ? state.lookup.kind : state.kind).toBe(expected);
  });

  test.each([
    ['an hour before, which a wrong clock may have made of now', -3_600_000, 'found'],
    ['four minutes before, by a clock that is slow', -240_000, 'succeeded'],
    ['four minutes later', 240_000, 'succeeded'],
    ['an hour later', 3_600_000, 'none_found'],
  ])('sent %s', async (_name, apart, expected) => {
    const sent_at = new Date(Date.now() + apart).toISOString();
    const server = await serve((response, { url }) =>
      url.includes('by-endpoint')
        ? json(response, 200, { items: [{ request_id: 'r-1', sent_at, json_input: WREN }] })
        : json(response, 200, { status: 'COMPLETED' }),
    );
    const on = await stage(server.hosts);
    const run = unanswered();
    await on.history.putRun(run);
    await on.service.recover();
    const { state, times } = await on.over(run.id);
    expect(state.kind === 'unconfirmed' ? state.lookup.kind : state.kind).toBe(expected);
    const stamps = [times.created, times.queued, times.ended].filter((stamp) => stamp !== null);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
  });

  test('a list that could not be read whole shows nothing to be absent', async () => {
    const server = await serve((response) => json(response, 200, { items: [{ id: 'nameless' }] }));
    const on = await stage(server.hosts);
    const run = unanswered();
    await on.history.putRun(run);
    await on.service.recover();
    expect((await on.over(run.id)).state).toMatchObject({ lookup: { kind: 'impossible' } });
  });
});
