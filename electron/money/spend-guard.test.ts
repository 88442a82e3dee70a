import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Price } from '../../shared/ipc/models.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Money } from '../../shared/runs/asked.ts';
import type { Run } from '../../shared/runs/run.ts';
import { documentOf } from '../../shared/schema/form.fixture.ts';
import { aRun, tempHistory } from '../history/history.fixture.ts';
import type { Priced } from '../runs/run-money.ts';
import { SpendGuard } from './spend-guard.ts';
import type { SpendGuardOptions } from './spend-guard.ts';

const DAY = 86_400_000;
const NOON = new Date(2026, 10, 15, 12).getTime();

const usd = (amount: number) => ({ amount, currency: 'USD' });
const reckoned = (amount: number | null): Money => ({
  estimate: amount === null ? null : usd(amount),
  price: null,
  billableUnits: null,
});

const asking = (amount: number | null, profileId = 'fal'): Priced => ({ money: reckoned(amount), profileId });

const IMAGES: Price = { amount: 0.1, unit: 'images', currency: 'USD' };
const DOCUMENT = documentOf({
  type: 'object',
  properties: { num_images: { type: 'integer', default: 1 } },
});

/** A guard on a real history, whose clock and prices the test sets. */
async function begin(over: Partial<SpendGuardOptions> & { readonly dir?: string } = {}) {
  const { dir: place, ...options } = over;
  const { history, dir } = await tempHistory(place);
  const clock = { now: NOON };
  const guard = new SpendGuard(
    {
      history,
      prices: { of: () => Promise.resolve({}) },
      document: () => Promise.resolve(ok(DOCUMENT)),
      activeProfile: () => 'fal',
      counts: (id) => id === 'fal' || id === 'key:1',
      changed: () => undefined,
      ...options,
    },
    () => clock.now,
  );
  await guard.open();
  onTestFinished(() => guard.close());
  const put = async (money: Money, over: Partial<Run> = {}): Promise<void> => {
    const run = aRun(await history.newId(clock.now), {
      profileId: 'fal',
      state: { kind: 'running', trouble: null },
      money,
      ...over,
    });
    await history.putRun(run);
  };
  return { guard, history, clock, put, dir };
}

