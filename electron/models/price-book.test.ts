import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { FalConnection } from '../fal/connection.ts';
import { connectionTo, json, model, serve, startFal } from '../fal/fal.fixture.ts';
import { PriceBook } from './price-book.ts';

function bookFor(connection: FalConnection | null) {
  const net = { connection, profile: 'one' };
  const book = new PriceBook({
    activeProfile: () => net.profile,
    connection: () =>
      Promise.resolve(net.connection === null ? fail(appError('network', 'Away')) : ok(net.connection)),
  });
  return { book, net };
}

const PRICE = { amount: 0.5, unit: 'images', currency: 'USD' };

describe('prices', () => {
  test('are asked once for each profile, and none is remembered as well', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird'), { ...model('acme/free'), price: null }] });
    const { book, net } = bookFor(connectionTo(fal.hosts));
    const both = { 'acme/bird': PRICE, 'acme/free': null };
    expect(await book.of(['acme/bird', 'acme/free'])).toEqual(both);
    expect(fal.requests()).toHaveLength(1);
    expect(await book.of(['acme/free', 'acme/bird'])).toEqual(both);
    expect(fal.requests()).toHaveLength(1);
    net.profile = 'other';
    expect(await book.of(['acme/bird'])).toEqual({ 'acme/bird': PRICE });
    expect(fal.requests()).toHaveLength(2);
  });

  test('that could not be asked are left out, and asked again', async () => {
    const server = await serve((response) => {
      if (server.seen.length === 1) json(response, 500, {});
      else json(response, 200, { prices: [{ endpoint_id: 'acme/bird', unit_price: 0.5, unit: 'images' }] });
    });
    const backoff = { tries: 1, base: 1, cap: 1 };
    const { book } = bookFor(connectionTo(server.hosts, { backoff }));
    expect(await book.of(['acme/bird'])).toEqual({});
    expect(await book.of(['acme/bird'])).toEqual({ 'acme/bird': PRICE });
  });

  test('are not asked without a key, offline, or for what is no model', async () => {
    const fal = await startFal();
    const { book, net } = bookFor(connectionTo(fal.hosts, { credentials: () => null }));
    expect(await book.of(['demo/hillside', 'nonsense'])).toEqual({});
    net.connection = null;
    expect(await book.of(['demo/hillside'])).toEqual({});
    expect(fal.requests()).toEqual([]);
  });
});
