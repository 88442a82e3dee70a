import { describe, expect, test } from 'vitest';
import { connectionTo, idOf, json, model, never, serve, startFal, value } from './fal.fixture.ts';
import { estimateCost, readPrice, readPrices } from './pricing.ts';

const BIRD = idOf('acme/bird');

describe('a price', () => {
  test('of a unit, with the key', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird/v1')] });
    expect(await readPrice(connectionTo(fal.hosts), idOf('acme/bird/v1'), never())).toEqual({
      ok: true,
      value: { endpoint_id: 'acme/bird/v1', unit_price: 0.5, unit: 'images', currency: 'USD' },
    });
    expect(fal.requests()).toMatchObject([{ authorized: true }]);
  });

  test('none where fal names none, another model’s, or something unreadable', async () => {
    const answers = [
      { prices: [] },
      { prices: [{ endpoint_id: 'other/one', unit_price: 1, unit: 'x' }] },
      { prices: [{ endpoint_id: 'acme/bird', unit_price: 'free', unit: 'x' }] },
    ];
    const server = await serve((response) => json(response, 200, answers[server.seen.length - 1]));
    for (const _ of answers)
      expect(await readPrice(connectionTo(server.hosts), BIRD, never())).toEqual({ ok: true, value: null });
  });
});

describe('prices of many', () => {
  test('fifty to a request, each once, and one that cannot be read costs no other', async () => {
    const models = Array.from({ length: 120 }, (_, i) => model(`acme/bird-${i}`));
    const fal = await startFal({ extraModels: models });
    const ids = [...models, ...models].map(({ endpointId }) => idOf(endpointId));
    const prices = value(await readPrices(connectionTo(fal.hosts), [...ids, idOf('acme/none')], never()));
    expect([...prices.keys()]).toEqual(models.map(({ endpointId }) => endpointId));
    expect(
      fal.requests().map(({ query }) => new URLSearchParams(query).getAll('endpoint_id').length),
    ).toEqual([50, 50, 21]);
    const odd = await serve((response) =>
      json(response, 200, { prices: [null, { endpoint_id: 'acme/bird', unit_price: 2, unit: 'calls' }] }),
    );
    expect([...value(await readPrices(connectionTo(odd.hosts), [BIRD], never())).values()]).toEqual([
      { endpoint_id: 'acme/bird', unit_price: 2, unit: 'calls', currency: 'USD' },
    ]);
  });

  test('an answer without prices is no answer', async () => {
    const server = await serve((response) => json(response, 200, { items: [] }));
    expect(await readPrice(connectionTo(server.hosts), BIRD, never())).toMatchObject({
      error: { kind: 'protocol' },
    });
  });

  test('nobody is asked for none, and a refusal is the whole answer', async () => {
    const server = await serve((response) => json(response, 401, { detail: 'No key' }));
    const connection = connectionTo(server.hosts);
    expect(value(await readPrices(connection, [], never())).size).toBe(0);
    expect(server.seen).toEqual([]);
    expect(await readPrices(connection, [BIRD], never())).toMatchObject({ error: { kind: 'auth' } });
  });
});

describe('an estimate', () => {
  test('by units and by calls, of several models', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird'), model('acme/fish')] });
    const connection = connectionTo(fal.hosts);
    const units = [[BIRD, 2.5] as const, [idOf('acme/fish'), 1] as const];
    expect(await estimateCost(connection, 'units', units, never())).toEqual({
      ok: true,
      value: { estimate_type: 'unit_price', total_cost: 1.75, currency: 'USD' },
    });
    expect(await estimateCost(connection, 'calls', [[BIRD, 3]], never())).toEqual({
      ok: true,
      value: { estimate_type: 'historical_api_price', total_cost: 1.5, currency: 'USD' },
    });
    expect(fal.requests()).toMatchObject([{ method: 'POST', authorized: true }, { authorized: true }]);
  });

  test('what is sent', async () => {
    const server = await serve((response) =>
      json(response, 200, { estimate_type: 'x', total_cost: 0, currency: 'EUR' }),
    );
    await estimateCost(connectionTo(server.hosts), 'calls', [[BIRD, 3]], never());
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/models/pricing/estimate',
        body: '{"estimate_type":"historical_api_price","endpoints":{"acme/bird":{"call_quantity":3}}}',
      },
    ]);
  });

  test('asking costs nothing, and a lost answer is asked for again', async () => {
    const server = await serve((response) => {
      if (server.seen.length < 3) response.destroy();
      else json(response, 200, { estimate_type: 'unit_price', total_cost: 1 });
    });
    expect(await estimateCost(connectionTo(server.hosts), 'units', [[BIRD, 1]], never())).toMatchObject({
      ok: true,
    });
    expect(server.seen).toHaveLength(3);
  });

  test.each([
    ['calls', 1.5],
    ['calls', 0],
    ['units', -1],
    ['units', Number.NaN],
  ] as const)('%s: %d is refused before anything is sent', async (counted, count) => {
    const server = await serve((response) => json(response, 200, {}));
    expect(await estimateCost(connectionTo(server.hosts), counted, [[BIRD, count]], never())).toMatchObject({
      ok: false,
      error: { kind: 'input', hint: 'Nothing was sent.' },
    });
    expect(await estimateCost(connectionTo(server.hosts), counted, [], never())).toMatchObject({ ok: false });
    expect(server.seen).toEqual([]);
  });

  test('a model without a price, and an answer that is none', async () => {
    const fal = await startFal();
    const asked = [[idOf('acme/none'), 1]] as const;
    expect(await estimateCost(connectionTo(fal.hosts), 'units', asked, never())).toMatchObject({
      error: { kind: 'not_found', detail: expect.stringContaining('acme/none') },
    });
    const odd = await serve((response) => json(response, 200, { total_cost: 'much' }));
    expect(await estimateCost(connectionTo(odd.hosts), 'units', asked, never())).toMatchObject({
      error: { kind: 'protocol' },
    });
  });
});