describe('limits', () => {
  test('nothing is asked where there are none, or for what costs nothing', async () => {
    const { guard, put } = await begin();
    await put(reckoned(1000));
    expect(await guard.allow([asking(1000)], false)).toEqual(ok(null));
    await guard.setLimits({ day: 1, month: 1 });
    expect(await guard.allow([asking(0)], false)).toEqual(ok(null));
  });

  test('what several keys pay for counts together, and the demo does not', async () => {
    const { guard } = await begin();
    await guard.setLimits({ day: 1, month: null });
    expect(await guard.allow([asking(0.6), asking(9, 'demo')], false)).toEqual(ok(null));
    expect(await guard.allow([asking(0.6), asking(0.6, 'key:1')], false)).toMatchObject({
      error: { kind: 'limit' },
    });
  });

  test('what is spent, under way and to be sent counts together', async () => {
    const { guard, put } = await begin();
    await guard.setLimits({ day: 1, month: null });
    await put({ ...reckoned(9), price: IMAGES, billableUnits: 4 }, { state: { kind: 'succeeded' } });
    await put(reckoned(0.3));
    expect(await guard.allow([asking(0.1), asking(0.2)], false)).toEqual(ok(null));
    expect(await guard.allow([asking(0.2), asking(0.2)], false)).toMatchObject({
      ok: false,
      error: {
        kind: 'limit',
        detail: 'Today $0.70 of $1.00 is spent. This is estimated at $0.40.',
      },
    });
  });

  test('a yes holds until the day ends, and the month has one of its own', async () => {
    const { guard, put, clock } = await begin();
    await guard.setLimits({ day: 1, month: 3 });
    await put(reckoned(1));
    expect(await guard.allow([asking(0.5)], false)).toMatchObject({ error: { kind: 'limit' } });
    expect(await guard.allow([asking(0.5)], true)).toEqual(ok(null));
    expect(await guard.allow([asking(1.5)], false)).toEqual(ok(null));
    await put(reckoned(1.5));
    expect(await guard.allow([asking(1)], false)).toMatchObject({
      error: { title: 'This passes your limit for this month' },
    });
    expect(await guard.allow([asking(1)], true)).toEqual(ok(null));
    clock.now += DAY;
    expect(await guard.allow([asking(0.9)], false)).toEqual(ok(null));
    expect(await guard.allow([asking(1.1)], false)).toMatchObject({
      error: { title: 'This passes your limit for today' },
    });
    clock.now += 30 * DAY;
    expect(await guard.allow([asking(0.5)], false)).toEqual(ok(null));
    expect(await guard.allow([asking(3.5)], false)).toMatchObject({
      error: { title: 'This passes your limit for today and this month' },
    });
  });

  test('a yes where nothing was asked is no yes for later', async () => {
    const { guard, put } = await begin();
    await guard.setLimits({ day: 1, month: null });
    expect(await guard.allow([asking(0.5)], true)).toEqual(ok(null));
    await put(reckoned(1));
    expect(await guard.allow([asking(0.5)], false)).toMatchObject({ error: { kind: 'limit' } });
  });

  test('limits and yeses are there after a restart, and a limit set anew asks anew', async () => {
    const { guard, put, dir, history } = await begin();
    await guard.setLimits({ day: 1, month: 2 });
    await put(reckoned(1));
    await guard.allow([asking(0.5)], true);
    await history.close();
    const later = await begin({ dir });
    expect(await later.guard.allow([asking(0.5)], false)).toEqual(ok(null));
    await later.guard.setLimits({ day: 0.5, month: 2 });
    expect(await later.guard.allow([asking(0.5)], false)).toMatchObject({
      error: { kind: 'limit' },
    });
  });

  test('an unknown cost is let through below a limit, and asked for above it', async () => {
    const { guard, put } = await begin();
    await guard.setLimits({ day: 1, month: null });
    expect(await guard.allow([asking(null)], false)).toEqual(ok(null));
    await put(reckoned(1));
    expect(await guard.allow([asking(null)], false)).toMatchObject({ error: { kind: 'limit' } });
  });

  test('it is the profile that pays that counts, whichever is shown by then', async () => {
    const of = vi.fn<SpendGuardOptions['prices']['of']>(() => Promise.resolve({ 'acme/bird': IMAGES }));
    const { guard, put } = await begin({ activeProfile: () => 'demo', prices: { of } });
    await guard.setLimits({ day: 1, month: null });
    await put(reckoned(1));
    expect(await guard.allow([asking(0.5)], false)).toMatchObject({ error: { kind: 'limit' } });
    // Of another profile's document nothing is reckoned.
    expect(await guard.reckon([{ endpointId: 'acme/bird', input: {} }], 'fal')).toEqual([
      { estimate: null, price: IMAGES, billableUnits: null },
    ]);
    expect(of).toHaveBeenCalledExactlyOnceWith(['acme/bird'], 'fal');
  });

  test('the demo’s runs are not counted and not asked for', async () => {
    const { guard, put } = await begin({ activeProfile: () => 'demo' });
    await guard.setLimits({ day: 1, month: 1 });
    await put(reckoned(5));
    expect(await guard.allow([asking(5, 'demo')], false)).toEqual(ok(null));
  });

  test('where the sums cannot be read nothing is sent, and limits that cannot be kept are not set', async () => {
    const { guard, history } = await begin();
    await guard.setLimits({ day: 1, month: null });
    await history.close();
    expect(await guard.allow([asking(0.1)], false)).toMatchObject({ error: { kind: 'storage' } });
    expect(await guard.setLimits({ day: null, month: null })).toMatchObject({ error: { kind: 'storage' } });
    expect(await guard.allow([asking(0.1)], false)).toMatchObject({ error: { kind: 'storage' } });
  });
});

