import { describe, expect, test } from 'vitest';
import { readCatalogue, readDocument, readPrice } from './catalogue.ts';
import {
  connectionTo,
  deadAddress,
  hostsAt,
  idOf,
  json,
  model,
  never,
  serve,
  startFal,
} from './fal.fixture.ts';

describe('the catalogue (fal-protocol §12.1)', () => {
  test('all pages, in order', async () => {
    const models = Array.from({ length: 230 }, (_, i) => model(`acme/bird-${i}`));
    const fal = await startFal({ extraModels: models });
    const read = await readCatalogue(connectionTo(fal.hosts), never());
    expect(read.ok && read.value.map((entry) => entry.endpoint_id)).toEqual([
      'demo/hillside',
      'demo/hillside/realtime',
      ...models.map((entry) => entry.endpointId),
    ]);
    expect(fal.requests().map((request) => request.query)).toEqual([
      'limit=100',
      expect.stringMatching(/^limit=100&cursor=./),
      expect.stringMatching(/^limit=100&cursor=./),
    ]);
  });

  test('an entry that cannot be read is left out, one that says little gets what is usual', async () => {
    const server = await serve((response) =>
      json(response, 200, {
        models: [
          null,
          { metadata: {} },
          { endpoint_id: 'a/b' },
          { endpoint_id: 'a/c', metadata: { tags: 'x' } },
        ],
        next_cursor: null,
      }),
    );
    expect(await readCatalogue(connectionTo(server.hosts), never())).toEqual({
      ok: true,
      value: ['a/b', 'a/c'].map((endpoint_id) => ({
        endpoint_id,
        metadata: { display_name: '', category: '', description: '', status: 'active', tags: [] },
      })),
    });
  });

  test('has_more without a cursor, or a cursor without has_more, is the end', async () => {
    for (const end of [{ has_more: true }, { has_more: false, next_cursor: 'Mg==' }]) {
      const server = await serve((response) => json(response, 200, { models: [], ...end }));
      expect(await readCatalogue(connectionTo(server.hosts), never())).toMatchObject({ ok: true });
      expect(server.seen).toHaveLength(1);
    }
  });

  test('a page that cannot be read is a failure, and so is one that does not come', async () => {
    const server = await serve((response) => json(response, 200, { items: [] }));
    expect(await readCatalogue(connectionTo(server.hosts), never())).toMatchObject({
      ok: false,
      error: { kind: 'protocol' },
    });
    const away = connectionTo(hostsAt(await deadAddress()));
    expect(await readCatalogue(away, never())).toMatchObject({ ok: false, error: { kind: 'network' } });
  });
});

describe('a model’s document', () => {
  test('from the website, with raw slashes in the id', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird/v1')] });
    expect(await readDocument(connectionTo(fal.hosts), idOf('acme/bird/v1'), never())).toMatchObject({
      ok: true,
      value: { openapi: '3.0.4', info: { title: 'acme/bird/v1' } },
    });
    expect(fal.requests()).toMatchObject([{ path: '/site/api/openapi/queue/openapi.json' }]);
  });

  test.each([
    ['answers 404', 404, { detail: 'no' }],
    ['answers no object', 200, 'soon'],
  ])('from the catalogue where the website %s', async (_name, status, body) => {
    const server = await serve((response, request) => {
      if (request.url.startsWith('/site/')) json(response, status, body);
      else json(response, 200, { models: [{ endpoint_id: 'acme/bird', openapi: { openapi: '3.1.0' } }] });
    });
    expect(await readDocument(connectionTo(server.hosts), idOf('acme/bird'), never())).toEqual({
      ok: true,
      value: { openapi: '3.1.0' },
    });
    expect(server.seen.map((request) => request.url)).toEqual([
      '/site/api/openapi/queue/openapi.json?endpoint_id=acme/bird',
      '/api/v1/models?endpoint_id=acme/bird&expand=openapi-3.0',
    ]);
  });

  test('a model that neither knows is not found; a network that is away is said as such', async () => {
    const fal = await startFal();
    expect(await readDocument(connectionTo(fal.hosts), idOf('acme/nobody'), never())).toMatchObject({
      ok: false,
      error: { kind: 'not_found', detail: 'acme/nobody' },
    });
    const away = connectionTo(hostsAt(await deadAddress()));
    expect(await readDocument(away, idOf('acme/bird'), never())).toMatchObject({
      error: { kind: 'network' },
    });
  });
});

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
      expect(await readPrice(connectionTo(server.hosts), idOf('acme/bird'), never())).toEqual({
        ok: true,
        value: null,
      });
  });
});