test('the summary tells today and this month, by model, with what is not known and other currencies apart', async () => {
  const { guard, put, clock } = await begin();
  clock.now -= DAY;
  await put(reckoned(2), { endpointId: 'birds/wren' });
  clock.now += DAY;
  await put(reckoned(0.1));
  await put(reckoned(0.2), { profileId: 'key:1' });
  await put(reckoned(null));
  await put({ ...reckoned(null), estimate: { amount: 3, currency: 'EUR' } }, { endpointId: 'birds/wren' });
  await put(reckoned(7), { profileId: 'demo' });
  const none = { known: [], unknown: 0 };
  expect(await guard.summary()).toEqual({
    today: { known: [usd(0.3), { amount: 3, currency: 'EUR' }], unknown: 1 },
    month: { known: [usd(2.3), { amount: 3, currency: 'EUR' }], unknown: 1 },
    models: [
      {
        endpointId: 'birds/wren',
        today: { known: [{ amount: 3, currency: 'EUR' }], unknown: 0 },
        month: { known: [usd(2), { amount: 3, currency: 'EUR' }], unknown: 0 },
      },
      {
        endpointId: 'acme/bird',
        today: { known: [usd(0.3)], unknown: 1 },
        month: { known: [usd(0.3)], unknown: 1 },
      },
    ],
    limits: { day: null, month: null },
  });
  clock.now += 40 * DAY;
  expect(await guard.summary()).toMatchObject({ today: none, month: none, models: [] });
});

describe('what requests will cost', () => {
  const bird = (input: { readonly num_images?: number }) => ({ endpointId: 'acme/bird', input });

  test('is reckoned by price and document, each read once for many', async () => {
    const document = vi.fn<SpendGuardOptions['document']>(() => Promise.resolve(ok(DOCUMENT)));
    const of = vi.fn<SpendGuardOptions['prices']['of']>(() =>
      Promise.resolve({ 'acme/bird': IMAGES, 'acme/free': { ...IMAGES, amount: 0 } }),
    );
    const { guard } = await begin({ document, prices: { of } });
    const requests = [
      bird({}),
      bird({ num_images: 3 }),
      { endpointId: 'acme/free', input: {} },
      { endpointId: 'acme/odd', input: {} },
    ];
    expect((await guard.reckon(requests)).map(({ estimate }) => estimate)).toEqual([
      usd(0.1),
      usd(0.3),
      usd(0),
      null,
    ]);
    await guard.reckon(requests);
    expect(document.mock.calls).toEqual([['acme/bird']]);
    expect(of.mock.calls).toHaveLength(2);
  });

  test('is blank where fal cannot be asked, and the document is asked for again', async () => {
    const away = () => Promise.resolve(fail(appError('network', 'Away')));
    const document = vi.fn<SpendGuardOptions['document']>(away);
    const { guard } = await begin({
      document,
      prices: { of: () => Promise.resolve({ 'acme/bird': IMAGES }) },
    });
    expect(await guard.reckon([bird({})])).toEqual([{ estimate: null, price: IMAGES, billableUnits: null }]);
    document.mockResolvedValue(ok(DOCUMENT));
    expect(await guard.reckon([bird({})])).toMatchObject([{ estimate: usd(0.1) }]);
    const broken = await begin({ prices: { of: () => Promise.reject(new Error('Boom')) } });
    expect(await broken.guard.reckon([bird({})])).toEqual([reckoned(null)]);
  });

  test('is not waited for when fal does not answer', async () => {
    const { history } = await begin();
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const guard = new SpendGuard({
      history,
      prices: { of: () => new Promise(() => undefined) },
      document: () => new Promise(() => undefined),
      activeProfile: () => 'fal',
      counts: () => true,
      changed: () => undefined,
    });
    const money = guard.reckon([bird({})]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await money).toEqual([reckoned(null)]);
  });
});

test('that sums have changed is told once for many runs', async () => {
  const told: number[] = [];
  const { guard } = await begin({ changed: () => told.push(1) });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  for (let i = 0; i < 50; i += 1) guard.heard();
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toHaveLength(1);
  guard.heard();
  guard.close();
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toHaveLength(1);
});
